import express, { type Express } from 'express';
import type { FhirResource } from 'fhir/r4.js';
import request from 'supertest';
import { prefetchTemplates } from '../../src/definitions/prefetch-templates.ts';
import { editRecord } from '../../src/pages/workbench/browser/edit-record.ts';
import { answerFromRecord, fillPrefetch } from '../../src/pages/workbench/browser/prefetch.ts';
import { readRecord } from '../../src/pages/workbench/browser/read-record.ts';
import {
  ecogCode,
  laboratoryTests,
  problems,
  responseAnswers,
  responseCode,
  taceCode,
} from '../../src/pages/workbench/browser/record-templates.ts';
import { recognitionOf } from '../../src/pages/workbench/recognition.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { codesOf } from '../../src/terminology/value-set.ts';
import { shippedDefinitions } from '../support/app.ts';
import { type ExpectedStory, expectedStories, resourcesIn, storyTime } from '../support/stories.ts';

const definitions = shippedDefinitions();
const stories = expectedStories();
const now = storyTime;

const codesOfFact = (id: string) => {
  const valueSet = definitions.facts.get(id)?.concept.valueSet ?? definitions.valueSets.get(id);
  return valueSet ? codesOf(valueSet) : [];
};
const codes = recognitionOf(definitions, stories.flatMap(resourcesIn));

function recordOf(slug: string): readonly FhirResource[] {
  const story = stories.find((one) => one.slug === slug);
  return story ? resourcesIn(story) : [];
}

function edited(slug: string, edits: Parameters<typeof editRecord>[1]) {
  const resources = editRecord(recordOf(slug), edits, { codes, now, patientId: slug });
  return { resources, values: readRecord(resources, codes, now) };
}

describe('the editor', () => {
  it('reads what is recorded', () => {
    const values = readRecord(recordOf('two-tace-stable-disease'), codes, now);
    expect(values.laboratory.bilirubin).toEqual({ value: '0.9', unit: 'mg/dL', daysAgo: 6 });
    expect(values.problems).toEqual({ ascites: 'none', encephalopathy: 'none' });
    expect(values).toMatchObject({ ecog: 0, tace: [100, 200], responses: [{ answer: 'SD' }, { answer: 'SD' }] });
  });

  it('reads what is not recorded as nothing, and a result below a limit as it is written', () => {
    expect(readRecord(recordOf('inr-missing'), codes, now).laboratory.inr).toBeUndefined();
    expect(readRecord(recordOf('bilirubin-below-detection'), codes, now).laboratory.bilirubin?.value).toBe('<0.2');
  });

  it.each([
    [{ valueQuantity: { value: 9, unit: 'µmol/l' } }, { value: '9', unit: 'umol/L' }],
    [{ valueQuantity: { value: 9, unit: 'drops' } }, { value: '9', unit: 'drops' }],
    [{ valueQuantity: { value: 9 } }, { value: '9', unit: '' }],
    [{ valueString: '< 0,2 mg/dl' }, { value: '<0.2', unit: 'mg/dL' }],
    [{ valueString: 'haemolysed' }, { value: 'haemolysed', unit: '' }],
  ])('reads a result in the unit that the service takes it in: %j', (value, expected) => {
    const code = { coding: [{ system: 'http://loinc.org', code: '1975-2' }] };
    const written = { resourceType: 'Observation', id: 'x', status: 'final', code, ...value };
    expect(readRecord([written as FhirResource], codes, now).laboratory.bilirubin).toMatchObject(expected);
  });

  it('reads what the service recognises by its name, and takes it away', () => {
    const recorded = readRecord(recordOf('local-codes'), codes, now);
    expect(recorded.problems).toEqual({ ascites: 'none', encephalopathy: 'none' });
    const { values } = edited('local-codes', { problems: { ascites: null, encephalopathy: null } });
    expect(values.problems).toEqual({ ascites: undefined, encephalopathy: undefined });
  });

  it('reads no code of another system', () => {
    const system = 'urn:example:another';
    const code = { coding: [{ system, code: '1975-2' }] };
    const foreign = { resourceType: 'Observation', id: 'x', status: 'final', code, valueQuantity: { value: 9 } };
    expect(readRecord([foreign as FhirResource], codes, now).laboratory.bilirubin).toBeUndefined();
  });

  it('replaces the newest result and leaves earlier ones', () => {
    const before = recordOf('liver-function-fell-since-tace');
    const { resources, values } = edited('liver-function-fell-since-tace', {
      laboratory: { bilirubin: { value: '30', unit: 'umol/L', daysAgo: 1 } },
    });
    expect(values.laboratory.bilirubin).toEqual({ value: '30', unit: 'umol/L', daysAgo: 1 });
    expect(resources).toHaveLength(before.length);
  });

  it('writes a comparator as one, a comma as a point, and what is no number as text', () => {
    const written = (value: string) =>
      edited('inr-missing', { laboratory: { inr: { value, unit: '{INR}', daysAgo: 0 } } }).resources.find(
        ({ id }) => id === 'edited-inr',
      );
    expect(written('<1,1')).toMatchObject({ valueQuantity: { value: 1.1, comparator: '<' } });
    expect(written('haemolysed')).toMatchObject({ valueString: 'haemolysed' });
  });

  it('takes away all that is known of a value', () => {
    const { values } = edited('two-tace-stable-disease', {
      ...{ laboratory: { albumin: null }, problems: { ascites: null }, ecog: null, tace: [], responses: [] },
    });
    expect(values.laboratory.albumin).toBeUndefined();
    expect(values).toMatchObject({ problems: { ascites: undefined }, ecog: undefined, tace: [], responses: [] });
  });

  it('reads back whatever it writes', () => {
    const { values } = edited('preserved-function', {
      problems: { ascites: 'moderate', encephalopathy: 'grade-3-4' },
      ...{ ecog: 2, tace: [10, 70], responses: [{ answer: 'PD', daysAgo: 5 } as const] },
    });
    expect(values).toMatchObject({
      problems: { ascites: 'moderate', encephalopathy: 'grade-3-4' },
      ...{ ecog: 2, tace: [10, 70], responses: [{ answer: 'PD', daysAgo: 5 }] },
    });
  });

  it('leaves the record of the story as it was', () => {
    const before = structuredClone(recordOf('preserved-function'));
    edited('preserved-function', { ecog: 3, tace: [1], laboratory: { inr: null } });
    expect(recordOf('preserved-function')).toEqual(before);
  });

  it('writes codes that the service knows', () => {
    const written = [
      ...Object.entries(laboratoryTests).map(([id, { code }]) => [id, code] as const),
      ...Object.entries(problems).map(([id, { code }]) => [id, code] as const),
      ...([
        ['ecog', ecogCode],
        ['tace', taceCode],
        ['response', responseCode],
      ] as const),
    ];
    const unknown = written.filter(
      ([id, { coding }]) => !codes[id as keyof typeof codes].includes(`${coding?.[0]?.system}|${coding?.[0]?.code}`),
    );
    expect(unknown).toEqual([]);
    const answers = codesOfFact('response-answers');
    expect(Object.values(responseAnswers).filter(({ coding }) => !answers.includes(coding?.[0]?.code ?? ''))).toEqual(
      [],
    );
    const severities = codesOfFact('severity');
    const grades = Object.values(problems).flatMap(({ grades }) => [...grades]);
    const used = grades.flatMap((grade) => ('severity' in grade ? [grade.severity.code ?? ''] : []));
    expect(used.filter((code) => !severities.includes(code))).toEqual([]);
  });
});

describe('a template that is filled from a record', () => {
  const templates = prefetchTemplates(definitions);
  let server: Express;

  beforeAll(async () => {
    const sandbox = await createSandbox({
      bundles: stories.map(({ bundle }) => bundle),
      baseUrl: 'http://sandbox.example/fhir',
      now,
    });
    server = express().use('/fhir', sandbox.router);
  });

  it.each(['inr-missing', 'two-tace-stable-disease', 'trial-of-the-combination', 'tace-while-atezo-bev-runs'])(
    'holds what the FHIR server answers (%s)',
    async (slug) => {
      const story = stories.find((one) => one.slug === slug) as ExpectedStory;
      const filled = await fillPrefetch(templates, slug, async (query) => answerFromRecord(query, resourcesIn(story)));
      const asked = await fillPrefetch(
        templates,
        slug,
        async (query) => (await request(server).get(`/fhir/${query}`)).body,
      );
      expect(idsIn(filled)).toEqual(idsIn(asked));
    },
  );

  it('refuses a parameter that it does not know, so that nothing is sent that was not asked for', () => {
    expect(() => answerFromRecord('Observation?patient=1&category=laboratory', recordOf('inr-missing'))).toThrow(
      /category/,
    );
  });
});

function idsIn(prefetch: Readonly<Record<string, unknown>>): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(prefetch).map(([key, value]) => {
      const { id, entry = [] } = value as { id?: string; entry?: readonly { resource: FhirResource }[] };
      const resourceIds = entry.map(({ resource }) => `${resource.id}`).sort();
      return [key, entry.length > 0 || id === undefined ? resourceIds : [id]];
    }),
  );
}
