import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const Untested = z.enum(['unused', 'client', 'elsewhere', 'departure']);
const word = z.string().min(1);

const Requirement = z.strictObject({
  id: z.string().regex(/^[A-Z]\d{1,2}$/),
  level: z.enum([
    ...(['SHALL', 'SHALL NOT', 'SHOULD', 'SHOULD NOT', 'MAY'] as const),
    ...(['REQUIRED', 'CONDITIONAL', 'OPTIONAL', 'advice', 'ours'] as const),
  ]),
  since: z.enum(['1.0', '2.0', '2.0.1', '3.0']).default('1.0'),
  source: word.default('CDS Hooks'),
  section: word,
  invariant: word.optional(),
  says: word.max(160).regex(/\.$/),
  untested: Untested.optional(),
  reason: word.optional(),
});

const Parts = z.array(
  z.strictObject({
    part: word,
    untested: Untested.optional(),
    reason: word.optional(),
    requirements: z.array(Requirement).min(1),
  }),
);

export type Requirement = z.infer<typeof Requirement>;
export type Part = z.infer<typeof Parts>[number];

/** The parts of the standard, each with its requirements. */
export function readRequirements(): readonly Part[] {
  return Parts.parse(parse(readFileSync('test/conformance/standard/requirements.yaml', 'utf8')));
}

/** Why there is no test; what is said of the part holds unless the requirement says something else. */
export function whyUntested(requirement: Requirement, part: Part): Pick<Requirement, 'untested' | 'reason'> {
  return requirement.untested === undefined ? part : requirement;
}
