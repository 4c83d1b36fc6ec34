import { z } from 'zod';
import { Condition } from '../../rules/condition.ts';
import { Indicator, id, sentence } from './basics.ts';

export const ConditionsFile = z.record(id, z.strictObject({ description: sentence, when: Condition }));
export type ConditionsFile = z.infer<typeof ConditionsFile>;

export const RuleFile = z.strictObject({
  id,
  ref: z.string().regex(/^[RS]\d\d$/, 'must be a number of the evidence pack, R01 or S01'),
  topic: id,
  family: id,
  version: z.int().min(1),
  status: z.enum(['draft', 'active', 'silent', 'retired']),
  title: sentence,
  when: Condition,
  unless: Condition.optional(),
  whenUnknown: z.enum(['silent', 'ask']),
  card: z.strictObject({
    indicator: Indicator,
    finding: sentence,
    summary: sentence,
    brief: sentence.optional(),
    detail: sentence,
  }),
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
  laboratory: gapCard.extend({
    suggestionLabel: sentence,
    /** The texts speak of this score; where none of its parts is missing, they are these. */
    measure: id,
    otherwise: z.strictObject({ summary: sentence, detail: sentence }),
  }),
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
    z.strictObject({ label: sentence, create: id, offered: z.enum(['always', 'when-mapped']) }),
  ]),
);
export type SuggestionsFile = z.infer<typeof SuggestionsFile>;

export const OverrideReasonsFile = z.strictObject({ system: z.string().min(1), reasons: z.record(id, sentence) });
export type OverrideReasonsFile = z.infer<typeof OverrideReasonsFile>;
