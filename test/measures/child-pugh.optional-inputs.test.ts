import { between, exactly } from '../../src/kernel/estimate.ts';
import { cholestaticBilirubinPoints, prothrombinTimePoints } from '../../src/measures/child-pugh/points.ts';
import { childPughWith } from './child-pugh-patient.ts';
import { found, none, nothingRecorded, unavailable } from './facts.ts';

const seconds = (value: number) => found(value, 's');

describe('prothrombin time in place of the INR', () => {
  it.each([
    [3.9, 1],
    [4, 2],
    [6, 2],
    [6.1, 3],
  ])('%d s over the control give %d points (MSD Manual)', (prolongation, points) => {
    expect(prothrombinTimePoints(exactly(prolongation))).toEqual(exactly(points));
  });

  const times = { 'prothrombin-time': seconds(17), 'prothrombin-time-control': seconds(12) };

  it('completes the score where there is no INR, and it is said', () => {
    const { value, open, notes } = childPughWith({ inr: nothingRecorded, ...times });
    expect([value, open]).toEqual([exactly(6), []]);
    expect(notes).toEqual(['The prothrombin time (5 s over the control) stands in for the INR.']);
  });

  it('is not looked at where there is an INR', () => {
    const { value, notes } = childPughWith({ inr: found(1.1, '{INR}'), ...times });
    expect([value, notes]).toEqual([exactly(5), []]);
  });

  it('without the control of the same day says nothing', () => {
    const other = {
      ...times,
      'prothrombin-time-control': {
        ...seconds(12),
        provenance: { source: 'Observation/2', asRecorded: '12 s', steps: [], recorded: '2026-01-01' },
      },
    };
    for (const facts of [{ 'prothrombin-time': seconds(17) }, other]) {
      expect(childPughWith({ inr: nothingRecorded, ...facts }).value).toEqual(between(5, 7));
    }
  });

  it('says nothing on an anticoagulant either', () => {
    expect(childPughWith({ inr: nothingRecorded, ...times, anticoagulant: found(1) }).value).toEqual(between(5, 7));
  });
});

describe('bilirubin in primary biliary or sclerosing cholangitis', () => {
  it.each([
    ['mg/dL', 3.99, 1],
    ['mg/dL', 4, 2],
    ['mg/dL', 10, 2],
    ['mg/dL', 10.01, 3],
    ['umol/L', 67.9, 1],
    ['umol/L', 68, 2],
    ['umol/L', 171, 2],
    ['umol/L', 171.1, 3],
  ] as const)('counts by its own table: in %s %d give %d points', (unit, bilirubin, points) => {
    expect(cholestaticBilirubinPoints(exactly(bilirubin), unit)).toEqual(exactly(points));
  });

  it('is used where one of them is recorded, and it is said', () => {
    const { value, notes } = childPughWith({ bilirubin: found(3.5, 'mg/dL'), 'cholestatic-liver-disease': found(1) });
    expect(value).toEqual(exactly(5));
    expect(notes).toEqual([
      'Primary biliary or sclerosing cholangitis is recorded: bilirubin counts by its table (4 and 10 mg/dL).',
    ]);
    expect(childPughWith({ bilirubin: found(3.5, 'mg/dL'), 'cholestatic-liver-disease': none }).value).toEqual(
      exactly(7),
    );
  });

  it('may be any of both tables where nobody knows, and the diagnosis is what is open', () => {
    const { value, open, notes } = childPughWith({
      bilirubin: found(3.5, 'mg/dL'),
      'cholestatic-liver-disease': unavailable,
    });
    expect(value).toEqual(between(5, 7));
    expect(open).toEqual(['cholestatic-liver-disease']);
    expect(notes).toEqual([
      'Primary biliary or sclerosing cholangitis may be present: bilirubin may count by its table.',
    ]);
  });

  it('does not matter where both tables agree', () => {
    expect(childPughWith({ bilirubin: found(1, 'mg/dL'), 'cholestatic-liver-disease': unavailable }).value).toEqual(
      exactly(5),
    );
  });
});
