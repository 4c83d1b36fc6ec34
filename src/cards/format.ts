import { type Estimate, isExact } from '../kernel/estimate.ts';

const unitNames: Readonly<Record<string, string>> = {
  '1': '',
  'umol/L': ' µmol/L',
  'mL/min/{1.73_m2}': ' mL/min/1.73 m²',
  d: ' days',
  a: ' years',
};

/** A number with its unit as a clinician reads it: '2.1 mg/dL', '<0.2 mg/dL', '1 to 2'. */
export function formatQuantity(value: Estimate, unit: string): string {
  // A UCUM annotation in braces stands for a number without unit.
  const name = unit.startsWith('{') ? '' : (unitNames[unit] ?? ` ${unit}`);
  return `${formatEstimate(value)}${name}`;
}

function formatEstimate({ low, high, lowOpen, highOpen }: Estimate): string {
  if (low === high) return formatNumber(low);
  if (low === Number.NEGATIVE_INFINITY && high === Number.POSITIVE_INFINITY) return 'not known';
  if (low === Number.NEGATIVE_INFINITY) return `${highOpen ? '<' : '≤'}${formatNumber(high)}`;
  if (high === Number.POSITIVE_INFINITY) return `${lowOpen ? '>' : '≥'}${formatNumber(low)}`;
  return `${formatNumber(low)} to ${formatNumber(high)}`;
}

function formatNumber(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** '41 days ago', 'at most 200 days ago', 'today'. */
export function formatDaysAgo(days: Estimate): string {
  if (days.high === Number.POSITIVE_INFINITY) return days.low === Number.POSITIVE_INFINITY ? 'never' : 'date not known';
  if (!isExact(days))
    return days.low <= 0 ? `at most ${days.high} days ago` : `between ${days.low} and ${days.high} days ago`;
  if (days.low === 0) return 'today';
  return days.low === 1 ? 'yesterday' : `${days.low} days ago`;
}

/** The day of a FHIR date, as YYYY-MM-DD or less when less is known; undefined when it is none. */
export function formatDate(recorded: string | undefined): string | undefined {
  return /^\d{4}(-\d{2}(-\d{2})?)?/.exec(recorded ?? '')?.[0];
}

/** 'a', 'a and b', 'a, b and c'. */
export function formatList(items: readonly string[], last = 'and'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;
}

/** With a capital at the beginning, unless the first word is an abbreviation that begins small. */
export function capitalised(text: string): string {
  if (/^[a-z]+[A-Z]/.test(text)) return text;
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** A title as it stands within a sentence: names and abbreviations keep their capitals. */
export function withinSentence(title: string): string {
  return /^[A-Z][a-z]+\b(?!-[A-Z])/.test(title) ? title.slice(0, 1).toLowerCase() + title.slice(1) : title;
}

/** How much of a Markdown text is seen: without the targets of links and the marks; a break counts as one character. */
export function visibleLength(markdown: string): number {
  const withoutTargets = markdown.replace(/\]\((?:[^()\s]|\([^()\s]*\))*\)/g, '');
  const text = withoutTargets.replace(/\\([!-/:-@[-`{-~])|\*\*|^- |\[/gm, (_, literal?: string) => literal ?? '');
  return text.replace(/\s+/g, ' ').length;
}
