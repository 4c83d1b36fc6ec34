import type { CodeableConcept, FhirResource } from 'fhir/r4.js';
import type { Action } from '../../../cds-hooks/card.ts';

/** A draft order of the session. */
export interface Draft {
  /** Of fhir-fixtures/drafts; none for what a suggestion has added or changed. */
  readonly key?: string;
  readonly resource: FhirResource;
  /** Just selected: what order-select tells in `selections`. */
  readonly selected: boolean;
}

interface Choice {
  readonly label: string;
  /** Several keys are a regimen. */
  readonly keys: readonly string[];
}

/** What can be drafted, in the words of the clinic. */
export const catalogue: readonly { readonly title: string; readonly choices: readonly Choice[] }[] = [
  {
    title: 'Locoregional therapy',
    choices: [
      { label: 'TACE', keys: ['tace-snomed'] },
      { label: 'TACE, written as text', keys: ['tace-text-only'] },
      { label: 'Embolisation, CPT 37243', keys: ['tace-cpt-37243'] },
      { label: 'TACE for a ruptured tumour', keys: ['tace-for-rupture'] },
      { label: 'TARE (yttrium-90)', keys: ['tare-y90'] },
    ],
  },
  {
    title: 'Immunotherapy',
    choices: [
      { label: 'Atezolizumab + bevacizumab', keys: ['atezolizumab', 'bevacizumab'] },
      { label: 'Durvalumab + tremelimumab', keys: ['durvalumab', 'tremelimumab-text'] },
      { label: 'Atezolizumab', keys: ['atezolizumab'] },
      { label: 'Bevacizumab', keys: ['bevacizumab'] },
      { label: 'Bevacizumab biosimilar, written as text', keys: ['bevacizumab-biosimilar-text'] },
      { label: 'Durvalumab', keys: ['durvalumab'] },
      { label: 'Tremelimumab, written as text', keys: ['tremelimumab-text'] },
      { label: 'Nivolumab', keys: ['nivolumab'] },
      { label: 'Nivolumab, for HCC', keys: ['nivolumab-for-hcc'] },
      { label: 'Pembrolizumab', keys: ['pembrolizumab'] },
    ],
  },
  {
    title: 'Tyrosine kinase inhibitors',
    choices: [
      { label: 'Lenvatinib', keys: ['lenvatinib'] },
      { label: 'Sorafenib', keys: ['sorafenib'] },
      { label: 'Cabozantinib', keys: ['cabozantinib'] },
    ],
  },
  {
    title: 'Other orders',
    choices: [
      { label: 'INR (laboratory)', keys: ['inr'] },
      { label: 'Lapatinib, written as text', keys: ['lapatinib-text'] },
    ],
  },
];

const labels = new Map(
  catalogue.flatMap(({ choices }) =>
    choices.flatMap(({ label, keys }) => (keys.length === 1 ? [[keys[0], label] as const] : [])),
  ),
);

/** What a draft is called in the list. */
export function labelOf(draft: Draft): string {
  const concept = conceptOf(draft);
  return labels.get(draft.key) ?? concept?.text ?? concept?.coding?.[0]?.display ?? draft.resource.resourceType;
}

const systems: Readonly<Record<string, string>> = {
  'http://snomed.info/sct': 'SNOMED CT',
  'http://www.nlm.nih.gov/research/umls/rxnorm': 'RxNorm',
  'http://www.ama-assn.org/go/cpt': 'CPT',
  'http://loinc.org': 'LOINC',
};

/** How it is given and why, where the order says so, and what it is coded with. */
export function notesOf(draft: Draft): readonly string[] {
  const { dosageInstruction, reasonCode } = draft.resource as {
    dosageInstruction?: readonly { text?: string }[];
    reasonCode?: readonly { text?: string }[];
  };
  const coding = conceptOf(draft)?.coding?.[0];
  const coded = coding ? `${systems[coding.system ?? ''] ?? 'code'} ${coding.code}` : 'not coded';
  const suggested = draft.key === undefined ? 'from a suggestion' : undefined;
  const parts = [suggested, dosageInstruction?.[0]?.text, reasonCode?.[0]?.text, coded];
  return parts.filter((part) => part !== undefined);
}

function conceptOf({ resource }: Draft): CodeableConcept | undefined {
  const { code, medicationCodeableConcept } = resource as {
    code?: CodeableConcept;
    medicationCodeableConcept?: CodeableConcept;
  };
  return code ?? medicationCodeableConcept;
}

export function referenceOf({ resource }: Draft): string {
  return `${resource.resourceType}/${resource.id}`;
}

/** Adds drafts, selected; what was there is no longer. A draft that is there already is selected again. */
export function addDrafts(
  drafts: readonly Draft[],
  keys: readonly string[],
  known: Readonly<Record<string, FhirResource>>,
): readonly Draft[] {
  const kept = drafts.map((draft) => ({ ...draft, selected: draft.key !== undefined && keys.includes(draft.key) }));
  const missing = keys.filter((key) => !kept.some((draft) => draft.key === key));
  const added = missing.flatMap((key) => {
    const resource = known[key];
    return resource ? [{ key, resource, selected: true }] : [];
  });
  return [...kept, ...added];
}

/**
 * Does what an accepted suggestion says. Created orders become drafts of the session, not selected ones: the call that
 * follows is about the orders that were there.
 */
export function applyActions(drafts: readonly Draft[], actions: readonly Action[]): readonly Draft[] {
  return actions.reduce((left, { type, resource, resourceId }) => {
    if (type === 'create' && resource)
      return left.concat({ resource: withId(resource as FhirResource, left), selected: false });
    if (type === 'delete') return left.filter((draft) => !isMeant(draft, resourceId));
    const changed = (resource as FhirResource | undefined) ?? undefined;
    return left.map((draft) =>
      changed && referenceOf(draft) === `${changed.resourceType}/${changed.id}`
        ? { resource: changed, selected: draft.selected }
        : draft,
    );
  }, drafts);
}

/** The standard leaves open whether the id comes with its type. */
function isMeant(draft: Draft, resourceId = ''): boolean {
  return referenceOf(draft) === resourceId || draft.resource.id === resourceId;
}

function withId(resource: FhirResource, drafts: readonly Draft[]): FhirResource {
  const taken = new Set(drafts.map((draft) => draft.resource.id));
  const ids = Array.from({ length: taken.size + 1 }, (_, index) => `suggested-${index + 1}`);
  return resource.id ? resource : { ...resource, id: ids.find((id) => !taken.has(id)) ?? 'suggested' };
}
