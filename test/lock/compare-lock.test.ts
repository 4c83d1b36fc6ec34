import { lockFaults, lockOf, refusals } from '../../src/lock/compare-lock.ts';
import type { Fingerprints } from '../../src/lock/fingerprint.ts';

/** Two rules of two numbers, as they might be found in the definitions. */
function found(changes: Partial<Fingerprints> = {}): Fingerprints {
  return {
    rules: [
      { id: 'first', ref: 'R01', version: 1, parts: { rule: 'a', limits: 'b' } },
      { id: 'second', ref: 'R02', version: 3, parts: { rule: 'c' } },
    ],
    drafts: new Set(),
    shared: { gate: { rule: 'g' } },
    ...changes,
  };
}

const [first, second] = found().rules as [Fingerprints['rules'][number], Fingerprints['rules'][number]];
const changelog = { release: '0.2.0', clinical: '- R01 `first@2`: something.' };
const released = lockOf(found(), undefined, '0.1.0');
const faults = (now: Fingerprints, lock = released) => lockFaults(now, { lock, changelog });

it('is content when nothing changed since the release, whatever the changelog says', () => {
  expect(faults(found())).toEqual([]);
});

it('asks for the lock where there is none', () => {
  expect(lockFaults(found(), { lock: undefined, changelog })).toEqual([expect.stringContaining('npm run lock')]);
});

describe('a rule whose content changed', () => {
  const changed = { ...first, parts: { rule: 'a', limits: 'B' } };

  it('under the same version is refused, with the parts that changed', () => {
    const now = found({ rules: [changed, second] });
    expect(faults(now)).toEqual([expect.stringMatching(/^first: limits changed, but its version is still 1/)]);
    expect(refusals(now, released)).toHaveLength(1);
  });

  it('under a new version has to be locked, and then all is well, since the changelog names it', () => {
    const now = found({ rules: [{ ...changed, version: 2 }, second] });
    expect(refusals(now, released)).toEqual([]);
    expect(faults(now)).toEqual(['first: version 2 is not locked yet: run `npm run lock`']);
    const next = lockOf(now, released, '0.2.0');
    expect(next.rules).toMatchObject({ first: { version: 2, since: '0.2.0' }, second: { version: 3, since: '0.1.0' } });
    expect(faults(now, next)).toEqual([]);
  });

  it('under a new version has to be named in the changelog, also after it was locked', () => {
    const now = found({ rules: [first, { ...second, version: 4, parts: { rule: 'C' } }] });
    const unnamed = "CHANGELOG.md: 'Clinical behaviour' of 0.2.0 does not name second@4";
    expect(faults(now)).toContain(unnamed);
    expect(faults(now, lockOf(now, released, '0.2.0'))).toEqual([unnamed]);
  });

  it('need not be named where there is no changelog, as in an image', () => {
    const now = found({ rules: [first, { ...second, version: 4 }] });
    const lock = lockOf(now, released, '0.2.0');
    expect(lockFaults(now, { lock, changelog: undefined })).toEqual([]);
  });

  it('may not go back to an earlier version', () => {
    const now = found({ rules: [first, { ...second, version: 2 }] });
    expect(refusals(now, released)).toEqual(['second: version 2 is lower than the locked 3']);
  });
});

describe('a rule that is not in the lock', () => {
  const third = { id: 'third', ref: 'R01', version: 1, parts: {} };

  it('is to be locked, and belongs to the release that is being made', () => {
    const now = found({ rules: [first, second, third] });
    expect(refusals(now, released)).toEqual([]);
    expect(faults(now)).toEqual(['third: is not locked yet: run `npm run lock`']);
    expect(lockOf(now, released, '0.2.0').rules.third).toMatchObject({ since: '0.2.0' });
  });

  it('is left alone while it is a draft', () => {
    const now = found({ rules: [first, second, third], drafts: new Set(['third']) });
    expect(faults(now)).toEqual([]);
    expect(lockOf(now, released, '0.2.0')).toEqual(released);
  });
});

describe('a rule that is gone', () => {
  const now = found({ rules: [first] });

  it('is refused: it has to be retired', () => {
    expect(faults(now)).toEqual([expect.stringMatching(/^second: is locked and gone.*retired/)]);
  });

  it('is no matter when the lock is written from scratch', () => {
    const lock = lockOf(now, undefined, '0.2.0');
    expect(Object.keys(lock.rules)).toEqual(['first']);
    expect(faults(now, lock)).toEqual([]);
  });
});

it('sees a change of what all rules share', () => {
  const now = found({ shared: { gate: { rule: 'G' } } });
  expect(faults(now)).toEqual([expect.stringMatching(/^gate \(shared by all rules\): rule changed/)]);
  expect(faults(now, lockOf(now, released, '0.2.0'))).toEqual([]);
});
