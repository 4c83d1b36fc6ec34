import type { FhirResource } from 'fhir/r4.js';
import { decide } from '../../src/decide.ts';
import { noReader } from '../../src/fhir/fhir-reader.ts';
import { daysSinceAuthored, shiftDates } from '../../src/sandbox/shift-dates.ts';
import { countingIds } from '../support/app.ts';
import {
  definitionsFor,
  type ExpectedStory,
  expectedStories,
  expectedVerdicts,
  hookRequest,
  prefetchFor,
  type StoryCall,
  toldVerdicts,
} from '../support/stories.ts';

const stories = expectedStories();
const calls = stories.flatMap((story) =>
  story.calls
    .filter(({ site, rules }) => site === undefined && rules !== 'not evaluated')
    .map((call) => ({ name: `${story.slug}: ${call.name}`, story, call })),
);

describe('a story that the sandbox has moved in time', () => {
  it.each(['2026-11-23T00:04:00Z', '2026-11-23T07:30:00Z', '2027-03-05T19:00:00Z', '2028-02-29T23:57:00Z'])(
    'has the same verdicts at %s as at the noon it is written for',
    async (hour) => {
      const now = new Date(hour);
      const different = [];
      for (const { name, story, call } of calls) {
        const verdicts = await verdictsAt(now, story, call);
        if (JSON.stringify(verdicts) !== JSON.stringify(expectedVerdicts(call))) different.push({ name, verdicts });
      }
      expect(different).toEqual([]);
    },
  );
});

async function verdictsAt(now: Date, { bundle, ...story }: ExpectedStory, call: StoryCall) {
  const definitions = definitionsFor(undefined);
  const moved: ExpectedStory = { ...story, bundle: shiftDates(bundle, daysSinceAuthored(now)) as typeof bundle };
  const { context, ...rest } = hookRequest(moved, call);
  const draftOrders = context.draftOrders as { entry: { resource: FhirResource }[] };
  const sent = {
    ...rest,
    context: {
      ...context,
      draftOrders: shiftDates({ ...draftOrders, type: 'collection' } as never, daysSinceAuthored(now)),
    },
    prefetch: prefetchFor(moved, definitions, now),
  };
  const decision = await decide(sent, definitions, { reader: noReader, now, sandbox: true, newId: countingIds() });
  return decision.kind === 'cards' ? toldVerdicts(decision.trace?.verdicts, call) : decision.reason;
}
