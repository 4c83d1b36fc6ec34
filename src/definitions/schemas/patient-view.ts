import { z } from 'zod';
import { Condition } from '../../rules/condition.ts';
import { id, sentence } from './basics.ts';

const line = {
  when: Condition.optional(),
  /** Takes the line back, but only when it is true. */
  unless: Condition.optional(),
  says: sentence,
  /** What goes into the summary of the card. */
  short: sentence.optional(),
};

const Due = z
  .strictObject({
    ...line,
    /** Said for those of these facts and measures that have no valid value; `{missing}` names them. */
    outOfDate: z.array(id).min(1).optional(),
  })
  .refine(
    ({ when, outOfDate }) => when !== undefined || outOfDate !== undefined,
    'must say when: `when` or `outOfDate`',
  );

/**
 * patient-view.yaml: the card that tells what is known of a patient before anything is ordered. A line is shown when
 * its condition is true and everything that it names is known.
 */
export const PatientViewFile = z.strictObject({
  id,
  version: z.int().min(1),
  topic: id,
  /** How the summary begins. */
  title: sentence,
  lines: z.array(z.strictObject(line)).min(1),
  due: z.array(Due).default([]),
});
export type PatientViewFile = z.infer<typeof PatientViewFile>;
