import { marked } from 'marked';
import request from 'supertest';
import { visibleLength } from '../../src/cards/format.ts';
import type { Card } from '../../src/cds-hooks/card.ts';
import { shippedDefinitions, testApp } from '../support/app.ts';
import { transcripts } from '../support/golden.ts';
import { definitionsFor, expectedStories, hookRequest, prefetchFor, storyTime } from '../support/stories.ts';

/**
 * A card that is read in seconds is short. Counted are the characters that a reader sees: of the rendered text, with
 * one space between words and blocks; the targets of links are not seen. Held against every card of every story and
 * of every transcript.
 */
const limits = { combination: 1500, any: 1800 };

/** The overlap of TACE with immunotherapy, or with a tyrosine kinase inhibitor. */
const combination: ReadonlySet<string> = new Set(['R01', 'R03']);

interface Told {
  readonly from: string;
  readonly detail: string;
}

const told: Told[] = [];

beforeAll(async () => {
  for (const { slug, response } of transcripts()) {
    const { body } = JSON.parse(response ?? '{}') as { body?: { cards?: readonly Card[] } };
    told.push(...(body?.cards ?? []).map(({ detail }) => ({ from: slug, detail })));
  }
  for (const story of expectedStories()) {
    for (const call of story.calls) {
      const definitions = definitionsFor(call.site);
      const { id } = definitions.service.services.find(({ hook }) => hook === call.hook) ?? {};
      const body = { ...hookRequest(story, call), prefetch: prefetchFor(story, definitions) };
      const app = testApp({ definitions, now: () => storyTime });
      const { body: answer } = await request(app).post(`/cds-services/${id}`).send(body).expect(200);
      const cards: readonly Card[] = answer.cards;
      told.push(...cards.map(({ detail }) => ({ from: `${story.slug} / ${call.name}`, detail })));
    }
  }
}, 120_000);

afterAll(() => {
  const lengths = (which: (one: Told) => boolean) =>
    told
      .filter(which)
      .map(({ detail }) => seen(detail).length)
      .sort((a, b) => a - b);
  const say = (what: string, [...all]: readonly number[]) =>
    `${what}: ${all.length} details of ${all[0]} to ${all.at(-1)} characters, median ${all[all.length >> 1]}`;
  process.stdout.write(
    `\n${say('R01 or R03', lengths(isCombination))}\n${say(
      'All cards',
      lengths(() => true),
    )}\n`,
  );
});

describe('the detail of a card', () => {
  it('is found in stories and transcripts', () => {
    expect(told.filter(isCombination).length).toBeGreaterThan(20);
    expect(told.length).toBeGreaterThan(60);
  });

  it(`about the combination has at most ${limits.combination} characters, with both bodies of evidence as with one`, () => {
    expect(tooLong(told.filter(isCombination), limits.combination)).toEqual([]);
  });

  it(`has at most ${limits.any} characters, whatever it holds`, () => {
    expect(tooLong(told, limits.any)).toEqual([]);
  });

  it('holds the values that its findings rest on, with the day of each', () => {
    const aboutLiver = told.filter(({ detail }) => rulesOf(detail).some((ref) => ['R11', 'R13'].includes(ref)));
    expect(aboutLiver.length).toBeGreaterThan(10);
    expect(aboutLiver.filter(({ detail }) => !/\n- \d{4}-\d\d-\d\d: .*bilirubin/.test(detail))).toEqual([]);
  });

  it('ends with the rules and their versions, the date of the evidence, and what it does not replace', () => {
    const { evidencePack, clinicalOwner, footer } = shippedDefinitions().service;
    const ending = new RegExp(
      `\\n\\n(?:(?:R\\d\\d )?[a-z0-9-]+@\\d+(?:, )?)+\\. Evidence ${evidencePack}, clinical owner: ${escaped(clinicalOwner)}\\. ${escaped(footer)}$`,
    );
    expect(told.filter(({ detail }) => !ending.test(detail)).map(({ from }) => from)).toEqual([]);
  });

  it('names no resource of the record: a date finds it, an id says nothing to the reader', () => {
    const id = /(?:Observation|Condition|Procedure|Medication\w*|ServiceRequest|Appointment)\\?\//;
    expect(told.filter(({ detail }) => id.test(detail)).map(({ from }) => from)).toEqual([]);
  });

  it('is measured by the service as it is seen', () => {
    const wrong = told.filter(({ detail }) => Math.abs(visibleLength(detail) - seen(detail).length) > 10);
    expect(wrong.map(({ from, detail }) => `${from}: ${visibleLength(detail)}, ${seen(detail).length}`)).toEqual([]);
  });
});

describe('a card about the combination', () => {
  const about = (ref: string) => told.filter(({ detail }) => rulesOf(detail).includes(ref));

  it.each([
    'LEAP-012',
    'EMERALD-1',
    'EMERALD-3',
    'TALENTACE',
    'Survival gain not proven',
    'grade 3-4',
    'PFS in months',
  ])('with immunotherapy holds %s, however short it is', (text) => {
    expect(about('R01').filter(({ detail }) => !seen(detail).includes(text))).toEqual([]);
  });

  it('names the comparator wherever the hazard ratio 0.70 stands', () => {
    const with70 = told.flatMap(({ detail }) => detail.split('\n')).filter((line) => line.includes('0.70'));
    expect(with70.length).toBeGreaterThan(15);
    expect(with70.filter((line) => !/first 175 controls.*not formally tested/.test(line))).toEqual([]);
  });

  it('shows both sides and at least two ways on, unless a study or a board has decided', () => {
    for (const { detail } of [...about('R01'), ...about('R03')]) {
      expect(detail).toContain('**For one therapy at a time**');
      expect(detail).toContain('**For giving them together**');
      if (!/-(?:in-trial|agreed)@/.test(detail)) expect(detail).toMatch(/\*\*Options\*\*\n- .+\n- /);
    }
  });
});

/** Also where other findings share the card. */
function isCombination({ detail }: Told): boolean {
  return rulesOf(detail).some((ref) => combination.has(ref));
}

/** The numbers of the rules, from the last paragraph. */
function rulesOf(detail: string): readonly string[] {
  const [footer = ''] = detail.split('\n\n').slice(-1);
  return [...footer.matchAll(/(R\d\d) [a-z0-9-]+@\d+/g)].map(([, ref = '']) => ref);
}

function tooLong(cards: readonly Told[], limit: number): readonly string[] {
  return cards
    .filter(({ detail }) => seen(detail).length > limit)
    .map(({ from, detail }) => `${from}: ${seen(detail).length}`);
}

/** The text as a browser shows it. */
function seen(markdown: string): string {
  const html = marked.parse(markdown, { gfm: true, async: false });
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => entities[name] ?? '')
    .replace(/\s+/g, ' ')
    .trim();
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
