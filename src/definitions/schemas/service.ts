import { z } from 'zod';
import { Condition } from '../../rules/condition.ts';
import { id, isoDate, sentence } from './basics.ts';

export const AskBedside = z.enum(['always', 'when-suspicious', 'never']);
export type AskBedside = z.infer<typeof AskBedside>;

export const Read = z.strictObject({
  title: sentence,
  query: z.string().min(1),
  prefetch: z.boolean().default(true),
  required: z.boolean().default(false),
  /** What this read tells can only soften a card; when it fails, that makes no card of its own. */
  softens: z.boolean().default(false),
  /** Its facts decide whether the patient concerns us at all; it is read first. */
  gate: z.boolean().default(false),
});
export type Read = z.infer<typeof Read>;

export const ServiceFile = z.strictObject({
  title: sentence,
  evidencePack: isoDate,
  /** Who answers for the rules, as it is printed on every card. */
  clinicalOwner: sentence.max(80),
  /** What a hospital has to know of the sign-off; said wherever there is room. */
  signOff: sentence.optional(),
  source: z.strictObject({ label: sentence }),
  footer: sentence,
  /** Characters of a detail, as they are seen, above which it tells less of sources and of the patient's data. */
  longestDetail: z.int().min(500),
  services: z
    .array(
      z.strictObject({
        id,
        hook: z.enum(['order-select', 'order-sign', 'patient-view']),
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
  /** The longest texts that placeholders are expected to become: summaries must fit with them. */
  longestTexts: z.strictObject({
    fact: sentence,
    threshold: sentence,
    tests: sentence,
  }),
  /** What cards call the SMART app that shows the course of the patient, and the topics whose cards link to it. */
  timeline: z.strictObject({ label: sentence, topics: z.array(id) }),
  topicSystem: z.string().min(1),
  topics: z.record(
    id,
    z.strictObject({
      code: z.string().regex(/^[A-Za-z0-9]{1,100}$/, 'letters and digits only'),
      display: sentence,
    }),
  ),
  /** The facts of the "patient data used" block, in this order; measures first. */
  summary: z.strictObject({ measures: z.array(id), facts: z.array(id) }),
  reads: z.record(id, Read),
});
export type ServiceFile = z.infer<typeof ServiceFile>;
