import type { OutcomeCount } from '../store/store.ts';

/** What became of the cards of one month that showed one version of a rule. */
export interface ReportLine {
  readonly month: string;
  /** `id@version` */
  readonly rule: string;
  readonly shown: number;
  readonly accepted: number;
  readonly overridden: number;
  readonly none: number;
  /** Of the overridden ones, most frequent first. */
  readonly reasons: readonly { readonly reason: string; readonly cards: number }[];
}

/** By month, then by rule. Where all reasons are of one system, it is not told. */
export function reportLines(counts: readonly OutcomeCount[]): readonly ReportLine[] {
  const systems = new Set(counts.flatMap(({ reasonSystem }) => reasonSystem ?? []));
  const groups = new Map<string, OutcomeCount[]>();
  for (const count of counts) {
    const key = `${count.month} ${count.rule}@${String(count.version).padStart(6, '0')}`;
    groups.set(key, [...(groups.get(key) ?? []), count]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, group]) => lineOf(group, systems.size > 1));
}

function lineOf(group: readonly OutcomeCount[], withSystem: boolean): readonly ReportLine[] {
  const [first] = group;
  if (first === undefined) return [];
  const cards = (some: readonly OutcomeCount[]) => some.reduce((sum, count) => sum + count.cards, 0);
  const of = (outcome: OutcomeCount['outcome']) => group.filter((count) => count.outcome === outcome);
  const reasons = of('overridden').map((count) => ({ reason: reasonOf(count, withSystem), cards: count.cards }));
  return [
    {
      month: first.month,
      rule: `${first.rule}@${first.version}`,
      shown: cards(group),
      accepted: cards(of('accepted')),
      overridden: cards(of('overridden')),
      none: cards(of('none')),
      reasons: reasons.sort((a, b) => b.cards - a.cards || (a.reason < b.reason ? -1 : 1)),
    },
  ];
}

function reasonOf({ reasonCode, reasonSystem }: OutcomeCount, withSystem: boolean): string {
  if (reasonCode === undefined) return '(no reason)';
  return withSystem && reasonSystem !== undefined ? `${reasonCode} (${reasonSystem})` : reasonCode;
}

/** Of those cards that something was said of; undefined when nothing was. */
export function overrideRate({ accepted, overridden }: ReportLine): number | undefined {
  const answered = accepted + overridden;
  return answered === 0 ? undefined : overridden / answered;
}

/** For reading. */
export function formatReport(lines: readonly ReportLine[], unknown: number): string {
  const head = ['month', 'rule', 'shown', 'accepted', 'overridden', 'no feedback', 'override rate'];
  const rows = lines.flatMap((line) => [
    [line.month, line.rule, ...[line.shown, line.accepted, line.overridden, line.none].map(String), percent(line)],
    ...line.reasons.map(({ reason, cards }) => ['', `  ${reason}`, '', '', String(cards), '', '']),
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const align = (row: readonly string[]) =>
    row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)));
  const table = [head, ...rows].map((row) => align(row).join('  ').trimEnd());
  const notes = [
    'A card counts once for each rule it told of, in the month in which it was shown (UTC). Accepted: any of its',
    'suggestions was. Overridden: it was, and nothing of it accepted; by the reason given last. Override rate: of the',
    'cards that something was said of.',
    `Feedback on cards that are not known: ${unknown}.`,
  ];
  return `${[...(rows.length > 0 ? table : ['No card was shown.']), '', ...notes].join('\n')}\n`;
}

function percent(line: ReportLine): string {
  const rate = overrideRate(line);
  return rate === undefined ? '-' : `${Math.round(rate * 100)} %`;
}

/** For other programs: one row for each outcome and reason. */
export function formatCsv(counts: readonly OutcomeCount[]): string {
  const rows = counts.map(({ month, rule, version, outcome, reasonSystem = '', reasonCode = '', cards }) =>
    [month, rule, String(version), outcome, reasonSystem, reasonCode, String(cards)].map(quoted).join(','),
  );
  return `${['month,rule,version,outcome,reason_system,reason_code,cards', ...rows.sort()].join('\n')}\n`;
}

/** A leading sign would be a formula where the file is opened as a table. */
function quoted(cell: string): string {
  const text = /^[=+\-@]/.test(cell) ? `'${cell}` : cell;
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
