import { decide } from '../src/decide.ts';
import type { FhirReader } from '../src/fhir/fhir-reader.ts';
import { found, unavailable } from '../src/fhir/read-result.ts';
import { countingIds, shippedDefinitions } from './support/app.ts';
import { expectedStories, hookRequest, prefetchFor, storyTime } from './support/stories.ts';

const definitions = shippedDefinitions();

function requestOf(slug: string) {
  const story = expectedStories().find((one) => one.slug === slug);
  const [call] = story?.calls ?? [];
  if (story === undefined || call === undefined) throw new Error(`there is no story ${slug}`);
  return { ...hookRequest(story, call), prefetch: prefetchFor(story, definitions) };
}

const others = { now: storyTime, sandbox: false, newId: countingIds() };

it.each(['patient', 'assessments'])(
  'the gate waits for the conditions only: %s that hang keep nothing else from being read',
  async (hanging) => {
    const request = requestOf('child-pugh-c');
    const { conditions } = request.prefetch;
    const asked: string[] = [];
    const late: (() => void)[] = [];
    const hangs = (query: string) =>
      hanging === 'patient' ? query.startsWith('Patient/') : query.includes('89247-1') && query.includes('Observation');
    const reader: FhirReader = {
      read: async (query) => {
        asked.push(query);
        if (!hangs(query)) return found([]);
        await new Promise<void>((resolve) => late.push(resolve));
        return unavailable('timed out');
      },
      readOn: async () => unavailable('there are no further pages'),
    };
    const decision = decide({ ...request, prefetch: { conditions } }, definitions, { ...others, reader });
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked.map((query) => query.split('?')[0])).toEqual(
      expect.arrayContaining(['MedicationRequest', 'Procedure', 'ServiceRequest', 'Observation']),
    );
    for (const end of late) end();
    expect(late).toHaveLength(1);
    expect((await decision).kind).toBe('cards');
  },
);

it('a patient without the disease costs one read', async () => {
  const asked: string[] = [];
  const read = async (query: string) => {
    asked.push(query);
    return found([]);
  };
  const request = { ...requestOf('child-pugh-c'), prefetch: {} };
  const decision = await decide(request, definitions, { ...others, reader: { read, readOn: read } });
  expect(decision).toMatchObject({ silence: 'gate-closed' });
  expect(asked.map((query) => query.split('?')[0])).toEqual(['Condition']);
});
