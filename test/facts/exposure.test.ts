import { found, notAsked, unavailable } from '../../src/fhir/read-result.ts';
import { exactly } from '../../src/kernel/estimate.ts';
import {
  administration,
  asResources,
  daysAgo,
  factOf,
  type Loose,
  medicationRequest,
  type Reads,
  said,
  snomed,
} from './records.ts';

const ici = (reads: Reads) => said(factOf('checkpoint-inhibitor-last-given', reads));
const lenvatinib = (reads: Reads) => said(factOf('lenvatinib-last-given', reads));
const stopped = (drug: string, authored: number | undefined, changes: Loose = {}) =>
  medicationRequest(drug, authored === undefined ? undefined : daysAgo(authored), { status: 'stopped', ...changes });
const until = (days: number) => ({
  dosageInstruction: [{ timing: { repeat: { boundsPeriod: { end: daysAgo(days) } } } }],
});

describe('the last sign of life of a drug', () => {
  it.each([41, 42, 43, 91])('is its administration %i days ago', (days) => {
    expect(ici({ administrations: [administration('pembrolizumab', daysAgo(days))] })).toBe(`${days} d`);
  });

  it('counts whole days of 24 hours where the time is known', () => {
    expect(ici({ administrations: [administration('pembrolizumab', '2026-09-24T12:00:00Z')] })).toBe('42 d');
    expect(ici({ administrations: [administration('pembrolizumab', '2026-09-24T12:00:01Z')] })).toBe('41 d');
  });

  it('is the end of an administration that took a while', () => {
    const effectivePeriod = { start: daysAgo(12), end: daysAgo(10) };
    expect(ici({ administrations: [administration('pembrolizumab', undefined, { effectivePeriod })] })).toBe('10 d');
  });
  it('is the newest of several', () => {
    const administrations = [60, 39, 81].map((days) => administration('nivolumab', daysAgo(days), { id: `a${days}` }));
    expect(ici({ administrations })).toBe('39 d');
  });

  it('is the end of a statement', () => {
    const statement = {
      resourceType: 'MedicationStatement',
      id: 's',
      status: 'completed',
      medicationCodeableConcept: { text: 'lenvatinib' },
    };
    const over = { ...statement, effectivePeriod: { start: daysAgo(200), end: daysAgo(8) } };
    expect(lenvatinib({ statements: [over] })).toBe('8 d');
    expect(lenvatinib({ statements: [{ ...statement, effectiveDateTime: daysAgo(9) }] })).toBe('9 d');
  });

  it('of a statement that says the drug is being taken is the day it was said, or today', () => {
    const active = {
      resourceType: 'MedicationStatement',
      id: 's',
      status: 'active',
      medicationCodeableConcept: { text: 'lenvatinib' },
      effectivePeriod: { start: daysAgo(200) },
    };
    expect(lenvatinib({ statements: [{ ...active, dateAsserted: daysAgo(20) }] })).toBe('20 d');
    expect(lenvatinib({ statements: [active] })).toBe('0 d');
  });

  it('of a statement that was stopped, nobody says when, lies anywhere after its start', () => {
    const open = {
      resourceType: 'MedicationStatement',
      id: 's',
      status: 'stopped',
      medicationCodeableConcept: { text: 'lenvatinib' },
      effectivePeriod: { start: daysAgo(200) },
    };
    expect(lenvatinib({ statements: [open] })).toBe('[0, 200] d');
  });

  it('is not a statement that the drug was not taken, or may be taken some day', () => {
    const statement = {
      resourceType: 'MedicationStatement',
      id: 's',
      medicationCodeableConcept: { text: 'lenvatinib' },
      effectiveDateTime: daysAgo(3),
    };
    for (const status of ['not-taken', 'entered-in-error', 'unknown', 'intended']) {
      expect(lenvatinib({ statements: [{ ...statement, status }] })).toBe('absent');
    }
  });

  it("is the day on which what was handed out is used up, but never after today's", () => {
    const dispense = {
      resourceType: 'MedicationDispense',
      id: 'd',
      status: 'completed',
      medicationCodeableConcept: { text: 'lenvatinib' },
      whenHandedOver: daysAgo(40),
    };
    expect(lenvatinib({ dispenses: [{ ...dispense, daysSupply: { value: 30 } }] })).toBe('10 d');
    expect(lenvatinib({ dispenses: [{ ...dispense, daysSupply: { value: 60 } }] })).toBe('0 d');
    expect(factOf('lenvatinib-last-given', { dispenses: [{ ...dispense, daysSupply: { value: 30 } }] })).toMatchObject({
      provenance: { recorded: daysAgo(10) },
    });
    expect(lenvatinib({ dispenses: [dispense] })).toBe('40 d');
    expect(lenvatinib({ dispenses: [{ ...dispense, status: 'cancelled' }] })).toBe('absent');
  });

  it('is a range where only the month in which it was handed out is known', () => {
    const dispense = {
      resourceType: 'MedicationDispense',
      id: 'd',
      status: 'completed',
      medicationCodeableConcept: { text: 'lenvatinib' },
      whenHandedOver: '2026-09',
    };
    expect(lenvatinib({ dispenses: [{ ...dispense, daysSupply: { value: 30 } }] })).toBe('[6, 35] d');
    expect(lenvatinib({ dispenses: [dispense] })).toBe('[36, 65] d');
  });

  it('is the end of the ordered period', () => {
    expect(lenvatinib({ medications: [medicationRequest('lenvatinib', daysAgo(100), until(8))] })).toBe('8 d');
    expect(lenvatinib({ medications: [medicationRequest('lenvatinib', daysAgo(100), until(-30))] })).toBe('0 d');
  });

  it('is the day of the order when nothing else is recorded', () => {
    expect(lenvatinib({ medications: [medicationRequest('lenvatinib', daysAgo(5))] })).toBe('5 d');
    expect(lenvatinib({ medications: [medicationRequest('lenvatinib', undefined)] })).toBe('[0, Infinity] d');
  });

  it.each(['proposal', 'option'])('is no order that is only a %s', (intent) => {
    expect(lenvatinib({ medications: [medicationRequest('lenvatinib', daysAgo(5), { intent })] })).toBe('absent');
  });

  it.each(['draft', 'cancelled', 'entered-in-error', 'unknown'])(
    'is no order that is %s: drafts count only in the session',
    (status) => {
      expect(lenvatinib({ medications: [medicationRequest('lenvatinib', daysAgo(5), { status })] })).toBe('absent');
    },
  );

  it.each(['not-done', 'entered-in-error', 'stopped-by-mistake'])('is no administration that is %s', (status) => {
    expect(ici({ administrations: [administration('nivolumab', daysAgo(5), { status })] })).toBe('absent');
  });

  it('of an administration without date lies anywhere in the past', () => {
    expect(ici({ administrations: [administration('nivolumab', undefined)] })).toBe('[0, Infinity] d');
  });
});

describe('an order that is over: R4 does not say since when', () => {
  it.each(['stopped', 'completed', 'on-hold'])('%s, it may have been taken until today', (status) => {
    expect(lenvatinib({ medications: [stopped('lenvatinib', 100, { status })] })).toBe('[0, 100] d');
  });

  it('that has not even a date may have been taken at any time', () => {
    expect(lenvatinib({ medications: [stopped('lenvatinib', undefined)] })).toBe('[0, Infinity] d');
  });

  it('ended when its period ended', () => {
    expect(lenvatinib({ medications: [stopped('lenvatinib', 100, until(8))] })).toBe('8 d');
  });

  it('did not run to the end of a period that lies ahead', () => {
    expect(lenvatinib({ medications: [stopped('lenvatinib', 100, until(-30))] })).toBe('[0, 100] d');
  });

  it.each([41, 43, 91])('counts by its last administration, %i days ago, where there is one', (days) => {
    const reads = {
      medications: [stopped('pembrolizumab', 120)],
      administrations: [administration('pembrolizumab', daysAgo(days))],
    };
    expect(ici(reads)).toBe(`${days} d`);
  });

  it('counts by the last administration, even when it was written after that: only without a day is it open', () => {
    const reads = {
      medications: [stopped('pembrolizumab', 20)],
      administrations: [administration('pembrolizumab', daysAgo(91))],
    };
    expect(ici(reads)).toBe('91 d');
  });

  it('is not dated by the administration of another drug of its group', () => {
    const reads = {
      medications: [stopped('pembrolizumab', 120)],
      administrations: [administration('nivolumab', daysAgo(43))],
    };
    expect(ici(reads)).toBe('[0, 43] d');
  });
});

describe('which drug it was', () => {
  const reference = {
    medicationCodeableConcept: undefined,
    medicationReference: { reference: 'Medication/m1', display: 'Infusion' },
  };
  const medication = { resourceType: 'Medication', id: 'm1', code: { text: 'atezolizumab 1200 mg' } };
  const given = administration('', daysAgo(5), reference);

  it('is read from the Medication that the service has looked up', () => {
    expect(ici({ administrations: [given] })).toBe('absent');
    expect(
      said(
        factOf(
          'checkpoint-inhibitor-last-given',
          { administrations: [given] },
          { referenced: asResources([medication]) },
        ),
      ),
    ).toBe('5 d');
  });

  it('is read from a Medication that came with the answer', () => {
    expect(ici({ administrations: [given, medication] })).toBe('5 d');
    expect(ici({ administrations: [given], medications: [medication] })).toBe('5 d');
  });

  it('is read from a contained Medication', () => {
    const contained = [{ ...medication, id: 'inside' }];
    expect(ici({ administrations: [{ ...given, contained, medicationReference: { reference: '#inside' } }] })).toBe(
      '5 d',
    );
  });

  it('is read from the display of the reference', () => {
    expect(
      ici({
        administrations: [
          { ...given, medicationReference: { reference: 'Medication/x', display: 'DURVALUMAB 1500 MG' } },
        ],
      }),
    ).toBe('5 d');
  });

  it('is not read from a Medication without id that nobody refers to', () => {
    const { id, ...withoutId } = medication;
    expect(id).toBe('m1');
    expect(ici({ administrations: [{ ...given, medicationReference: { display: 'Saline' } }, withoutId] })).toBe(
      'absent',
    );
    expect(ici({ administrations: [{ ...given, medicationReference: { reference: '#gone' } }, withoutId] })).toBe(
      'unavailable',
    );
  });

  it('is told in the fact by our own words', () => {
    expect(
      factOf('checkpoint-inhibitor-last-given', { administrations: [administration('Keytruda <b>', daysAgo(5))] }),
    ).toMatchObject({
      orders: [{ name: 'pembrolizumab', label: 'pembrolizumab' }],
      provenance: { source: 'MedicationAdministration/administration', recorded: daysAgo(5) },
    });
  });

  it('bevacizumab into the eye is not bevacizumab for the cancer', () => {
    const bevacizumab = (reads: Reads) => said(factOf('bevacizumab-last-given', reads));
    const route = { coding: [{ system: 'http://snomed.info/sct', code: '418401004', display: 'Intravitreal route' }] };
    expect(bevacizumab({ medications: [medicationRequest('bevacizumab intravitreal', daysAgo(5))] })).toBe('absent');
    expect(
      bevacizumab({ medications: [medicationRequest('bevacizumab', daysAgo(5), { dosageInstruction: [{ route }] })] }),
    ).toBe('absent');
    expect(bevacizumab({ administrations: [administration('Avastin', daysAgo(5), { dosage: { route } })] })).toBe(
      'absent',
    );
    expect(
      bevacizumab({ administrations: [administration('Avastin', daysAgo(5), { dosage: { text: 'left eye' } })] }),
    ).toBe('absent');
    expect(
      bevacizumab({ administrations: [administration('Avastin', daysAgo(5), { dosage: { route: { text: 'IV' } } })] }),
    ).toBe('5 d');
  });
});

describe('exposure that is not recorded', () => {
  it('reads as never, where the medication orders were read', () => {
    expect(factOf('checkpoint-inhibitor-last-given', {})).toMatchObject({
      state: 'absent',
      readsAs: exactly(Number.POSITIVE_INFINITY),
      unit: 'd',
    });
  });

  it('is unavailable where they were not', () => {
    expect(ici({ medications: unavailable('no answer') })).toBe('unavailable');
    expect(ici({ medications: found([], false) })).toBe('unavailable');
  });

  it.each(['administrations', 'statements', 'dispenses'])('is unavailable where %s failed, or are cut short', (key) => {
    expect(ici({ [key]: unavailable('forbidden') })).toBe('unavailable');
    expect(ici({ [key]: found([], false) })).toBe('unavailable');
    expect(said(factOf('immunotherapy-running', { [key]: unavailable('forbidden') }))).toBe('unavailable');
  });

  it('may be newer than what was found, where the orders were not read', () => {
    const administrations = [administration('nivolumab', daysAgo(43))];
    expect(ici({ medications: unavailable('no answer'), administrations })).toBe('[0, 43] d');
    expect(ici({ medications: found([], false), administrations })).toBe('[0, 43] d');
  });

  it('may be newer than its order says when administrations could not be read', () => {
    expect(ici({ administrations: notAsked('no FHIR server given') })).toBe('absent');
    expect(
      ici({ administrations: unavailable('forbidden'), medications: [medicationRequest('nivolumab', daysAgo(5))] }),
    ).toBe('[0, 5] d');
  });

  it('is not what the session itself orders, even if the server has it already', () => {
    const reads = { medications: [medicationRequest('nivolumab', daysAgo(0), { id: 'new' })] };
    expect(
      said(factOf('checkpoint-inhibitor-last-given', reads, { session: new Set(['MedicationRequest/new']) })),
    ).toBe('absent');
    expect(said(factOf('immunotherapy-running', reads, { session: new Set(['MedicationRequest/new']) }))).toBe(
      'absent',
    );
  });
});

describe('a drug that is running', () => {
  const running = (reads: Reads) => said(factOf('immunotherapy-running', reads));

  it('has an active order and a sign of life of at most 90 days', () => {
    expect(running({ medications: [medicationRequest('nivolumab', daysAgo(90))] })).toBe('1');
    expect(running({ medications: [medicationRequest('nivolumab', daysAgo(91))] })).toBe('absent');
  });

  it('may have an old order when it was given since', () => {
    const reads = {
      medications: [medicationRequest('nivolumab', daysAgo(300))],
      administrations: [administration('nivolumab', daysAgo(20))],
    };
    expect(running(reads)).toBe('1');
  });

  it('is not running when another drug of the group was given since', () => {
    const reads = {
      medications: [medicationRequest('nivolumab', daysAgo(300))],
      administrations: [administration('durvalumab', daysAgo(20))],
    };
    expect(running(reads)).toBe('absent');
  });

  it.each(['on-hold', 'stopped', 'completed'])('is not running when its order is %s', (status) => {
    expect(running({ medications: [medicationRequest('nivolumab', daysAgo(5), { status })] })).toBe('absent');
  });

  it('may be running when its active order has no date, or only a month', () => {
    expect(running({ medications: [medicationRequest('nivolumab', undefined)] })).toBe('[0, 1]');
    expect(running({ medications: [medicationRequest('nivolumab', '2026-08')] })).toBe('[0, 1]');
  });

  it('is not running on administrations alone: their own windows count', () => {
    expect(running({ administrations: [administration('nivolumab', daysAgo(20))] })).toBe('absent');
  });

  it('runs by a statement that it is being taken', () => {
    const statement = {
      resourceType: 'MedicationStatement',
      id: 's',
      status: 'active',
      medicationCodeableConcept: { text: 'sorafenib' },
      dateAsserted: daysAgo(10),
    };
    expect(said(factOf('tki-running', { statements: [statement] }))).toBe('1');
  });

  it('is unavailable when the orders are', () => {
    expect(running({ medications: unavailable('no answer') })).toBe('unavailable');
  });
});

describe('drugs that change how the rest is read', () => {
  const anticoagulant = (...medications: readonly Loose[]) => said(factOf('anticoagulant', { medications }));

  it.each(['warfarin 5 mg', 'Eliquis', 'apixaban', 'dabigatran etexilate'])(
    '%s is an anticoagulant, however long ago it was ordered',
    (drug) => {
      expect(anticoagulant(medicationRequest(drug, daysAgo(1000)))).toBe('1');
    },
  );

  it('counts by code', () => {
    const warfarin = { coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '11289' }] };
    expect(anticoagulant(medicationRequest(warfarin, daysAgo(1)))).toBe('1');
  });

  it.each(['stopped', 'completed', 'on-hold', 'cancelled'])('does not count when it is %s', (status) => {
    expect(anticoagulant(medicationRequest('warfarin', daysAgo(1), { status }))).toBe('absent');
  });

  it('is not heparin to flush a line, nor what is only proposed', () => {
    expect(anticoagulant(medicationRequest('heparin lock flush', daysAgo(1)))).toBe('absent');
    expect(anticoagulant(medicationRequest('warfarin', daysAgo(1), { intent: 'proposal' }))).toBe('absent');
  });

  it('is unavailable when the medications are, so that nobody reads an INR without knowing', () => {
    expect(said(factOf('anticoagulant', { medications: unavailable('no answer') }))).toBe('unavailable');
  });

  it('is not confused with a condition', () => {
    expect(anticoagulant(medicationRequest(snomed('1'), daysAgo(1)))).toBe('absent');
  });
});
