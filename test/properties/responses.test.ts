import fc from 'fast-check';
import { Marked } from 'marked';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import type { CdsResponse } from '../../src/cds-hooks/card.ts';
import { decide } from '../../src/decide.ts';
import { noReader } from '../../src/fhir/fhir-reader.ts';
import { HttpProblem } from '../../src/http/operation-outcome.ts';
import { parseHookRequest } from '../../src/http/parse-hook-request.ts';
import { countingIds, shippedDefinitions } from '../support/app.ts';
import { cardsFaults } from '../support/validate-response.ts';
import { call, callWithTexts, damagedCalls } from './hook-requests.ts';

const definitions = shippedDefinitions();

const hooks = ['order-select', 'patient-view'] as const;
type Hook = (typeof hooks)[number];

/** The call of another hook with all that was sent to the first. */
function asked<T>(body: T, hook: Hook): T {
  const isCall = typeof body === 'object' && body !== null && 'hook' in body && body.hook === 'order-select';
  return isCall ? { ...body, hook } : body;
}

async function answer(body: unknown, hook: Hook = 'order-select'): Promise<CdsResponse | undefined> {
  const request = parseHookRequest(asked(body, hook), hook);
  const decision = await decide(request, definitions, {
    reader: noReader,
    now: new Date('2026-11-22T12:00:00Z'),
    sandbox: true,
    newId: countingIds(),
  });
  return decision.kind === 'cards' ? decision.response : undefined;
}

describe.each(hooks)('whatever a client sends to the hook %s', (hook) => {
  it('a body of any form is parsed or refused as a bad request, with words that say where', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.jsonValue(), damagedCalls()), (body) => {
        try {
          parseHookRequest(asked(body, hook), hook);
        } catch (error) {
          expect(error).toBeInstanceOf(HttpProblem);
          expect((error as HttpProblem).status).toBe(400);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('T3: a call with damaged parts is answered, and the answer is valid: no null, no empty value, nothing that the schema forbids', async () => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(damagedCalls(), async (body) => {
        let response: CdsResponse | undefined;
        try {
          response = await answer(body, hook);
        } catch (error) {
          expect(error).toBeInstanceOf(HttpProblem);
          return;
        }
        if (response === undefined) return;
        answered += 1;
        expect(cardsFaults(response, body as object)).toEqual([]);
      }),
      { numRuns: 1500 },
    );
    expect(answered).toBeGreaterThan(500);
  });
});

describe('text of the record', () => {
  const hostile = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[click](https://evil.example)',
    '![x](https://evil.example/x.png)',
    'https://evil.example',
    'www.evil.example',
    'evil@evil.example',
    '| a | b |\n|---|---|',
    '\n# heading',
    '**bold**',
    '`code`',
    '~~struck~~',
    '<https://evil.example>',
    '&lt;b&gt;',
    '- [ ] task',
    '[^1]: note',
    '\u202Eright to left',
    '{order}',
    '{because}',
    '{{context.patientId}}',
    '$&',
  ];

  it.each([...hostile, hostile.join(' ')])(
    'K3: never becomes live Markdown or HTML, nor stands in a summary: %j',
    async (text) => {
      await expectInert(text);
    },
  );

  it('never becomes live, however it is put together', async () => {
    const texts = fc.array(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'grapheme', maxLength: 30 })), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(texts, (parts) => expectInert(parts.join(''))),
      { numRuns: 200 },
    );
  });

  it('is there to be tested: the harmless call shows a value that cannot be used, as it was recorded', async () => {
    for (const hook of hooks) {
      const response = await answer(call, hook);
      expect(response?.cards.map(({ detail }) => detail).join()).toContain('"41 g\\/dL"');
    }
  });
});

/** The answer to the call with this text everywhere renders to the same elements and links as without it. */
async function expectInert(text: string): Promise<void> {
  for (const hook of hooks) {
    const [plain, planted] = [await answer(callWithTexts('x'), hook), await answer(callWithTexts(text), hook)];
    for (const { summary, detail } of planted?.cards ?? []) {
      expect(summary).not.toContain('evil');
      expect(live(detail).filter((one) => !trusted.has(one))).toEqual([]);
    }
    expect(planted?.cards.length ?? 0).toBeGreaterThanOrEqual(plain === undefined ? 0 : 1);
  }
}

const trusted = new Set([
  ...['p', 'strong', 'em', 'ul', 'li'],
  ...Object.values(definitions.evidence).flatMap(({ href }) => (href ? [`a ${href}`] : [])),
]);

/**
 * What is live in the Markdown: the elements that a renderer makes which lets raw HTML through, links with their
 * targets, and the links that another one finds in the text after it has removed the escapes.
 */
function live(markdown: string): readonly string[] {
  const html = new Marked({ gfm: true, async: false }).parse(markdown) as string;
  const elements = [...html.matchAll(/<([a-z][a-z0-9]*)\b([^>]*)>/gi)].map(([, name = '', attributes = '']) => {
    const target = /(?:href|src)="([^"]*)"/.exec(attributes)?.[1];
    return target === undefined ? name.toLowerCase() + attributes.trim() : `${name.toLowerCase()} ${target}`;
  });
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return [...elements, ...linksIn(tree)];
}

function linksIn(node: Nodes): readonly string[] {
  const own =
    node.type === 'link' || node.type === 'image' ? [`a ${node.url}`] : node.type === 'html' ? [node.value] : [];
  return [...own, ...('children' in node ? node.children.flatMap(linksIn) : [])];
}
