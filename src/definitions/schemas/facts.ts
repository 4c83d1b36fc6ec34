import { z } from 'zod';
import { concept, id, range, sentence } from './basics.ts';

const fact = {
  title: sentence,
  from: z.array(id).min(1),
  /** Which card may ask for it: a laboratory test can be ordered, a bedside finding can only be looked at. */
  asks: z.enum(['laboratory', 'bedside', 'nothing']).default('nothing'),
  whenAbsent: z.enum(['no', 'unknown']),
  /** Why absence of a record is read as it is. Required for `no`: that is a clinical decision. */
  absenceRationale: sentence.optional(),
  /** Its first read is not offered as prefetch: without a server it stays unknown, unless the client sends it unasked. */
  needsServer: z.boolean().default(false),
  /** Words for whole grades, for the reader. */
  gradeNames: z.record(z.string(), sentence).optional(),
};

const words = z.strictObject({ names: z.array(z.string()).min(1), notNames: z.array(z.string()).default([]) });

/** The drugs that a text names: each by its names, classes by these words, a text without either by `otherwise`. */
const drugsNamed = {
  drugs: id,
  classes: z.array(words.extend({ of: id, label: sentence })).default([]),
  /** Words that speak of such drugs without saying which: then none is known by name. */
  otherwise: z.array(z.string()).default([]),
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
    /** Another fact that says the same: where that is found, this test is not asked for. */
    answeredBy: id.optional(),
  }),
  z.strictObject({
    ...fact,
    ...concept,
    reducer: z.literal('largest-quantity'),
    units: z.array(z.string()).min(1),
    unitless: z.string().optional(),
    plausible: z.record(z.string(), range),
    mislabelled: sentence.optional(),
    maxAge: id,
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
  z.strictObject({
    ...fact,
    ...concept,
    reducer: z.literal('result-sign'),
    /** Words of the value and its interpretation; negative ones are looked for first. */
    positive: z.array(z.string()).min(1),
    negative: z.array(z.string()).min(1),
  }),
  z.strictObject({ ...fact, ...concept, reducer: z.literal('ever-tested') }),
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
    gradeNames: z.record(z.string(), sentence),
    gradeWords: z.array(z.strictObject({ names: z.array(z.string()).min(1), grade: range })).default([]),
    absenceValid: id,
    controlledBy: id.optional(),
    controlled: range.optional(),
    mildest: z.number(),
  }),
  z.strictObject({
    ...fact,
    ...concept,
    reducer: z.literal('problem-extent'),
    /** Places by name with their grade: the first that is named counts. Some tell the kind as well. Names that take one back stand in its clause. */
    extents: z.array(words.extend({ grade: range, tellsKind: z.boolean().default(false) })).min(1),
    /** The grade when no place is named. */
    anywhere: range,
    /** Words that say that it is of the kind that counts, and that it is not. */
    kind: words,
    notKind: words,
    /** Up to this grade what is not of the kind counts for nothing; beyond, the kind does not settle it. */
    harmless: z.number(),
    gradeNames: z.record(z.string(), sentence),
    absenceValid: id,
  }),
  z.strictObject({ ...fact, reducer: z.literal('ungraded-problem'), of: id }),
  z.strictObject({ ...fact, reducer: z.literal('described-problem'), of: id, described: words }),
  z.strictObject({ ...fact, ...concept, reducer: z.literal('active-medication') }),
  z.strictObject({
    ...fact,
    ...concept,
    reducer: z.literal('daily-dose'),
    units: z.tuple([z.literal('mg/d')]),
    /** Related drugs of which no equivalent is known: one of them leaves the dose open. */
    related: z.strictObject({ valueSet: id.optional(), names: z.array(z.string()).min(1) }),
  }),
  z.strictObject({ ...fact, reducer: z.literal('last-exposure'), order: id }),
  z.strictObject({ ...fact, reducer: z.literal('last-order'), order: id }),
  z.strictObject({ ...fact, reducer: z.literal('running-exposure'), order: id, signOfLife: id }),
  z.strictObject({ ...fact, reducer: z.literal('last-procedure'), order: id }),
  z.strictObject({ ...fact, ...concept, reducer: z.literal('procedure-ever') }),
  z.strictObject({ ...fact, ...concept, reducer: z.literal('last-performed') }),
  z.strictObject({ ...fact, ...concept, reducer: z.literal('last-episode') }),
  /** The result of a quantity that was the newest at a time, at most `within` days old then. */
  z.strictObject({
    ...fact,
    reducer: z.literal('quantity-before'),
    quantity: id,
    units: z.array(z.string()).min(1),
    at: id,
    within: id,
  }),
  /** The newest result of a quantity, if it was taken at least `after` days since. */
  z.strictObject({
    ...fact,
    reducer: z.literal('quantity-after'),
    quantity: id,
    units: z.array(z.string()).min(1),
    at: id,
    after: id,
  }),
  /** How severe a graded problem was at a time. */
  z.strictObject({ ...fact, reducer: z.literal('graded-problem-before'), problem: id, at: id }),
  z.strictObject({ ...fact, reducer: z.literal('session-count'), order: id }),
  z.strictObject({
    ...fact,
    ...concept,
    reducer: z.literal('response-since'),
    /** The fact that says which sessions there were. */
    sessions: id,
    courseDays: id,
    /** How an answer is read: by a code with an ordinal, else by words. */
    answers: id,
    ordinals: z.record(z.string(), range),
    answerWords: z.array(z.strictObject({ names: z.array(z.string()).min(1), grade: range })).min(1),
  }),
  /** `assessment`: the fact of kind `response-since` that says how assessments are recognised. */
  z.strictObject({ ...fact, reducer: z.literal('non-responses'), sessions: id, assessment: id }),
  z.strictObject({ ...fact, reducer: z.literal('response-recorded-since'), sessions: id, assessment: id }),
  z.strictObject({ ...fact, ...concept, reducer: z.literal('imaged-since'), sessions: id, after: id }),
  z.strictObject({
    ...fact,
    ...concept,
    ...drugsNamed,
    reducer: z.literal('agreed-plan'),
    mentions: z.array(id).min(1),
    /** Words between an order and a drug that give them together; words by which a text may mean something else. */
    joining: z.array(z.string()).min(1),
    parting: z.array(z.string()).min(1),
    within: id,
  }),
  z.strictObject({ ...fact, reducer: z.literal('planned-procedure'), order: id, ahead: id, authored: id, last: id }),
  z.strictObject({ ...fact, reducer: z.literal('draft-reason'), indication: z.enum(['ours', 'probably', 'other']) }),
  z.strictObject({ ...fact, reducer: z.literal('age') }),
  z.strictObject({ ...fact, reducer: z.literal('deceased') }),
  z.strictObject({
    ...fact,
    ...drugsNamed,
    reducer: z.literal('study'),
    mentions: z.array(id).min(1),
  }),
]);
export type FactDefinition = z.infer<typeof FactDefinition>;
export const FactsFile = z.record(
  id,
  FactDefinition.refine(({ whenAbsent, absenceRationale }) => whenAbsent === 'unknown' || absenceRationale, {
    path: ['absenceRationale'],
    message: 'that absence is read as no is a clinical decision and needs its reason',
  }),
);
export type FactsFile = z.infer<typeof FactsFile>;
