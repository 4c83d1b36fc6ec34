import type { Bundle } from 'fhir/r4.js';
import { decide } from '../../src/decide.ts';
import { prefetchTemplates } from '../../src/definitions/prefetch-templates.ts';
import { noReader } from '../../src/fhir/fhir-reader.ts';
import type { Estimate } from '../../src/kernel/estimate.ts';
import { countingIds, shippedDefinitions } from '../support/app.ts';
import {
  hasCode,
  NOW,
  prefetchOf,
  type RealPatient,
  realPatients,
  resourcesIn,
  type SummaryRow,
  say,
  summaryRows,
  taceOrder,
} from '../support/real-data.ts';

jest.setTimeout(60_000);

/** The five inputs as the records code them. */
const inputs = {
  bilirubin: ['1975-2'],
  albumin: ['1751-7'],
  inr: ['6301-6'],
  ascites: ['389026000'],
  encephalopathy: ['13920009'],
} as const;
type Input = keyof typeof inputs;
const names = Object.keys(inputs) as Input[];

const rows = summaryRows().filter(({ childPughPoints }) => childPughPoints !== null);
const patients = new Map(realPatients('fhir-refuted').map((patient) => [patient.id, patient]));
const templates = prefetchTemplates(shippedDefinitions());

describe('Child-Pugh of the real patients', () => {
  beforeAll(() => say('Child-Pugh scores of the table', rows.length));

  it('is computed here as the table has it, so that the points below can be trusted', () => {
    const wrong = rows.filter((row) => total(row) !== row.childPughPoints).map(({ id }) => id);
    expect(wrong).toEqual([]);
  });

  it('equals the table', async () => {
    const wrong: string[] = [];
    for (const row of rows) {
      const { low, high } = await scoreOf(row, []);
      if (low !== row.childPughPoints || high !== row.childPughPoints)
        wrong.push(`${row.id}: ${low} to ${high}, table ${row.childPughPoints}`);
    }
    expect(wrong).toEqual([]);
  });

  const subsets: Input[][] = names.flatMap((one, index) => [
    [one],
    ...names.slice(index + 1).map((other) => [one, other]),
  ]);

  it.each(subsets.map((blanked) => [blanked.join(' and '), blanked] as const))(
    'without %s is the narrowest range that holds the score',
    async (_, blanked) => {
      const wrong: string[] = [];
      for (const row of rows) {
        const known = names.filter((name) => !blanked.includes(name)).reduce((sum, name) => sum + points(row, name), 0);
        const { low, high } = await scoreOf(row, blanked);
        const [least, most] = [known + blanked.length, known + 3 * blanked.length];
        if (low !== least || high !== most) wrong.push(`${row.id}: ${low} to ${high}, not ${least} to ${most}`);
      }
      expect(wrong).toEqual([]);
    },
  );
});

/** Points of one input by the published table; the data are in mg/dL and g/dL, the grades are 1 to 3 as they stand. */
function points(row: SummaryRow, input: Input): number {
  const value = row[input] ?? Number.NaN;
  switch (input) {
    case 'bilirubin':
      return value < 2 ? 1 : value <= 3 ? 2 : 3;
    case 'albumin':
      return value > 3.5 ? 1 : value >= 2.8 ? 2 : 3;
    case 'inr':
      return value < 1.7 ? 1 : value <= 2.3 ? 2 : 3;
    default:
      return value;
  }
}

function total(row: SummaryRow): number {
  return names.reduce((sum, name) => sum + points(row, name), 0);
}

/** The score the service computes when these inputs are not in the record. */
async function scoreOf({ id }: SummaryRow, blanked: readonly Input[]): Promise<Estimate> {
  const patient = patients.get(id);
  if (patient === undefined) throw new Error(`${id} has no record`);
  const prefetch = prefetchOf(without(patient, blanked), templates);
  const decision = await decide({ ...taceOrder(id, {}), prefetch }, shippedDefinitions(), {
    reader: noReader,
    now: new Date(NOW),
    sandbox: false,
    newId: countingIds(),
  });
  const measures = decision.kind === 'cards' ? decision.trace?.situation.measures : undefined;
  const score = measures?.get('child-pugh-score')?.value;
  if (score === undefined) throw new Error(`${id} has no score`);
  return score;
}

function without({ bundle }: RealPatient, blanked: readonly Input[]): Bundle {
  const codes = blanked.flatMap((name) => inputs[name]);
  const kept = resourcesIn(bundle).filter((resource) => !hasCode(resource, codes));
  return { ...bundle, entry: kept.map((resource) => ({ resource })) };
}
