import type { Condition, Observation, Resource } from 'fhir/r4.js';
import { unreadRecord } from '../../src/facts/patient-record.ts';
import { found, type ReadResult, unavailable } from '../../src/fhir/read-result.ts';
import { bundleReader } from '../../src/impact/bundle-reader.ts';
import { rowsOf } from '../../src/pages/timeline/browser/table-rows.ts';
import { type Course, courseOf } from '../../src/pages/timeline/course.ts';
import { writeCourseKnowledge } from '../../src/pages/timeline/course-knowledge.ts';
import { shippedDefinitions } from '../support/app.ts';
import { expectedStories, resourcesIn, storyTime } from '../support/stories.ts';

const slug = 'liver-function-fell-after-second-tace';
const knowledge = JSON.parse(JSON.stringify(writeCourseKnowledge(shippedDefinitions(), storyTime)));
const story = expectedStories().find((one) => one.slug === slug);
const resources: readonly Resource[] = story ? resourcesIn(story) : [];

async function courseFrom(
  record: readonly Resource[],
  failing: readonly string[] = [],
  { patient = slug, cut = '', at = storyTime, validDays = 30 } = {},
): Promise<Course> {
  const reader = bundleReader(record);
  const reads = await Promise.all(
    Object.entries(knowledge.requests as Record<string, string>).map(
      async ([key, request]): Promise<[string, ReadResult]> => [
        key,
        failing.includes(key)
          ? unavailable('refused')
          : found(resourcesOf(await reader.read(request.replace('{patient}', patient))), key !== cut),
      ],
    ),
  );
  const thresholds = { ...knowledge.thresholds, 'labs-valid-days': { d: validDays } };
  return courseOf({ ...knowledge, thresholds }, { ...unreadRecord(at), reads: new Map(reads) });
}

const resourcesOf = (read: ReadResult) => (read.state === 'found' ? read.resources : []);

const childPugh = ({ scores }: Course) =>
  scores[0]?.points.map(({ time, label }) => `${new Date(time).toISOString().slice(0, 10)} ${label}`);

it('is the Child-Pugh of each day, as the service would have computed it from what was recorded by then', async () => {
  expect(childPugh(await courseFrom(resources))).toEqual([
    '2026-02-10 A5',
    '2026-03-10 A5',
    '2026-04-07 A5',
    '2026-06-30 A5',
    '2026-07-28 B7',
    '2026-09-01 B7 to B9',
    '2026-09-22 B8',
    '2026-10-20 B8',
    '2026-11-16 B8',
  ]);
});

it('says of a score that is incomplete what was missing, and of every part its day', async () => {
  const { scores } = await courseFrom(resources);
  const september = scores[0]?.points.find(({ label }) => label === 'B7 to B9');
  expect(september?.parts.find(({ title }) => title === 'INR')).toMatchObject({ known: false, text: 'it is too old' });
});

it('is the ALBI score beside it, higher where it is worse', async () => {
  const { scores } = await courseFrom(resources);
  expect(scores[1]?.points.at(0)?.label).toMatch(/grade 1/);
  expect(scores[1]?.points.at(-1)?.label).toMatch(/grade 2|grade 3/);
});

it('has sessions, responses and the interval of a running drug', async () => {
  const { sessions, responses, therapies } = await courseFrom(resources);
  expect(sessions.map(({ time }) => new Date(time).toISOString().slice(0, 10))).toEqual(['2026-02-17', '2026-07-14']);
  expect(responses.map(({ label }) => label)).toEqual(['PR', 'PD']);
  expect(therapies).toMatchObject([{ label: 'lenvatinib', running: true, openEnd: false }]);
  expect(new Date(therapies[0]?.start ?? 0).toISOString().slice(0, 10)).toBe('2026-10-06');
  expect(therapies[0]?.end).toBe(storyTime.getTime());
});

it('gives results in one unit, whatever they were recorded in, and says why one cannot be used', async () => {
  const bilirubin = (value: number, unit: string, date: string): Observation => ({
    ...(resources.find(({ id }) => id === `${slug}-bilirubin-02-10`) as Observation),
    ...{
      id: date,
      effectiveDateTime: date,
      valueQuantity: { value, unit, code: unit, system: 'http://unitsofmeasure.org' },
    },
  });
  const record = [
    bilirubin(34.208, 'umol/L', '2026-01-01'),
    bilirubin(900, 'mg/dL', '2026-01-02'),
    bilirubin(1, 'mg/dL', '2026-01-03'),
  ];
  const [series] = (await courseFrom(record)).results;
  expect(series?.unit).toBe('mg/dL');
  expect(series?.points[0]?.value?.low).toBeCloseTo(2, 3);
  expect(series?.points[1]).toMatchObject({
    reason: expect.stringContaining('not plausible'),
    asRecorded: '900 mg/dL',
  });
});

it('hands over the limits of Child-Pugh by which each test counts, in the unit in which it is drawn', async () => {
  const [bilirubin, albumin, inr] = (await courseFrom(resources)).results;
  expect(bilirubin).toMatchObject({ unit: 'mg/dL', limits: { two: 2, three: 3 }, notes: [] });
  expect(albumin).toMatchObject({ unit: 'g/dL', limits: { two: 3.5, three: 2.8 } });
  expect(inr).toMatchObject({ limits: { two: 1.7, three: 2.3 }, notes: [] });
  const cholangitis: Condition = {
    ...{ resourceType: 'Condition', id: 'pbc', subject: { reference: `Patient/${slug}` } },
    ...{ clinicalStatus: { coding: [{ code: 'active' }] }, recordedDate: '2026-01-01' },
    code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'K74.3' }] },
  };
  const [cholestatic] = (await courseFrom([...resources, cholangitis])).results;
  expect(cholestatic).toMatchObject({ limits: { two: 4, three: 10 }, notes: [expect.stringContaining('is recorded')] });
  const [unsure] = (await courseFrom(resources, ['conditions'])).results;
  expect(unsure).toMatchObject({ limits: { two: 2, three: 3 }, notes: [expect.stringContaining('may be present')] });
});

it.each([
  ['no', [3, 'mg/dL'], [40, 'umol/L'], false],
  ['no', [51, 'umol/L'], [1, 'mg/dL'], false],
  ['the', [4, 'mg/dL'], [40, 'umol/L'], true],
  ['the', [40, 'umol/L'], [1, 'mg/dL'], true],
] as const)(
  'draws %s limits where %j was recorded before %j: each unit has its own',
  async (_, before, newest, isDrawn) => {
    const bilirubin = ([value, unit]: readonly [number, string], date: string) =>
      ({
        ...resources.find(({ id }) => id === `${slug}-bilirubin-02-10`),
        ...{ id: date, effectiveDateTime: date },
        valueQuantity: { value, unit, code: unit, system: 'http://unitsofmeasure.org' },
      }) as Resource;
    const [series] = (await courseFrom([bilirubin(before, '2026-10-01'), bilirubin(newest, '2026-11-01')])).results;
    expect(series?.unit).toBe(newest[1]);
    expect(series?.limits !== undefined).toBe(isDrawn);
    expect(series?.notes.join()).toMatch(isDrawn ? /^(?!Recorded)/ : /^Recorded in two units/);
  },
);

it('says which reads failed, which were cut off, and what is only unknown because of them', async () => {
  const course = await courseFrom(resources, ['conditions'], { cut: 'labs' });
  expect(course.unread).toEqual(['conditions']);
  expect(course.cutOff).toEqual(['laboratory results']);
  expect(course.isUnread).toBe(false);
  expect(childPugh(course)?.at(-1)).toMatch(/ to /);
});

describe('a score that is too old for ordering', () => {
  const oldStory = expectedStories().find((one) => one.slug === 'liver-tests-too-old');
  const old = oldStory ? resourcesIn(oldStory) : [];
  const patient = 'liver-tests-too-old';

  it('is said to be so in the words of the card', async () => {
    const course = await courseFrom(old, [], { patient });
    const [card] = oldStory?.calls[0]?.cards ?? [];
    expect(course.tooOld).toMatch(
      /^Bilirubin, albumin and INR: no valid result within 30 days; Child-Pugh .+ until known$/,
    );
    expect(card?.summary).toContain(course.tooOld);
    expect(course.scores.map(({ isTooOld }) => isTooOld)).toEqual([true, true]);
  });

  it('is not one whose results count to the day', async () => {
    const after = (days: number) => ({ patient, at: new Date(storyTime.getTime() + (days - 45) * 86_400_000) });
    const last = await courseFrom(old, [], after(30));
    expect([last.tooOld, last.scores[0]?.isTooOld]).toEqual([undefined, false]);
    const first = await courseFrom(old, [], after(31));
    expect([first.tooOld, first.scores[0]?.isTooOld]).toEqual([expect.stringContaining('within 30 days'), true]);
  });

  it.each([
    ['2026-10-22T23:00:00Z', '2026-11-22T12:00:00Z', false],
    ['2026-10-22T23:00:00-08:00', '2026-11-22T12:00:00Z', false],
    ['2026-10-22T23:00:00Z', '2026-11-22T22:59:00Z', false],
    ['2026-10-22T23:00:00Z', '2026-11-22T23:00:00Z', true],
    ['2026-10-23', '2026-11-22T23:59:00Z', false],
    ['2026-10-22', '2026-11-22T00:00:00Z', true],
  ])('is of results taken %s and read %s, as the service counts days: %s', async (taken, at, isTooOld) => {
    const timed = old
      .filter((one) => one.resourceType !== 'Observation' || JSON.stringify(one).includes('2026-10-08'))
      .map((one) => ('effectiveDateTime' in one ? { ...one, effectiveDateTime: taken } : one));
    const { tooOld, scores } = await courseFrom(timed, [], { patient, at: new Date(at) });
    expect([tooOld !== undefined, ...scores.map((one) => one.isTooOld)]).toEqual([isTooOld, isTooOld, isTooOld]);
  });

  it('names every test without a result that counts, for whatever reason, as the card does', async () => {
    const unusable = {
      ...old.find(({ id }) => id?.includes('bilirubin')),
      ...{ id: 'unusable', effectiveDateTime: '2026-11-20', valueQuantity: { value: 9000, unit: 'mg/dL' } },
    } as Resource;
    const { tooOld } = await courseFrom([...old, unusable], [], { patient });
    expect(tooOld).toMatch(/^Bilirubin, albumin and INR: /);
  });

  it('is not one of which a part is too old: it is the score that the card gives', async () => {
    const inrIsOld = resources.map((one) =>
      one.id === `${slug}-inr-11-16` || one.id === `${slug}-inr-10-20`
        ? ({ ...one, effectiveDateTime: '2026-10-01' } as Resource)
        : one,
    );
    const course = await courseFrom(inrIsOld);
    expect(course.tooOld).toBe(
      `INR: no valid result within 30 days; Child-Pugh ${course.scores[0]?.points.at(-1)?.label} until known`,
    );
    expect(course.scores[0]?.isTooOld).toBe(false);
  });

  it('is too old by the days that are in force', async () => {
    const { tooOld, scores } = await courseFrom(resources, [], { validDays: 5 });
    expect(tooOld).toContain('no valid result within 5 days');
    expect(scores[0]?.isTooOld).toBe(true);
  });

  it('does not exist where everything is recent', async () => {
    const course = await courseFrom(resources);
    expect([course.tooOld, ...course.scores.map(({ isTooOld }) => isTooOld)]).toEqual([undefined, false, false]);
  });
});

it('agrees with the service on what is known today', async () => {
  const last = (await courseFrom(resources)).scores[0]?.points.at(-1);
  expect(last?.label).toBe('B8');
  expect(last?.parts.map(({ title, text }) => `${title} ${text}`)).toContain('Bilirubin 1.9 mg/dL');
});

it('keeps a problem that has ended where it was, in any of its grades', async () => {
  const ascites = {
    ...resources.find(({ id }) => id === `${slug}-ascites-02-10`),
    ...{ id: 'ascites', verificationStatus: undefined, recordedDate: '2026-07-20', abatementDateTime: '2026-09-20' },
    clinicalStatus: { coding: [{ code: 'resolved' }] },
  } as unknown as Resource;
  const labels = childPugh(await courseFrom([...resources, ascites]));
  expect(labels).toContain('2026-07-28 B8 to B9');
  expect(labels).toContain('2026-06-30 A5');
  expect(labels?.at(-1)).toBe('2026-11-16 B8');
});

it('does not say that a problem was absent between its beginning and an end that nobody recorded', async () => {
  const ended = (end: object) => ({
    ...resources.find(({ id }) => id === `${slug}-ascites-02-10`),
    ...{ id: 'ascites', verificationStatus: undefined, onsetDateTime: '2026-03-18', recordedDate: '2026-03-20' },
    ...{ clinicalStatus: { coding: [{ code: 'resolved' }] }, ...end },
  });
  const on = async (end: object, month: string) =>
    childPugh(await courseFrom([...resources, ended(end) as unknown as Resource]))?.find((one) =>
      one.startsWith(month),
    );
  expect(await on({}, '2026-03')).toBe('2026-03-10 A5');
  expect(await on({}, '2026-04')).toBe('2026-04-07 A5 to B7');
  expect(await on({ abatementString: 'in spring' }, '2026-04')).toBe('2026-04-07 A5 to B7');
  expect(await on({ clinicalStatus: undefined, abatementString: 'in spring' }, '2026-04')).toBe('2026-04-07 A5 to B7');
  expect(await on({ abatementDateTime: '2026-04' }, '2026-04')).toBe('2026-04-07 A5 to B7');
  expect(await on({ abatementPeriod: { start: '2026-04-01', end: '2026-04-20' } }, '2026-04')).toMatch(/A5 to B7/);
  expect(await on({ abatementPeriod: { start: '2026-04-10', end: '2026-04-20' } }, '2026-04')).toMatch(/A6 to B7/);
  expect(await on({ abatementDateTime: '2026-04-05' }, '2026-04')).toBe('2026-04-07 A5');
  expect(await on({ abatementDateTime: '2026-04' }, '2026-06')).toBe('2026-06-30 A5');
});

it('draws everything on the day that the service prints, whatever the offset of its time', async () => {
  const moved = (offset: string) =>
    resources.map((one): Resource => {
      const { effectiveDateTime = '' } = one as Observation;
      const isResult = /-(bilirubin|albumin|inr)-/.test(one.id ?? '') && effectiveDateTime.startsWith('2026-07-28');
      return isResult ? ({ ...one, effectiveDateTime: `2026-07-28T${offset}` } as Resource) : one;
    });
  for (const offset of ['22:30:00-05:00', '00:30:00+09:00', '23:59:00-11:00', '12:00:00Z']) {
    const course = await courseFrom(moved(offset));
    expect(childPugh(course)?.filter((one) => one.startsWith('2026-07-2'))).toEqual(['2026-07-28 B7']);
    const score = course.scores[0]?.points.find(({ label }) => label === 'B7');
    expect(score?.parts.filter(({ title }) => /Bilirubin|Albumin|INR/.test(title)).map(({ day }) => day)).toEqual([
      '2026-07-28',
      '2026-07-28',
      '2026-07-28',
    ]);
    const days = course.results[0]?.points.map(({ time }) => new Date(time).toISOString().slice(0, 10));
    expect(days).toContain('2026-07-28');
  }
});

it('has every result of a day in the table, as in the chart', async () => {
  const bilirubin = (value: number, time: string): Resource => {
    const known = resources.find(({ id }) => id === `${slug}-bilirubin-02-10`) as Observation;
    const valueQuantity = { ...known.valueQuantity, value };
    return { ...known, id: time, effectiveDateTime: `2026-01-05T${time}Z`, valueQuantity } as Resource;
  };
  const course = await courseFrom([bilirubin(1, '08:00:00'), bilirubin(4, '18:00:00')]);
  const [row] = rowsOf(course, []);
  expect(course.results[0]?.points).toHaveLength(2);
  expect(row?.cells.get('bilirubin')).toMatchObject([
    { text: '1 mg/dL', clock: '08:00' },
    { text: '4 mg/dL', clock: '18:00' },
  ]);
});

it('tells the time of a result only where there are several of a day, and a time was recorded', async () => {
  const known = resources.find(({ id }) => id === `${slug}-bilirubin-02-10`) as Observation;
  const on = (effectiveDateTime: string): Resource =>
    ({ ...known, id: effectiveDateTime, effectiveDateTime }) as Resource;
  const record = [on('2026-01-05'), on('2026-01-05T22:30:00-05:00'), on('2026-01-06T08:00:00Z')];
  const [series] = (await courseFrom(record)).results;
  expect(series?.points.map(({ clock }) => clock)).toEqual([undefined, '22:30', undefined]);
});

it('has nothing to draw where there are no results', async () => {
  const { scores, results } = await courseFrom([]);
  expect([...scores, ...results].flatMap<unknown>(({ points }) => points)).toEqual([]);
});
