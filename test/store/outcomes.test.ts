import { randomUUID } from 'node:crypto';
import { insertFeedback } from '../../src/store/feedback.ts';
import { countOutcomes, countUnknown } from '../../src/store/outcomes.ts';
import { insertShownCards } from '../../src/store/shown-cards.ts';
import type { FeedbackEvent, ShownCard } from '../../src/store/store.ts';
import { accepted, describeStores, eachWithDatabase, overridden, shownCard } from '../support/stores.ts';

const a1 = { id: 'a', version: 1 };
const a2 = { id: 'a', version: 2 };
const b1 = { id: 'b', version: 1 };
const at = (minute: number) => new Date(Date.UTC(2026, 10, 5, 12, minute));

describeStores('what became of the cards', (create) => {
  const { database } = eachWithDatabase(create);
  const withStore = () => {
    const store = database();
    return {
      show: async (more: Partial<ShownCard>, ...said: readonly ((card: string) => FeedbackEvent)[]) => {
        const card = shownCard(more);
        await store.write((tables) => insertShownCards(tables, [card]));
        const events = said.map((say) => say(card.uuid));
        await store.write((tables) => insertFeedback(tables, events, at(30)));
      },
      tell: (event: FeedbackEvent) => store.write((tables) => insertFeedback(tables, [event], at(30))),
      counts: async (from?: string, to?: string) => {
        const period = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
        const counts = await store.read((tables) => countOutcomes(tables, period));
        return counts
          .map(({ month, rule, version, outcome, reasonSystem, reasonCode, cards }) =>
            [month, `${rule}@${version}`, outcome, reasonSystem, reasonCode, cards]
              .filter((one) => one !== undefined)
              .join(' '),
          )
          .sort();
      },
      unknown: () => store.read(countUnknown),
    };
  };

  it('is nothing in an empty store', async () => {
    const { counts, unknown } = withStore();
    expect([await counts(), await unknown()]).toEqual([[], 0]);
  });

  it('is counted by month, rule and version; a card with two rules counts for both', async () => {
    const { show, counts } = withStore();
    await show({ rules: [a1, b1] }, (card) => accepted(card, [randomUUID()]));
    await show({ rules: [a1] });
    await show({ rules: [a2] });
    await show({ rules: [a1], shownAt: new Date('2026-12-01T00:00:00Z') });
    await show({ rules: [a1], shownAt: new Date('2026-11-30T23:59:59.999Z') });
    expect(await counts()).toEqual([
      '2026-11 a@1 accepted 1',
      '2026-11 a@1 none 2',
      '2026-11 a@2 none 1',
      '2026-11 b@1 accepted 1',
      '2026-12 a@1 none 1',
    ]);
  });

  it('is limited to months, both included', async () => {
    const { show, counts } = withStore();
    for (const month of ['09', '10', '11', '12'])
      await show({ rules: [a1], shownAt: new Date(`2026-${month}-15T00:00:00Z`) });
    const months = async (from?: string, to?: string) => (await counts(from, to)).map((line) => line.slice(5, 7));
    expect(await months('2026-10', '2026-11')).toEqual(['10', '11']);
    expect(await months('2026-11')).toEqual(['11', '12']);
    expect(await months(undefined, '2026-09')).toEqual(['09']);
  });

  it('is one outcome for a card, however often it was spoken of: the reason is the last one', async () => {
    const { show, counts } = withStore();
    const said = (minute: number, code?: string) => (card: string) =>
      overridden(card, { outcomeAt: at(minute), ...(code === undefined ? {} : { reason: { system: 'urn:x', code } }) });
    await show({ rules: [a1] }, said(3, 'last'), said(1, 'first'), said(2));
    await show({ rules: [a1] }, said(1, 'first'), said(2));
    expect(await counts()).toEqual(['2026-11 a@1 overridden 1', '2026-11 a@1 overridden urn:x last 1']);
  });

  it('is accepted when anything was accepted, before or after the card was put away', async () => {
    const { show, counts } = withStore();
    const accept = (minute: number) => (card: string) => accepted(card, [randomUUID()], { outcomeAt: at(minute) });
    const dismiss = (minute: number) => (card: string) => overridden(card, { outcomeAt: at(minute) });
    await show({ rules: [a1] }, accept(1), dismiss(2));
    await show({ rules: [a1] }, dismiss(1), accept(2), accept(3));
    expect(await counts()).toEqual(['2026-11 a@1 accepted 2']);
  });

  it('counts a card once when it was overridden for two reasons at the same moment', async () => {
    const { show, counts } = withStore();
    const because = (code: string) => (card: string) => overridden(card, { reason: { code } });
    await show({ rules: [a1] }, because('x'), because('y'));
    const [line = '', ...others] = await counts();
    expect([line.replace(/[xy]/, '?'), others]).toEqual(['2026-11 a@1 overridden ? 1', []]);
  });

  it('does not count what was said of cards that are not known, but says how much that is', async () => {
    const { show, tell, counts, unknown } = withStore();
    await tell(overridden(randomUUID()));
    await tell(overridden('foreign:1'));
    await show({ rules: [a1] }, overridden);
    expect([await counts(), await unknown()]).toEqual([['2026-11 a@1 overridden 1'], 2]);
  });
});
