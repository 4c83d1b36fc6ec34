import request from 'supertest';
import { decide } from '../../src/decide.ts';
import { unavailableReader } from '../../src/fhir/fhir-reader.ts';
import type { ExplainedCondition, Explanation } from '../../src/pages/workbench/explanation.ts';
import { countingIds, shippedDefinitions, testApp } from '../support/app.ts';
import { expectedStories, hookRequest, prefetchFor, storyTime } from '../support/stories.ts';
import { authenticating } from '../support/tokens.ts';

const definitions = shippedDefinitions();
const stories = expectedStories();
const app = testApp({ sandbox: true, now: () => storyTime });

/** The call of a story, and what the workbench tells of it. */
async function explained(slug: string, call = 0): Promise<Explanation> {
  const { status, body } = await request(app)
    .post(`/workbench/explain/${serviceOf(slug, call)}`)
    .send(bodyOf(slug, call));
  expect(status).toBe(200);
  return body as Explanation;
}

function bodyOf(slug: string, call: number) {
  const story = stories.find((one) => one.slug === slug);
  const of = story?.calls[call];
  if (story === undefined || of === undefined) throw new Error(`There is no call ${call} of ${slug}`);
  return { ...hookRequest(story, of), prefetch: prefetchFor(story, definitions) };
}

function serviceOf(slug: string, call: number): string {
  return `hcc-${bodyOf(slug, call).hook}`;
}

describe('why a call was answered so', () => {
  it('tells the verdict of every rule as it was decided, for every story', async () => {
    const calls = stories.flatMap(({ slug, calls }) =>
      calls.flatMap(({ site, rules }, index) => (site || rules === 'not evaluated' ? [] : [{ slug, index }])),
    );
    expect(calls.length).toBeGreaterThan(60);
    for (const { slug, index } of calls) {
      const dependencies = { reader: unavailableReader('none'), now: storyTime, sandbox: true, newId: countingIds() };
      const decision = await decide(bodyOf(slug, index), definitions, dependencies);
      const decided = decision.kind === 'cards' ? decision.trace?.verdicts : undefined;
      const { rules } = await explained(slug, index);
      expect(rules.map(({ id, truth }) => [id, truth])).toEqual(decided?.map(({ rule, truth }) => [rule.id, truth]));
    }
  });

  it('tells each fact with its source, its value as recorded and what was done to it', async () => {
    const { facts } = await explained('inr-missing');
    expect(facts.find(({ id }) => id === 'bilirubin')).toMatchObject({
      title: 'Bilirubin',
      state: 'found',
      text: '0.9 mg/dL',
      source: 'Observation/inr-missing-bilirubin',
      asRecorded: '0.9 mg/dL',
    });
    expect(facts.find(({ id }) => id === 'hcc')).toMatchObject({ text: 'yes' });
    expect(facts.find(({ id }) => id === 'ecog')).toMatchObject({ text: '0' });
    expect(facts.find(({ id }) => id === 'inr')).toMatchObject({ state: 'absent', closedWorld: false });
  });

  it('tells a measure with its inputs and with what is open', async () => {
    const { measures } = await explained('inr-missing');
    expect(measures.find(({ id }) => id === 'child-pugh-score')).toMatchObject({ label: 'A5 to B7', open: ['INR'] });
  });

  it('says which card tells a rule that fired, and by which worse one of its family another is superseded', async () => {
    const { rules } = await explained('ascites-child-pugh-b8', 2);
    const told = (id: string) => rules.find((rule) => rule.id === id)?.told;
    expect(told('tace-with-immunotherapy')).toEqual({ card: 'TACE together with systemic therapy' });
    expect(told('child-pugh-b8-combination')).toEqual({ card: 'Suitability of the patient for the therapy' });
    const worse = rules.find(({ id }) => id === 'child-pugh-b8-combination');
    expect(told('child-pugh-b-tace')).toEqual({ outdoneBy: `${worse?.ref} ${worse?.title}` });
    expect(rules.filter(({ truth, told }) => truth !== 'true' && told !== undefined)).toEqual([]);
  });

  it('says of every rule that fired, in every story, where it is told or why not', async () => {
    for (const { slug, calls } of stories) {
      const index = calls.findIndex(({ site, rules }) => !site && rules !== 'not evaluated');
      if (index < 0) continue;
      const { rules } = await explained(slug, index);
      expect(rules.filter(({ truth, status, told }) => truth === 'true' && (status === 'active') !== !!told)).toEqual(
        [],
      );
    }
  });

  it('tells apart the changes for which the record has nothing to compare with', async () => {
    const changes = async (slug: string) =>
      (await explained(slug)).measures.filter(({ isComparable }) => !isComparable).map(({ id }) => id);
    const sinceTace = ['child-pugh-rise', 'child-pugh-class-rise', 'child-pugh-laboratory-rise', 'albi-grade-rise'];
    expect(await changes('inr-missing')).toEqual(['ecog-change', ...sinceTace]);
    expect(await changes('liver-function-fell-since-tace')).toEqual(['ecog-change']);
    expect(await changes('ecog-worse-on-therapy')).toEqual(sinceTace);
  });

  it('names what is missing where a rule is undetermined, down to the condition that leaves it open', async () => {
    const { rules } = await explained('inr-missing');
    const rule = rules.find(({ id }) => id === 'child-pugh-b-tace');
    expect(rule).toMatchObject({ truth: 'undetermined', missing: ['INR'], asks: true });
    const leaves = rule ? leavesOf(rule.when) : [];
    expect(leaves).toContainEqual(expect.objectContaining({ says: 'Child-Pugh is 7 or more.', missing: ['INR'] }));
  });

  it('leaves no condition unsaid', async () => {
    const { rules } = await explained('both-at-once');
    const said = rules.flatMap(({ when, unless }) => [when, ...(unless ? [unless] : [])]).flatMap(leavesOf);
    expect(said.filter(({ says }) => says.trim() === '' || /undefined|\[object/.test(says))).toEqual([]);
  });

  it('tells the facts and measures of an opened record, of which no rule is evaluated', async () => {
    const { rules, facts, outcome } = await explained('opened-on-therapy');
    expect({ rules, outcome }).toEqual({ rules: [], outcome: { kind: 'cards', cards: 1 } });
    expect(facts.length).toBeGreaterThan(20);
  });

  it('tells why there is no card, and why a call was refused', async () => {
    expect((await explained('preserved-function')).outcome).toEqual({ kind: 'silent', reason: 'nothing-to-say' });
    const { body } = await request(app)
      .post('/workbench/explain/hcc-order-select')
      .send({ ...bodyOf('inr-missing', 0), prefetch: {} });
    expect(body.outcome).toMatchObject({ kind: 'refused', status: 412 });
  });
});

describe('the addresses of the workbench', () => {
  it('are there with the sandbox only', async () => {
    const { status } = await request(testApp({ sandbox: false }))
      .post('/workbench/explain/hcc-order-select')
      .send(bodyOf('inr-missing', 0));
    expect(status).toBe(404);
    expect((await request(testApp({ sandbox: false })).get('/')).status).toBe(404);
  });

  it('need a token where calls are authenticated', async () => {
    const closed = testApp({ sandbox: true, authentication: authenticating(), now: () => storyTime });
    const { status } = await request(closed).post('/workbench/explain/hcc-order-select').send(bodyOf('inr-missing', 0));
    expect(status).toBe(401);
  });

  it('keep nothing and show no card of a call that is only explained', async () => {
    const shown: unknown[] = [];
    const store = {
      cardsShown: (cards: unknown) => void shown.push(cards),
      keepFeedback: async () => ({ repeated: 0, unknown: 0 }),
      isAvailable: async () => true,
    };
    const recording = testApp({ sandbox: true, store, now: () => storyTime });
    await request(recording).post('/workbench/explain/hcc-order-select').send(bodyOf('inr-missing', 0));
    expect(shown).toEqual([]);
    await request(recording).post('/cds-services/hcc-order-select').send(bodyOf('inr-missing', 0));
    expect(shown).toHaveLength(1);
  });
});

function leavesOf(condition: ExplainedCondition): readonly ExplainedCondition[] {
  return condition.parts.length === 0 ? [condition] : condition.parts.flatMap(leavesOf);
}
