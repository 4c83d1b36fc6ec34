import { silentServiceText } from './failure.ts';

/** Where the page stands. */
export interface PagePlace {
  /** Of the page. */
  readonly origin: string;
  /** The one other origin that the policy of the page lets it read; null when its address names none. */
  readonly allowed: string | null;
}

/** Why a FHIR server gave this browser no answer, and what to do. Browsers do not tell pages which reason it is. */
export function unreachableText(server: string, { origin, allowed }: PagePlace): string {
  const asked = new URL(server).origin;
  if (asked === origin) return silentServiceText('The service');
  if (asked !== allowed)
    return `This page may not read ${server}: its own address does not name that server. Press “Use this patient” again.`;
  const reasons = `Either it is not reachable, or it does not allow this page (${origin}) by CORS.`;
  const ways =
    'Start it, or let it allow the page; or untick “Prefetch” and leave the reading to the service, if it may.';
  return `${server} could not be read from this browser. ${reasons} ${ways}`;
}

export interface Unread {
  readonly server: string;
  /** Relative to the server. */
  readonly request: string;
  readonly status: number;
}

/** What an answer of a FHIR server that is none to a read or search says, and what to do. */
export function answeredText({ server, request, status }: Unread): string {
  const [what = ''] = request.split('?');
  const answered = `${server} answered ${status} when this page read ${what} for the prefetch.`;
  const advice = adviceFor(status, what);
  return advice === undefined ? answered : `${answered} ${advice}`;
}

function adviceFor(status: number, what: string): string | undefined {
  if (status === 401 || status === 403)
    return 'It asks for an authorization, which this page has none of: use a server that is open for tests.';
  if (status !== 404) return undefined;
  return what.includes('/') ? `It has no ${what}.` : 'There is no FHIR R4 server at this address.';
}
