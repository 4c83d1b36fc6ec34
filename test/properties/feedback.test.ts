import fc from 'fast-check';
import { HttpProblem } from '../../src/http/operation-outcome.ts';
import { parseFeedback } from '../../src/http/parse-feedback.ts';
import { insertFeedback } from '../../src/store/feedback.ts';
import { openDatabase } from '../../src/store/open-database.ts';

const uuid = '4e0a3a1e-3283-4575-ab82-028d55fe2719';
const words = fc.constantFrom('accepted', 'overridden', 'reason', 'code', 'coding', 'userComment', 'id', uuid, '', ' ');
const value = fc.oneof({ maxDepth: 3 }, fc.jsonValue({ maxDepth: 3 }), words, fc.string({ unit: 'binary' }));
const times = fc.oneof(
  value,
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.stringMatching(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?([zZ]|[+-]\d\d:?\d\d)?$/),
);
const reason = fc.oneof(
  value,
  fc.record(
    {
      reason: fc.oneof(value, fc.record({ code: value, system: value, coding: value }, { requiredKeys: [] })),
      userComment: value,
    },
    { requiredKeys: [] },
  ),
);
const item = fc.oneof(
  { weight: 1, arbitrary: value },
  {
    weight: 9,
    arbitrary: fc.record(
      {
        card: fc.oneof(
          { weight: 9, arbitrary: fc.constantFrom(uuid, `urn:uuid:${uuid.toUpperCase()}`, 'Mr Smith') },
          value,
        ),
        outcome: fc.oneof({ weight: 9, arbitrary: fc.constantFrom('accepted', 'Overridden') }, value),
        outcomeTimestamp: times,
        acceptedSuggestions: fc.oneof(value, fc.array(fc.record({ id: value }))),
        overrideReason: reason,
        overrideReasons: fc.oneof(reason, fc.array(reason)),
      },
      { requiredKeys: ['card', 'outcome'] },
    ),
  },
);

const isKept = /^[0-9a-f-]{36}$|^foreign:digest$/;

describe('whatever a client sends as feedback', () => {
  it('is refused with a 400, or gives only uuids, codes, times and digests, which the store takes', async () => {
    const database = openDatabase({});
    let understood = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 3 }), async (feedback) => {
        const events = parsed({ feedback });
        if (events === undefined) return;
        understood += 1;
        for (const { card, reason, acceptedSuggestions, commented } of events) {
          expect(card).toMatch(isKept);
          for (const one of acceptedSuggestions) expect(one).toMatch(/^[0-9a-f-]{36}$/);
          for (const one of [reason?.code, reason?.system]) expect(one ?? 'none').toMatch(/^\S{1,256}$/);
          expect(typeof commented).toBe('boolean');
        }
        const receipt = await database.write((tables) => insertFeedback(tables, events, new Date()));
        expect(receipt.unknown).toBe(events.length);
      }),
      { numRuns: 500 },
    );
    expect(understood).toBeGreaterThan(100);
  });

  it('is never a fault of ours', () => {
    fc.assert(
      fc.property(value, (body) => void parsed(body)),
      { numRuns: 500 },
    );
  });
});

function parsed(body: unknown) {
  try {
    return parseFeedback(body, 'service', () => 'digest');
  } catch (error) {
    expect(error).toBeInstanceOf(HttpProblem);
    expect((error as HttpProblem).status).toBe(400);
    return undefined;
  }
}
