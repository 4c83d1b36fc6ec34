import { answerTo, keep, transcripts, updating } from '../support/golden.ts';

const all = transcripts();

/** A change of any answer is seen here, whole; `npm run golden:update` writes the new ones for review. */
describe('the answer to', () => {
  it.each(all.map((transcript) => [transcript.slug, transcript] as const))('%s is unchanged', async (_, transcript) => {
    const answer = await answerTo(transcript);
    if (updating) return keep(transcript, answer);
    // Compared as JSON first: the difference is easier to read than that of two texts.
    expect(JSON.parse(answer)).toEqual(JSON.parse(transcript.response ?? 'null'));
    expect(answer).toBe(transcript.response);
  });
});

describe('the transcripts', () => {
  it('say in one line each what is special about them', () => {
    expect(all.filter(({ about }) => !/^[^\n]{10,200}\n$/.test(about)).map(({ slug }) => slug)).toEqual([]);
  });

  it('are numbered without gaps', () => {
    const numbers = all.map(({ slug }) => Number(/^(\d\d)-[a-z0-9-]+$/.exec(slug)?.[1]));
    expect(numbers).toEqual(all.map((_, index) => index + 1));
  });

  it('are enough to show every kind of answer', () => {
    const kinds = new Set(transcripts().map(({ response }) => kindOf(JSON.parse(response ?? '{}'))));
    expect([...kinds].sort()).toEqual(['400', '412', 'critical', 'info', 'silent', 'warning']);
  });
});

function kindOf({ status, body }: { status?: number; body?: { cards?: readonly { indicator: string }[] } }): string {
  return status === 200 ? (body?.cards?.[0]?.indicator ?? 'silent') : String(status);
}
