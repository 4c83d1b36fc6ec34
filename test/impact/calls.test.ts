import { existsSync } from 'node:fs';
import type { Resource } from 'fhir/r4.js';
import { bundleReader } from '../../src/impact/bundle-reader.ts';
import { callsOf, storyDay } from '../../src/impact/calls.ts';
import { dataFolder } from '../support/real-data.ts';
import { expectedStories, fixtures, storyTime } from '../support/stories.ts';

const calls = callsOf(fixtures, dataFolder);
const stories = expectedStories();

describe('the calls', () => {
  it('concern every synthetic patient, by slug', () => {
    const names = calls.patients.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(stories.map(({ slug }) => slug)));
  });

  it('and every real patient where they are at hand, by a running number and never by an id', () => {
    const real = calls.patients.filter(({ name }) => name.startsWith('real '));
    process.stdout.write(`impact: ${real.length} real patients\n`);
    expect(real).toHaveLength(existsSync(dataFolder) ? 220 : 0);
    expect(real.filter(({ name, id }) => name.includes(id))).toEqual([]);
  });

  it('are made on the day for which the synthetic patients are written', () => {
    expect(new Date(storyDay)).toEqual(storyTime);
  });

  it('do without real patients', () => {
    expect(callsOf(fixtures, 'nowhere').patients).toHaveLength(stories.length);
  });

  it('order every draft alone, and together what a story has together', () => {
    const names = calls.sessions.map(({ name }) => name);
    const told = stories
      .flatMap((story) => story.calls.map(({ drafts }) => [...drafts].sort().join(' + ')))
      .filter((name) => name !== '');
    expect(names).toEqual(expect.arrayContaining([...new Set(told)]));
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('tace-snomed');
  });
});

describe('the server of one bundle', () => {
  const lab = (id: string, code: string, effectiveDateTime: string): Resource =>
    ({ resourceType: 'Observation', id, status: 'final', code: { coding: [{ code }] }, effectiveDateTime }) as Resource;
  const reader = bundleReader([
    lab('old', 'a', '2026-01-01'),
    lab('new', 'a', '2026-02-01'),
    lab('other', 'b', '2026-03-01'),
  ]);
  const ids = async (request: string) => {
    const result = await reader.read(request);
    return result.state === 'found' ? result.resources.map(({ id }) => id) : result.state;
  };

  it.each<[string, string, unknown]>([
    ['Observation?patient=1&code=a,c&_sort=-date', 'searches by code, newest first', ['new', 'old']],
    ['Observation?patient=1&status=final&date=ge2026-02-01', 'by status and day', ['other', 'new']],
    ['Observation?patient=1&unheard-of=x', 'ignores what it does not know', ['other', 'new', 'old']],
    ['Observation/old', 'reads by id', ['old']],
    ['Observation/none', 'has nothing else', 'unavailable'],
    ['Condition?patient=1', 'finds nothing of another type', []],
  ])('%s: %s', async (request, _, expected) => {
    expect(await ids(request)).toEqual(expected);
  });
});
