import { between, exactly } from '../../src/kernel/estimate.ts';
import type { Fact } from '../../src/kernel/fact.ts';
import { childPughWith } from './child-pugh-patient.ts';
import { found, nothingRecorded, on, stale, unavailable, unusable } from './facts.ts';

const bedsideUnknown = { ascites: nothingRecorded, encephalopathy: nothingRecorded };
const recorded = (value: Parameters<typeof found>[0]): Readonly<Record<string, Fact>> => ({
  'recorded-child-pugh': found(value),
});

describe('a recorded Child-Pugh', () => {
  it('completes parts that are incomplete: nothing is left to ask', () => {
    expect(childPughWith({ ...bedsideUnknown, ...recorded(6) })).toMatchObject({
      value: exactly(6),
      label: 'A6',
      open: [],
      notes: ['The recorded Child-Pugh (A6) was used, because its parts are incomplete (A5 to B9).'],
    });
  });

  it('narrows the range when only its class is recorded', () => {
    expect(childPughWith({ ...bedsideUnknown, ...recorded(between(7, 9)) })).toMatchObject({
      value: between(7, 9),
      label: 'B7 to B9',
      open: ['ascites', 'encephalopathy'],
      notes: ['The recorded Child-Pugh (B7 to B9) was used, because its parts are incomplete (A5 to B9).'],
    });
  });

  it('does not widen the range: class A and slight ascites leave no more than both allow', () => {
    const score = childPughWith({ ascites: found(1), encephalopathy: nothingRecorded, ...recorded(between(5, 6)) });
    expect(score.value).toEqual(exactly(6));
  });

  it('is all there is when no part is known', () => {
    const nothing = { bilirubin: nothingRecorded, albumin: nothingRecorded, inr: nothingRecorded, ...bedsideUnknown };
    expect(childPughWith({ ...nothing, ...recorded(8) })).toMatchObject({ value: exactly(8), label: 'B8' });
  });

  it('is ignored where it contradicts incomplete parts, and that is said', () => {
    expect(childPughWith({ ...bedsideUnknown, ...recorded(between(10, 15)) })).toMatchObject({
      value: between(5, 9),
      open: ['ascites', 'encephalopathy'],
      notes: ['The recorded Child-Pugh (C10 to C15) contradicts its parts (A5 to B9); the parts are used.'],
    });
  });

  it('is ignored where it contradicts complete parts, and that is said', () => {
    expect(childPughWith(recorded(7))).toMatchObject({
      value: exactly(5),
      label: 'A5',
      notes: ['The recorded Child-Pugh (B7) contradicts its parts (A5); the parts are used.'],
    });
  });

  it.each([5, between(5, 6)])('is not used, nor mentioned, when the score can be computed (row %#)', (value) => {
    expect(childPughWith(recorded(value))).toMatchObject({ value: exactly(5), label: 'A5', notes: [] });
  });

  it.each([stale, unavailable])('says nothing when it is $state', (state) => {
    expect(childPughWith({ ...bedsideUnknown, 'recorded-child-pugh': state })).toMatchObject({
      value: between(5, 9),
      notes: [],
    });
  });

  it('outside the scale contradicts every part and is printed as it was recorded', () => {
    expect(childPughWith({ ...bedsideUnknown, ...recorded(4) })).toMatchObject({
      value: between(5, 9),
      notes: ['The recorded Child-Pugh (A4) contradicts its parts (A5 to B9); the parts are used.'],
    });
  });

  it('is named among the inputs', () => {
    expect(childPughWith({ ...bedsideUnknown, ...recorded(6) }).inputs).toContain('recorded-child-pugh');
    expect(childPughWith(bedsideUnknown).inputs).not.toContain('recorded-child-pugh');
  });
});

describe('a recorded Child-Pugh of a day', () => {
  const scored = { 'recorded-child-pugh': on('2026-11-03', found(8)) };
  const score = (facts: Readonly<Record<string, Fact>>) => childPughWith({ ...bedsideUnknown, ...scored, ...facts });

  it.each(['2026-11-02', '2026-11-03', '2026-10'])('speaks of parts recorded until then: %s', (day) => {
    expect(score({ albumin: on(day, found(4, 'g/dL')) }).value).toEqual(exactly(8));
  });

  it.each(['2026-11-04', '2026-11', '2026'])('does not speak of a part that is newer, or may be: %s', (day) => {
    expect(score({ albumin: on(day, found(4, 'g/dL')) }).value).toEqual(between(5, 9));
  });

  it.each([stale, unusable])('does not speak of a newer part that is $state', (part) => {
    expect(score({ ascites: on('2026-11-04', part) }).value).toEqual(between(5, 9));
    expect(score({ ascites: on('2026-11-02', part) }).value).toEqual(exactly(8));
  });

  it.each(['bilirubin', 'albumin', 'inr', 'ascites', 'encephalopathy'])(
    'is not used where nobody could look whether %s is newer',
    (id) => {
      const { low, high } = score({ [id]: unavailable }).value;
      expect(high - low).toBeGreaterThan(3);
    },
  );

  it('is not used where the prothrombin time that stands in for the INR is newer', () => {
    const times = { 'prothrombin-time': on('2026-11-04', found(13, 's')), 'prothrombin-time-control': found(12, 's') };
    expect(score({ inr: nothingRecorded, ...times }).value).not.toEqual(exactly(8));
    expect(score(times).value).toEqual(exactly(8));
  });
});
