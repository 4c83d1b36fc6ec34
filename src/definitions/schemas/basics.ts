import { z } from 'zod';

/**
 * The files of a knowledge module, as they are written. Unknown keys are refused: a misspelt key is a rule that
 * silently does something else.
 */

export const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be a kebab-case id');
export const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date, YYYY-MM-DD');
export const sentence = z.string().trim().min(1);
export const range = z.tuple([z.number(), z.number()]);

export const Indicator = z.enum(['info', 'warning', 'critical']);

export const Name = z.union([
  z.string().min(1),
  z.strictObject({ abbreviation: z.string(), alongside: z.array(z.string()).min(1) }),
]);
export const concept = {
  valueSet: id.optional(),
  names: z.array(Name).default([]),
  exclude: z.union([id.transform((one) => [one]), z.array(id)]).default([]),
  notNames: z.array(z.string().min(1)).default([]),
  /** Codes outside the value set beside which an abbreviation may stand. */
  compatible: z.array(id).default([]),
  /** Tags in brackets that are cut off before names are matched: `XYZ` cuts '(XYZ)' and '(CMS/XYZ)'. */
  bracketTags: z.array(z.string()).default([]),
};
