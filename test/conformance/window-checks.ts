import { situationOf } from '../../src/definitions/cases.ts';
import { type Definitions, vocabularyOn } from '../../src/definitions/definitions.ts';
import { awaitedTests } from '../../src/gaps/awaited-tests.ts';
import { measures } from '../../src/measures/index.ts';
import type { Condition } from '../../src/rules/condition.ts';
import { evaluate } from '../../src/rules/evaluate.ts';
import { computeMeasures, type Situation } from '../../src/rules/situation.ts';
import {
  daysAgo,
  factsOf,
  type Loose,
  lab,
  medicationRequest,
  now,
  problem,
  procedure,
  quantity,
  type Reads,
  recordOf,
  said,
  serviceRequest,
  status,
} from '../facts/records.ts';

/**
 * What a window decides on both of its sides, in records and with the numbers written out. The cases of cases.yaml
 * begin with facts; how old a record may be to become a fact is decided before, and is checked here.
 */
export interface WindowCheck {
  /** The id in thresholds.yaml. */
  readonly threshold: string;
  /** The sentence that is checked. */
  readonly says: string;
  /** What is seen on the one side and on the other. */
  sees(definitions: Definitions): readonly [string, string];
  readonly expected: readonly [string, string];
}

/** A fact of these two records. */
const fact = (id: string, one: Reads, other: Reads) => (definitions: Definitions) =>
  [one, other].map((reads) => {
    const found = factsOf(recordOf(reads), definitions).get(id);
    return found === undefined ? 'not declared' : said(found);
  }) as [string, string];

/** Whether an observation that many days old still counts for a fact with a `maxAge`, and one a day older. */
const counts = (id: string, days: number) => (definitions: Definitions) =>
  [days, days + 1].map((age) => {
    const reads = Object.fromEntries([
      [definitions.facts.get(id)?.definition.from[0], [observed(id, age, definitions)]],
    ]);
    return factsOf(recordOf(reads), definitions).get(id)?.state ?? 'not declared';
  }) as [string, string];

/** Whether the gate is certainly closed for these two records. */
const gate = (one: Reads, other: Reads) => (definitions: Definitions) =>
  [one, other].map((reads) => {
    const facts = factsOf(recordOf(reads), definitions);
    const situation = { orders: [], facts, measures: computeMeasures(measures, facts) };
    return truthOf(definitions.service.gate.unless, situation, definitions) === 'true' ? 'closed' : 'open';
  }) as [string, string];

const scored = (code: string, valueInteger: number): Reads => ({
  assessments: [lab(code, { effectiveDateTime: daysAgo(1), valueInteger })],
});

const born = (birthDate: string): Loose => ({ resourceType: 'Patient', id: '1', birthDate });

/** An observation of a fact, by its first code or name, with a value that it believes. */
function observed(id: string, days: number, definitions: Definitions): Loose {
  const { definition, concept } = definitions.facts.get(id) ?? {};
  const [[system, codes] = []] = concept?.valueSet?.codes ?? [];
  const [code] = codes?.keys() ?? [];
  const [name] = definition && 'names' in definition ? definition.names : [];
  const quantityOf = definition?.reducer === 'latest-quantity' ? definition : undefined;
  const [unit = '1'] = quantityOf?.units ?? [];
  const [low = 0, high = 0] = quantityOf?.plausible[unit] ?? [];
  const [grade] = definition?.reducer === 'latest-grade' ? definition.range : [];
  return lab(code === undefined ? { text: name } : { coding: [{ system, code }] }, {
    effectiveDateTime: daysAgo(days),
    ...(quantityOf
      ? quantity((low + high) / 2, unit, { code: unit, system: 'http://unitsofmeasure.org' })
      : { valueInteger: grade }),
  });
}

const bilirubin = (days: number) => lab('1975-2', { effectiveDateTime: daysAgo(days), ...quantity(1, 'mg/dL') });
const ecog = (days: number) => lab('89247-1', { effectiveDateTime: daysAgo(days), valueInteger: 1 });
const tumour = (days: number) => lab('21889-1', { effectiveDateTime: daysAgo(days), ...quantity(3, 'cm') });
const refuted = (days: number) =>
  problem('Ascites', { verificationStatus: status('refuted'), recordedDate: daysAgo(days) });
const tace = (days: number) => procedure('TACE', daysAgo(days), { id: `tace-${days}` });
const response = (days: number) =>
  lab('88040-1', { id: 'response', effectiveDateTime: daysAgo(days), valueString: 'SD' });
const report = (days: number): Loose => ({
  resourceType: 'DiagnosticReport',
  id: 'report',
  status: 'final',
  code: { text: 'CT abdomen' },
  effectiveDateTime: daysAgo(days),
});
const plan = (days: number): Loose => ({
  resourceType: 'CarePlan',
  id: 'plan',
  status: 'active',
  intent: 'plan',
  title: 'Tumour board: TACE with durvalumab',
  created: daysAgo(days),
});

export const windowChecks: readonly WindowCheck[] = [
  {
    threshold: 'labs-valid-days',
    says: 'a liver test of 30 days ago counts, one of 31 days ago is too old',
    sees: counts('bilirubin', 30),
    expected: ['found', 'stale'],
  },
  {
    threshold: 'ecog-valid-days',
    says: 'a performance status of 90 days ago counts, one of 91 days ago is too old',
    sees: counts('ecog', 90),
    expected: ['found', 'stale'],
  },
  {
    threshold: 'tumour-valid-days',
    says: 'number and size of tumours count for 90 days',
    sees: counts('tumour-count', 90),
    expected: ['found', 'stale'],
  },
  {
    threshold: 'ecog-history-days',
    says: 'one before the last systemic therapy is compared with up to 365 days',
    sees: fact(
      'ecog-before',
      { medications: [medicationRequest('durvalumab', daysAgo(300))], assessments: [ecog(365)] },
      { medications: [medicationRequest('durvalumab', daysAgo(300))], assessments: [ecog(366)] },
    ),
    expected: ['1', 'stale'],
  },
  {
    threshold: 'tumour-valid-days',
    says: 'the size of a tumour counts for 90 days',
    sees: fact('tumour-diameter', { assessments: [tumour(90)] }, { assessments: [tumour(91)] }),
    expected: ['3 cm', 'stale'],
  },
  {
    threshold: 'absence-valid-days',
    says: 'that there is no ascites holds for 90 days',
    sees: fact('ascites', { conditions: [refuted(90)] }, { conditions: [refuted(91)] }),
    expected: ['0', 'stale'],
  },
  {
    threshold: 'running-sign-of-life-days',
    says: 'an active order counts as running for 90 days after its last sign of life',
    sees: fact(
      'tki-running',
      { medications: [medicationRequest('lenvatinib', daysAgo(90))] },
      { medications: [medicationRequest('lenvatinib', daysAgo(91))] },
    ),
    expected: ['1', 'absent'],
  },
  {
    threshold: 'tace-planned-days',
    says: 'a TACE in 42 days is planned, one in 43 days not yet',
    sees: fact(
      'tace-planned',
      { orders: [serviceRequest('TACE', { occurrenceDateTime: daysAgo(-42) })] },
      { orders: [serviceRequest('TACE', { occurrenceDateTime: daysAgo(-43) })] },
    ),
    expected: ['1', 'absent'],
  },
  {
    threshold: 'tace-authored-days',
    says: 'a TACE order without date counts for 60 days',
    sees: fact(
      'tace-planned',
      { orders: [serviceRequest('TACE', { authoredOn: daysAgo(60) })] },
      { orders: [serviceRequest('TACE', { authoredOn: daysAgo(61) })] },
    ),
    expected: ['1', 'absent'],
  },
  {
    threshold: 'tace-course-days',
    says: 'sessions 56 days apart are one course, 57 days apart two, of which the first was not assessed',
    sees: fact(
      'tace-without-response',
      { procedures: [tace(156), tace(100)], assessments: [response(50)] },
      { procedures: [tace(157), tace(100)], assessments: [response(50)] },
    ),
    expected: ['1', '[1, 2]'],
  },
  {
    threshold: 'response-imaging-days',
    says: 'imaging on the 21st day after TACE can show the response, on the 20th not yet',
    sees: fact(
      'tace-imaged',
      { procedures: [tace(60)], 'imaging-reports': [report(39)] },
      { procedures: [tace(60)], 'imaging-reports': [report(40)] },
    ),
    expected: ['1', 'absent'],
  },
  {
    threshold: 'board-decision-days',
    says: 'a decision of a tumour board counts for 90 days',
    sees: fact('combination-agreed', { 'care-plans': [plan(90)] }, { 'care-plans': [plan(91)] }),
    expected: ['1', 'absent'],
  },
  {
    threshold: 'labs-after-tace-days',
    says: 'liver tests from the 14th day after TACE on are compared with those before',
    sees: fact(
      'bilirubin-after-tace',
      { procedures: [tace(20)], labs: [bilirubin(6)] },
      { procedures: [tace(20)], labs: [bilirubin(7)] },
    ),
    expected: ['1 mg/dL', 'absent'],
  },
  {
    threshold: 'pending-test-days',
    says: 'a test ordered 14 days ago is awaited, one ordered 15 days ago is asked for again',
    sees: (definitions) => [awaitedOf(14, definitions), awaitedOf(15, definitions)],
    expected: ['albumin', 'nothing'],
  },
  {
    threshold: 'adult-age',
    says: 'a patient of 17 years does not concern the service, on the 18th birthday one does',
    sees: gate({ patient: [born('2008-11-06')] }, { patient: [born('2008-11-05')] }),
    expected: ['closed', 'open'],
  },
  {
    threshold: 'ecog-5',
    says: 'a patient of ECOG 4 concerns the service, one of ECOG 5 has died',
    sees: gate(scored('89247-1', 4), scored('89247-1', 5)),
    expected: ['open', 'closed'],
  },
  {
    threshold: 'karnofsky-0',
    says: 'a patient of Karnofsky 0 has died, one of any more concerns the service',
    sees: gate(scored('89243-0', 1), scored('89243-0', 0)),
    expected: ['open', 'closed'],
  },
  {
    threshold: 'suspicious-laboratory-points',
    says: 'four laboratory points are a reason to ask for ascites and encephalopathy, three are none',
    sees: (definitions) => [suspicionAt('3.2 g/dL', definitions), suspicionAt('4.0 g/dL', definitions)],
    expected: ['true', 'false'],
  },
];

/** The tests of which an order of albumin that many days ago is awaited. */
function awaitedOf(days: number, definitions: Definitions): string {
  const albumin = { coding: [{ system: 'http://loinc.org', code: '1751-7' }] };
  const record = recordOf({ orders: [serviceRequest(albumin, { authoredOn: daysAgo(days) })] });
  const { thresholds } = vocabularyOn(definitions, now);
  return [...awaitedTests(definitions, record, [], thresholds)].join(', ') || 'nothing';
}

/** Whether the record gives a reason to ask, of a patient who is well but for the albumin. */
function suspicionAt(albumin: string, definitions: Definitions): string {
  const well = { bilirubin: '1.0 mg/dL', inr: 1.1, albumin };
  const patient = { case: 'albumin', orders: ['tace'], drafts: [], otherIndication: [], given: well };
  const situation = situationOf({ ...patient, fires: [], undetermined: [] }, {}, definitions);
  return truthOf(definitions.gaps.suspicion, situation, definitions);
}

function truthOf(condition: Condition | undefined, situation: Situation, definitions: Definitions): string {
  return condition ? evaluate(condition, situation, vocabularyOn(definitions, now)).truth : 'no condition';
}
