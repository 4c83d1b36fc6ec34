import type { FhirResource } from 'fhir/r4.js';
import { addDrafts, type Draft } from './drafts.ts';
import type { Edits } from './edit-record.ts';
import { parseEdits, parseOrders } from './session-schema.ts';

export const hooks = ['order-select', 'order-sign', 'patient-view'] as const;
export type Hook = (typeof hooks)[number];

/** What is called, about whom, with what: all that makes a call, and all that a shared address restores. */
export interface Session {
  readonly patient: { readonly story: string } | { readonly server: string; readonly id: string };
  readonly edits: Edits;
  readonly drafts: readonly Draft[];
  readonly hook: Hook;
  /** The page fills the templates of the service. */
  readonly prefetch: boolean;
  /** The service may read the FHIR server. */
  readonly access: boolean;
  /** Whether the workbench signs the calls; undefined leaves it to what the service asks for. */
  readonly sign?: boolean;
}

/**
 * Writes a session into the fragment of an address, which no server ever sees: story, changes and drafts, and nothing
 * of any other record.
 */
export function writeSession({ patient, edits, drafts, hook, prefetch, access, sign }: Session): string {
  const written = new URLSearchParams();
  if ('story' in patient) written.set('story', patient.story);
  else {
    written.set('server', patient.server);
    written.set('patient', patient.id);
  }
  const keys = drafts.flatMap(({ key, selected }) => (key === undefined ? [] : [selected ? key : `${key}!`]));
  const others = drafts.filter(({ key }) => key === undefined);
  if (keys.length > 0) written.set('drafts', keys.join(','));
  if (others.length > 0) written.set('orders', JSON.stringify(others.map(withoutPatient)));
  if (Object.keys(edits).length > 0) written.set('edits', JSON.stringify(edits));
  written.set('hook', hook);
  written.set('send', [prefetch ? 'prefetch' : '', access ? 'access' : ''].filter(Boolean).join(','));
  if (sign !== undefined) written.set('sign', sign ? 'on' : 'off');
  return written.toString();
}

/** What there is to choose from. */
export interface Known {
  readonly drafts: Readonly<Record<string, FhirResource>>;
  readonly stories: readonly string[];
}

export interface SharedSession {
  /** Undefined when no patient is named. */
  readonly session: Session | undefined;
  /** The parts of the address that were not understood, in words. */
  readonly ignored: readonly string[];
}

/** Reads what `writeSession` has written, leaving out what is not valid. */
export function readSession(fragment: string, known: Known): SharedSession {
  const written = new URLSearchParams(fragment.replace(/^#/, ''));
  const patient = patientOf(written, known);
  const edits = parseEdits(written.get('edits') ?? '{}');
  const orders = parseOrders(written.get('orders') ?? '[]');
  const keys = (written.get('drafts') ?? '').split(',').filter(Boolean);
  const hook = hooks.find((one) => one === (written.get('hook') ?? 'order-select'));
  const send = (written.get('send') ?? 'prefetch,access').split(',').filter(Boolean);
  const sign = written.get('sign');
  const faults: readonly (readonly [string, boolean])[] = [
    ['patient', patient === undefined && ['story', 'server', 'patient'].some((key) => written.has(key))],
    ['changes of the record', edits === undefined],
    ['drafts', orders === undefined || keys.some((key) => known.drafts[key.replace(/!$/, '')] === undefined)],
    ['hook', hook === undefined],
    ['what is sent', send.some((one) => one !== 'prefetch' && one !== 'access')],
    ['authorization', sign !== null && sign !== 'on' && sign !== 'off'],
  ];
  const ignored = faults.flatMap(([name, isFault]) => (isFault ? [name] : []));
  if (patient === undefined) return { session: undefined, ignored };
  const session: Session = {
    ...{ patient, edits: edits ?? {}, hook: hook ?? 'order-select' },
    drafts: [...keyedDrafts(keys, known), ...(orders ?? [])],
    ...{ prefetch: send.includes('prefetch'), access: send.includes('access') },
    ...((sign === 'on' || sign === 'off') && { sign: sign === 'on' }),
  };
  return { session, ignored };
}

function patientOf(written: URLSearchParams, { stories }: Known): Session['patient'] | undefined {
  const [story, server, id] = ['story', 'server', 'patient'].map((key) => written.get(key));
  if (story) return stories.includes(story) ? { story } : undefined;
  return server && id && /^https?:$/.test(URL.parse(server)?.protocol ?? '') ? { server, id } : undefined;
}

/** A key with an exclamation mark is of a draft that is not selected. */
function keyedDrafts(marked: readonly string[], { drafts }: Known): readonly Draft[] {
  const unselected = new Set(marked.filter((one) => one.endsWith('!')).map((one) => one.slice(0, -1)));
  const keys = marked.map((one) => one.replace(/!$/, ''));
  return addDrafts([], keys, drafts).map((draft) => ({ ...draft, selected: !unselected.has(draft.key ?? '') }));
}

/** An order that a suggestion has made names its patient; the call names it anew. */
function withoutPatient({ resource, selected }: Draft): Draft {
  const { subject: _, ...rest } = resource as FhirResource & { subject?: unknown };
  return { resource: rest as FhirResource, selected };
}
