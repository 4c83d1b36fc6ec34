import { z } from 'zod';
import { id, isoDate, sentence } from './basics.ts';

const perUnit = z.union([z.number(), z.record(z.string(), z.number())]);
export const ThresholdsFile = z.record(
  id,
  z.strictObject({
    description: sentence,
    unit: z.string().optional(),
    values: z.record(isoDate, z.strictObject({ value: perUnit, evidence: id, locator: sentence.optional() })),
    reviewedOn: isoDate,
    /** Why a hospital cannot set it: it restates a table or a scale. */
    fixed: sentence.optional(),
  }),
);
export type ThresholdsFile = z.infer<typeof ThresholdsFile>;

/** `site` is a hospital's own choice, and stands in its overlay only. */
export const Verification = z.enum(['primary', 'secondary', 'founding-document', 'project', 'site', 'unverified']);
export const EvidenceFile = z.record(
  id,
  z.strictObject({
    title: sentence,
    /** The short form printed after what it says. */
    cite: z.string().min(1).max(40),
    href: z.url().optional(),
    /** Absent where the source that was read does not tell it. */
    year: z.int().min(1900).optional(),
    locator: sentence.optional(),
    stance: z.enum(['for', 'against', 'context']),
    verification: Verification,
    lastChecked: isoDate,
    /** Entries of one stance that share it stand on one line under it: '<about>: <cite> <says>; <cite> <says>.' */
    about: sentence.optional(),
    /** Orders whom alone it is about: it is printed on cards about one of them. */
    of: id.optional(),
    /** Named only, without what it says, where the detail would become too long. */
    supplementary: z.boolean().default(false),
    /** The sentence printed on a card; with `about` the words after the name of the source. */
    says: sentence,
    /** The same in fewer words, where the detail would become too long. */
    brief: sentence.optional(),
  }),
);
export type EvidenceFile = z.infer<typeof EvidenceFile>;
