import { readFileSync } from 'node:fs';
import { names, unreleasedSection } from '../../src/lock/changelog.ts';

const changelog = `# Changelog

## 0.2.0 (unreleased)

### Clinical behaviour

- R01, R11: something.
- R03 third-rule@2: something.

### Engine

- R24 is only named here.

## 0.1.0 (2026-12-01)

### Clinical behaviour

- R12: something else.
`;

describe('the unreleased section', () => {
  const section = unreleasedSection(changelog);

  it('says which release is being made', () => {
    expect(section?.release).toBe('0.2.0');
  });

  it.each([
    ['R01', true, 'in a list'],
    ['R11', true, 'at its end'],
    ['R1', false, 'since it is only the beginning of a number'],
    ['R24', false, 'since the engine is not what a clinician reads'],
    ['R12', false, 'since that was an earlier release'],
  ])('names %s: %s, %s', (ref, expected) => {
    expect(section && names(section, { id: 'a-rule', ref, version: 1 })).toBe(expected);
  });

  it.each([
    ['third-rule', 2, true],
    ['third-rule', 3, false],
    ['rule', 2, false],
    ['first-rule', 2, false],
  ])('names %s in version %i by id and version: %s', (id, version, expected) => {
    expect(section && names(section, { id, ref: 'R01', version })).toBe(expected);
  });

  it('is none when everything is released', () => {
    expect(unreleasedSection(changelog.replace(' (unreleased)', ' (2027-01-01)'))).toBeUndefined();
  });

  it('may be without a part for clinicians: then it names nothing', () => {
    const section = unreleasedSection('## 1.0.0 (unreleased)\n\n### Engine\n\n- R01\n');
    expect(section && names(section, { id: 'a-rule', ref: 'R01', version: 1 })).toBe(false);
  });

  it('is found in the changelog of this project, unless it has just been released', () => {
    const text = readFileSync('CHANGELOG.md', 'utf8');
    expect(unreleasedSection(text) !== undefined).toBe(/\(unreleased\)/.test(text));
  });
});
