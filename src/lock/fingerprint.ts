import { createHash } from 'node:crypto';
import type { Definitions } from '../definitions/definitions.ts';
import {
  type Content,
  everyCardContent,
  gapsContent,
  gateContent,
  patientViewContent,
  ruleContent,
} from './rule-content.ts';

/** The parts of a content, each as a short hash: which part of a rule changed can be read off the lock file. */
export type Parts = Readonly<Record<string, string>>;

/** A rule as it stands: what is compared with the lock. */
export interface Versioned {
  readonly id: string;
  /** The number in the evidence pack. */
  readonly ref: string;
  readonly version: number;
  readonly parts: Parts;
}

/** Everything that the lock holds, as the definitions have it. */
export interface Fingerprints {
  readonly rules: readonly Versioned[];
  /** Rules that nobody is shown or counts yet: they are locked once they leave this state. */
  readonly drafts: ReadonlySet<string>;
  /** What all rules share and no rule's version tells: whom the service speaks of, what every card says. */
  readonly shared: Readonly<Record<string, Parts>>;
}

/** The names under which asking for missing information and the card of an opened record stand among the rules. */
export const gapsId = 'gaps';
export const patientViewId = 'patient-view';

export function fingerprintsOf(definitions: Definitions): Fingerprints {
  const { rules, gaps, patientView } = definitions;
  const locked = rules.map((rule) => ({
    id: rule.id,
    ref: rule.ref,
    version: rule.version,
    parts: partsOf(ruleContent(rule, definitions)),
  }));
  const asking = { id: gapsId, ref: gaps.ref, version: gaps.version, parts: partsOf(gapsContent(definitions)) };
  const overview = patientViewContent(definitions);
  const opened = { id: patientViewId, ref: patientViewId, version: patientView?.version ?? 1 };
  return {
    rules: [...locked, asking, ...(overview ? [{ ...opened, parts: partsOf(overview) }] : [])],
    drafts: new Set(rules.filter(({ status }) => status === 'draft').map(({ id }) => id)),
    shared: { gate: partsOf(gateContent(definitions)), 'every-card': partsOf(everyCardContent(definitions)) },
  };
}

/** The names of the parts in which two differ. */
export function differingParts(one: Parts, other: Parts): readonly string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => one[name] !== other[name]);
}

function partsOf(content: Content): Parts {
  const present = Object.entries(content).filter(([, value]) => !isEmpty(value));
  return Object.fromEntries(present.map(([name, value]) => [name, hash(value)]));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}

function hash(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex').slice(0, 12);
}

/** JSON in which the order of keys does not count. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
