import { z } from 'zod';
import { Condition } from '../rules/condition.ts';

/**
 * The files of a knowledge module, as they are written. Unknown keys are refused: a misspelt key is a rule that
 * silently does something else.
 */

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be a kebab-case id');
const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date, YYYY-MM-DD');
const sentence = z.string().trim().min(1);
const range = z.tuple([z.number(), z.number()]);

const Indicator = z.enum(['info', 'warning', 'critical']);

export const Name = z.union([
  z.string().min(1),
  z.strictObject({ abbreviation: z.string(), alongside: z.array(z.string()).min(1) }),
]);
const concept = {
  valueSet: id.optional(),
  names: z.array(Name).default([]),
  exclude: z.union([id.transform((one) => [one]), z.array(id)]).default([]),
  notNames: z.array(z.string().min(1)).default([]),
  /** Codes outside the value set beside which an abbreviation may stand. */
  compatible: z.array(id).default([]),
  /** Tags in brackets that are cut off before names are matched: 'HCC' cuts '(HCC)', '(CMS/HCC)'. */
  bracketTags: z.array(z.string()).default([]),
};

export const ConditionsFile = z.record(id, z.strictObject({ description: sentence, when: Condition }));
export type ConditionsFile = z.infer<typeof ConditionsFile>;

// --- service.yaml ----------------------------------------------------------------------------------------------

export const AskBedside = z.enum(['always', 'when-suspicious', 'never']);
export type AskBedside = z.infer<typeof AskBedside>;

export const Read = z.strictObject({
  title: sentence,
  query: z.string().min(1),
  prefetch: z.boolean().default(true),
  required: z.boolean().default(false),
  /** What this read tells can only soften a card; when it fails nothing is said. */
  softens: z.boolean().default(false),
  /** Its facts decide whether the patient concerns us at all; it is read first. */
  gate: z.boolean().default(false),
});
export type Read = z.infer<typeof Read>;

export const ServiceFile = z.strictObject({
  title: sentence,
  evidencePack: isoDate,
  clinicalOwner: sentence,
  source: z.strictObject({ label: sentence }),
  footer: sentence,
  services: z
    .array(
      z.strictObject({
        id,
        hook: z.enum(['order-select', 'order-sign']),
        title: sentence,
        description: sentence,
        usageRequirements: sentence,
      }),
    )
    .min(1),
  gate: z.strictObject({ when: Condition, unless: Condition.optional() }),
  askBedside: AskBedside,
  /** Sentences added to the detail of any card when their condition holds. */
  notes: z.array(z.strictObject({ when: Condition, says: sentence })).default([]),
  topicSystem: z.string().min(1),
  topics: z.record(
    id,
    z.strictObject({ code: z.string().regex(/^[A-Za-z0-9]{1,100}$/, 'letters and digits only'), display: sentence }),
  ),
  /** The facts of the "patient data used" block, in this order; measures first. */
  summary: z.strictObject({ measures: z.array(id), facts: z.array(id) }),
  reads: z.record(id, Read),
});
export type ServiceFile = z.infer<typeof ServiceFile>;

// --- orders.yaml -----------------------------------------------------------------------------------------------

export const OrderDefinition = z.strictObject({
  label: sentence,
  kind: z.enum(['drug', 'procedure']),
  ...concept,
  /** Codes that mean this or something else; with a companion code they mean this. */
  probable: z.strictObject({ valueSet: id, companions: id, label: sentence, note: sentence }).optional(),
  /** Names that mean a variant which is counted as this but called otherwise. */
  variants: z.array(z.strictObject({ label: sentence, names: z.array(z.string()).min(1) })).default([]),
  /** A drug order that means this procedure when given by this route, or for this reason. */
  drugs: z
    .strictObject({
      valueSet: id,
      exclude: z.union([id.transform((one) => [one]), z.array(id)]).default([]),
      names: z.array(Name),
      route: id,
      routeNames: z.array(z.string()),
    })
    .optional(),
});
export type OrderDefinition = z.infer<typeof OrderDefinition>;

export const OrdersFile = z.strictObject({
  orders: z.record(id, OrderDefinition),
  groups: z.record(id, z.array(id).min(1)),
  indication: z.strictObject({
    /** The facts whose concepts, given as reason, make an order ours, probably ours, or another disease's. */
    ours: id,
    probably: id,
    other: id,
  }),
  /** A procedure whose order or reason says one of these is none of ours. */
  procedureNotFor: z.array(z.string()).default([]),
});
export type OrdersFile = z.infer<typeof OrdersFile>;

// --- facts.yaml ------------------------------------------------------------------------------------------------

const fact = {
  title: sentence,
  from: z.array(id).min(1),
  /** Which card may ask for it: a laboratory test can be ordered, a bedside finding can only be looked at. */
  asks: z.enum(['laboratory', 'bedside', 'nothing']).default('nothing'),
  whenAbsent: z.enum(['no', 'unknown']),
  /** Why absence of a record is read as it is. Required for `no`: that is a clinical decision. */
  absenceRationale: sentence.optional(),
};

export const FactDefinition = z.discriminatedUnion('reducer', [
  z.strictObject({
    ...fact,
    ...concept,
    reducer: z.literal('latest-quantity'),
    units: z.array(z.string()).min(1),
    /** A value without unit is read in this one. */
    unitless: z.string().optional(),
    plausible: z.record(z.string(), range),
    mislabelled: sentence.optional(),
    maxAge: id,
    orderTemplate: id.optional(),
    notObtainableWhen: id.optional(),
  }),
  z.strictObject({
    ...fact,
    ...concept,
    reducer: z.literal('latest-grade'),
    range,
    answers: id.optional(),
    ordinals: z.record(z.string(), range).optional(),
    words: z.record(z.string(), range).default({}),
    mildest: z.number().optional(),
    maxAge: id,
    /** Only what was recorded before this many days ago, as another fact says. */
    before: id.optional(),
  }),
  z.strictObject({ ...fact, ...concept, reducer: z.literal('problem') }),
  z.strictObject({ ...fact, ...concept, reducer: z.literal('problem-ever') }),
  z.strictObject({
    ...fact,
    ...concept,
    reducer: z.literal('graded-problem'),
    grades: z.record(z.enum(['mild', 'moderate', 'severe', 'ungraded']), range),
    absentCodes: id.optional(),
    severeCodes: id.optional(),
    severity: id,
    /** Words for the whole grades, for the reader. */
    gradeNames: z.record(z.string(), sentence),
    gradeWords: z.array(z.strictObject({ names: z.array(z.string()).min(1), grade: range })).default([]),
    absenceValid: id,
    controlledBy: id.optional(),
    controlled: range.optional(),
    mildest: z.number(),
  }),
  z.strictObject({ ...fact, ...concept, reducer: z.literal('active-medication') }),
  z.strictObject({ ...fact, reducer: z.literal('last-exposure'), order: id }),
  z.strictObject({ ...fact, reducer: z.literal('running-exposure'), order: id, signOfLife: id }),
  z.strictObject({ ...fact, reducer: z.literal('last-procedure'), order: id }),
  z.strictObject({ ...fact, ...concept, reducer: z.literal('procedure-ever') }),
  z.strictObject({ ...fact, reducer: z.literal('planned-procedure'), order: id, ahead: id, authored: id, last: id }),
  z.strictObject({ ...fact, reducer: z.literal('draft-reason'), indication: z.enum(['ours', 'probably', 'other']) }),
  z.strictObject({ ...fact, reducer: z.literal('age') }),
  z.strictObject({ ...fact, reducer: z.literal('deceased') }),
  z.strictObject({
    ...fact,
    reducer: z.literal('study'),
    mentions: z.array(id).min(1),
  }),
]);
export type FactDefinition = z.infer<typeof FactDefinition>;
export const FactsFile = z.record(id, FactDefinition);
export type FactsFile = z.infer<typeof FactsFile>;

// --- thresholds.yaml, evidence.yaml ----------------------------------------------------------------------------

const perUnit = z.union([z.number(), z.record(z.string(), z.number())]);
export const ThresholdsFile = z.record(
  id,
  z.strictObject({
    description: sentence,
    unit: z.string().optional(),
    values: z.record(isoDate, z.strictObject({ value: perUnit, evidence: id, locator: sentence.optional() })),
    reviewedOn: isoDate,
  }),
);
export type ThresholdsFile = z.infer<typeof ThresholdsFile>;

export const Verification = z.enum(['primary', 'secondary', 'founding-document', 'project', 'unverified']);
export const EvidenceFile = z.record(
  id,
  z.strictObject({
    title: sentence,
    href: z.url().optional(),
    year: z.int().min(1900),
    locator: sentence.optional(),
    stance: z.enum(['for', 'against', 'context']),
    verification: Verification,
    lastChecked: isoDate,
    /** The sentence printed on a card. */
    says: sentence,
  }),
);
export type EvidenceFile = z.infer<typeof EvidenceFile>;

// --- rules/*.yaml, gaps.yaml, suggestions.yaml, override-reasons.yaml ---------------------------------------

export const RuleFile = z.strictObject({
  id,
  ref: z.string().regex(/^R\d\d$/),
  topic: id,
  family: id,
  version: z.int().min(1),
  status: z.enum(['draft', 'active', 'silent', 'retired']),
  title: sentence,
  when: Condition,
  unless: Condition.optional(),
  whenUnknown: z.enum(['silent', 'ask']),
  card: z.strictObject({ indicator: Indicator, finding: sentence, summary: sentence, detail: sentence }),
  options: z.array(sentence).default([]),
  suggestions: z.array(id).default([]),
  overrideReasons: z.array(id).max(6).default([]),
  evidence: z.array(id).default([]),
  knownGaps: sentence.optional(),
});
export type RuleFile = z.infer<typeof RuleFile>;

const gapCard = z.strictObject({
  summary: sentence,
  detail: sentence,
  overrideReasons: z.array(id).max(6).default([]),
});
export const GapsFile = z.strictObject({
  ref: z.string(),
  topic: id,
  version: z.int().min(1),
  /** The record gives a reason to ask what only the bedside shows. */
  suspicion: Condition,
  /** On a continuation of therapy bedside facts are not asked for. */
  continuation: Condition,
  /** A test ordered within this many days is awaited, not asked for again. */
  pending: id,
  laboratory: gapCard.extend({ suggestionLabel: sentence }),
  bedside: gapCard.extend({
    /** The findings whose absence from the record is asked for; the others are only listed. */
    facts: z.array(id).min(1),
    /** The topics whose cards say it in their detail, so that no card of its own is needed. */
    toldIn: z.array(id),
    /** The summary when the policy asks without a reason in the record. */
    unsuspicious: sentence,
  }),
  unusable: gapCard,
  unavailable: gapCard,
});
export type GapsFile = z.infer<typeof GapsFile>;

export const SuggestionsFile = z.record(
  id,
  z.union([
    z.strictObject({ label: sentence, delete: id }),
    z.strictObject({ label: sentence, create: id, offered: z.enum(['always', 'sandbox']) }),
  ]),
);
export type SuggestionsFile = z.infer<typeof SuggestionsFile>;

export const OverrideReasonsFile = z.strictObject({ system: z.string().min(1), reasons: z.record(id, sentence) });
export type OverrideReasonsFile = z.infer<typeof OverrideReasonsFile>;

// --- the hospital's overlay ------------------------------------------------------------------------------------

export const SiteFile = z.strictObject({
  site: sentence,
  approvedBy: sentence,
  reason: sentence,
  from: isoDate,
  askBedside: AskBedside.optional(),
});
export type SiteFile = z.infer<typeof SiteFile>;
