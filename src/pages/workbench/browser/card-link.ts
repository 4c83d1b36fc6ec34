import type { Link } from '../../../cds-hooks/card.ts';
import { timelineAddress } from '../../timeline-address.ts';

/** What a SMART app is launched with. */
export interface LaunchContext {
  /** The FHIR server, as this browser reaches it. */
  readonly server: string;
  readonly patientId: string;
}

export interface LinkPlace {
  /** Undefined when the record of the call is on no server. */
  readonly launch: LaunchContext | undefined;
  /** Of this page. */
  readonly origin: string;
  /** Of the service, as it calls itself. */
  readonly serviceOrigin: string;
}

/**
 * Where a card's link leads. Our own timeline opens for the patient without authorization, at the address at which
 * this page was found; another SMART app is told the server only, since a launch handle is an EHR's to give.
 *
 * @returns undefined where it leads nowhere: not to the web, or to an app for a record that is on no server
 */
export function linkAddress({ url, type, appContext }: Link, place: LinkPlace): string | undefined {
  const target = URL.canParse(url) ? new URL(url) : undefined;
  if (target?.protocol !== 'https:' && target?.protocol !== 'http:') return undefined;
  if (type === 'absolute') return url;
  const { launch, origin, serviceOrigin } = place;
  if (launch === undefined) return undefined;
  const isOurs = target.pathname === '/timeline/launch' && [origin, serviceOrigin].includes(target.origin);
  if (isOurs) return timelineAddress(origin, { ...launch, drafts: draftsOf(appContext) });
  target.searchParams.set('iss', launch.server);
  return target.href;
}

/** Of the context that the service gives the timeline. */
function draftsOf(appContext = '{}'): readonly string[] {
  try {
    const { drafts } = JSON.parse(appContext) as { readonly drafts?: unknown };
    return Array.isArray(drafts) ? drafts.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}
