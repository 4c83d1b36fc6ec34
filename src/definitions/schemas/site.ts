import { z } from 'zod';
import { Indicator, id, sentence } from './basics.ts';
import { RuleFile } from './rules.ts';
import { AskBedside } from './service.ts';

/** The files of a hospital's overlay, as they are written. */

const said = (what: string) =>
  z
    .string({ error: ({ input }) => (input === undefined ? `is missing: ${what}` : 'must be a text') })
    .trim()
    .min(1);

const isDay = (text: string) => {
  const date = new Date(text);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
};
const day = said('every change says from which day it holds').refine(
  isDay,
  'must be a day of the calendar, YYYY-MM-DD',
);

/** Every change says why, who answers for it, and on which days it holds; both days are within. */
const approval = {
  reason: said('every change says why'),
  approvedBy: said('every change names who approved it'),
  from: day,
  until: day.optional(),
};
interface Days {
  readonly from: string;
  readonly until?: string | undefined;
}
const inOrder = ({ from, until }: Days) => until === undefined || from <= until;
const order = { path: ['until'], message: 'is before from' };

function entry<T extends z.ZodRawShape>(shape: T) {
  return z.strictObject({ ...shape, ...approval }).refine((one) => inOrder(one as Days), order);
}

export const ThresholdEntry = entry({
  /** A number alone only where the threshold has no unit; else each of its units with its value. */
  value: z.union([z.number(), z.record(z.string(), z.number())], 'must be a number, or a number for each unit'),
  evidence: id,
  locator: sentence.optional(),
});
export type ThresholdEntry = z.infer<typeof ThresholdEntry>;

const ruleChanges = {
  disabled: z.literal(true).optional(),
  silent: z.literal(true).optional(),
  indicator: Indicator.optional(),
  card: z
    .strictObject({ finding: sentence.optional(), summary: sentence.optional(), detail: sentence.optional() })
    .optional(),
  options: z.array(sentence).optional(),
};
export const RuleEntry = entry(ruleChanges).check(({ value, issues }) => {
  const changed = Object.keys(ruleChanges).filter((key) => (value as Record<string, unknown>)[key] !== undefined);
  const problem =
    changed.length === 0
      ? `changes nothing: ${Object.keys(ruleChanges).join(', ')} are possible`
      : (value.disabled || value.silent) && changed.length > 1 && 'disabled and silent each stand alone';
  if (problem) issues.push({ code: 'custom', message: problem, input: value, path: [] });
});
export type RuleEntry = z.infer<typeof RuleEntry>;

export const ServiceEntry = entry({ disabled: z.literal(true) });
export type ServiceEntry = z.infer<typeof ServiceEntry>;
export const AskBedsideEntry = entry({ value: AskBedside });
export type AskBedsideEntry = z.infer<typeof AskBedsideEntry>;
export const PrefetchKeyEntry = entry({
  name: z.string().regex(/^[A-Za-z][A-Za-z0-9_-]*$/, 'must be letters, digits, - and _'),
});
export type PrefetchKeyEntry = z.infer<typeof PrefetchKeyEntry>;
/** For a file of the overlay: the file holds the change, the entry who approved it. */
export const FileEntry = entry({});

/** The skeleton of site.yaml; the entries are read one by one, so that a fault in one hides none in another. */
const entries = z.record(z.string(), z.unknown()).default({});
export const SiteFile = z.strictObject({
  /** As it is printed on cards. */
  site: sentence.max(60),
  /** Whose days `from` and `until` are. */
  timeZone: z.string().refine(isTimeZone, 'is no time zone, such as Europe/Berlin').default('UTC'),
  askBedside: z.unknown().optional(),
  thresholds: entries,
  rules: entries,
  services: entries,
  prefetchKeys: entries,
  valueSets: entries,
  conceptMaps: entries,
  orderTemplates: entries,
});
export type SiteFile = z.infer<typeof SiteFile>;

/** A rule of the hospital's own. */
export const SiteRuleFile = RuleFile.extend({
  ref: z.string().regex(/^L\d\d$/, 'must be L and two digits: a rule of the site'),
  ...approval,
}).refine(inOrder, order);
export type SiteRuleFile = z.infer<typeof SiteRuleFile>;

/** An order that a suggestion may create. The patient is added when it is offered. */
export const OrderTemplate = z.looseObject({
  resourceType: z.literal('ServiceRequest'),
  status: z.literal('draft'),
  intent: z.enum(['proposal', 'plan', 'order']),
  code: z.looseObject({ text: sentence }),
});

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
