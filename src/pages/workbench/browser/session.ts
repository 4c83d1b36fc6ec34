import type { FhirResource } from 'fhir/r4.js';
import { addDrafts, type Draft } from './drafts.ts';
import type { Edits } from './edit-record.ts';

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
}

/**
 * Writes a session into the fragment of an address, which no server ever sees: story, changes and drafts, and nothing
 * of any other record.
 */
export function writeSession({ patient, edits, drafts, hook, prefetch, access }: Session): string {
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
  return written.toString();
}

/** Reads what `writeSession` has written; undefined for anything else. */
export function readSession(fragment: string, known: Readonly<Record<string, FhirResource>>): Session | undefined {
  const written = new URLSearchParams(fragment.replace(/^#/, ''));
  const [story, server, id] = ['story', 'server', 'patient'].map((key) => written.get(key));
  const patient = story ? { story } : server && id ? { server, id } : undefined;
  const edits = parsed(written.get('edits') ?? '{}');
  const orders = parsed(written.get('orders') ?? '[]');
  const hook = hooks.find((one) => one === written.get('hook')) ?? 'order-select';
  if (patient === undefined || edits === undefined || !Array.isArray(orders)) return undefined;
  const marked = (written.get('drafts') ?? '').split(',').filter(Boolean);
  const keys = marked.map((one) => one.replace(/!$/, ''));
  const unselected = new Set(marked.filter((one) => one.endsWith('!')).map((one) => one.slice(0, -1)));
  const drafts = addDrafts([], keys, known).map((draft) => ({ ...draft, selected: !unselected.has(draft.key ?? '') }));
  const send = (written.get('send') ?? 'prefetch,access').split(',');
  return {
    ...{ patient, hook, edits: edits as Edits, drafts: [...drafts, ...(orders as Draft[])] },
    prefetch: send.includes('prefetch'),
    access: send.includes('access'),
  };
}

/** An order that a suggestion has made names its patient; the call names it anew. */
function withoutPatient({ resource, selected }: Draft): Draft {
  const { subject: _, ...rest } = resource as FhirResource & { subject?: unknown };
  return { resource: rest as FhirResource, selected };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
