import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { firedVerdicts } from '../../src/cards/finding.ts';
import { decide } from '../../src/decide.ts';
import { prefetchTemplates } from '../../src/definitions/prefetch-templates.ts';
import { noReader } from '../../src/fhir/fhir-reader.ts';
import { countingIds, shippedDefinitions } from '../support/app.ts';
import { NOW, orderCall, prefetchOf, type RealPatient, realPatients, say, type Variant } from '../support/real-data.ts';

jest.setTimeout(60_000);

const document = 'docs/real-patients.md';
const updating = process.env.GOLDEN === 'update';
const variants: readonly Variant[] = ['fhir', 'fhir-refuted'];
const orderTypes = [
  { name: 'TACE', orders: ['tace'] },
  { name: 'atezolizumab + bevacizumab', orders: ['atezolizumab', 'bevacizumab'] },
  { name: 'both together', orders: ['tace', 'atezolizumab', 'bevacizumab'] },
] as const;

/** What was answered to one kind of order for all patients. */
interface Column {
  readonly calls: number;
  readonly counts: ReadonlyMap<string, number>;
}

const per100 = ({ calls, counts }: Column, row: string) =>
  calls === 0 ? '' : (((counts.get(row) ?? 0) * 100) / calls).toFixed(0);

it('the table of docs/real-patients.md is what was measured', async () => {
  const patients = variants.map((variant) => [variant, realPatients(variant)] as const);
  const [[, { length } = []] = []] = patients;
  say('Patients for each kind of order', length ?? 0);
  if (!length) return;
  const columns: [title: string, column: Column][] = [];
  for (const [variant, all] of patients)
    for (const { name, orders } of orderTypes) columns.push([`${name}, \`${variant}/\``, await columnOf(all, orders)]);
  const table = tableOf(columns);
  const text = existsSync(document) ? readFileSync(document, 'utf8') : '';
  const [before = '', rest = ''] = text.split('<!-- measured -->\n');
  const [written = '', after = ''] = rest.split('<!-- /measured -->');
  if (updating) writeFileSync(document, `${before}<!-- measured -->\n${table}<!-- /measured -->${after}`);
  else expect(written).toBe(table);
});

async function columnOf(patients: readonly RealPatient[], orders: readonly string[]): Promise<Column> {
  const definitions = shippedDefinitions();
  const templates = prefetchTemplates(definitions);
  const counts = new Map<string, number>();
  const count = (row: string) => counts.set(row, (counts.get(row) ?? 0) + 1);
  for (const { id, bundle } of patients) {
    const call = { ...orderCall(id, orders), prefetch: prefetchOf(bundle, templates) };
    const dependencies = { reader: noReader, now: new Date(NOW), sandbox: false, newId: countingIds() };
    const decision = await decide(call, definitions, dependencies);
    if (decision.kind !== 'cards') throw new Error(`${id} was refused`);
    const verdicts = decision.trace?.verdicts ?? [];
    for (const { rule } of firedVerdicts(verdicts)) count(`${rule.ref} ${rule.card.indicator}`);
    for (const { indicator, source } of decision.response.cards) count(`card ${source.topic?.code} ${indicator}`);
    if (decision.response.cards.length === 0) count('silent');
    if (verdicts.some(({ truth }) => truth === 'undetermined')) count('undetermined');
  }
  return { calls: patients.length, counts };
}

/** Per 100 calls: silence first, then the cards, then the rules that are shown in them. */
function tableOf(columns: readonly (readonly [title: string, column: Column])[]): string {
  const rows = new Set(columns.flatMap(([, { counts }]) => [...counts.keys()]));
  const cards = [...rows].filter((row) => row.startsWith('card ')).sort();
  const rules = [...rows].filter((row) => /^[A-Z]\d\d /.test(row)).sort();
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  const row = (title: string, key: string) => line([title, ...columns.map(([, column]) => per100(column, key))]);
  return [
    line(['per 100 calls', ...columns.map(([title]) => title)]),
    line(['---', ...columns.map(() => '---:')]),
    row('silent', 'silent'),
    row('a rule stays undetermined', 'undetermined'),
    ...cards.map((key) => row(key.replace('card HCC', 'card ').toLowerCase(), key)),
    ...rules.map((key) => row(`rule ${key}`, key)),
  ].join('');
}
