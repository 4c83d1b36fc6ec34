import { cardsFaults, discoveryFaults, faultsOf, outcomeFaults } from '../support/validate-response.ts';
import { goodCard, goodRequest } from './responses.ts';

/** A validator that refuses nothing proves nothing: each fault is planted once. */
describe('the validator of responses', () => {
  const [suggestion] = goodCard.suggestions;
  const [action] = suggestion.actions;
  const [reason] = goodCard.overrideReasons;
  const { suggestions: _suggestions, selectionBehavior: _behavior, ...plain } = goodCard;

  it('takes a good card, with or without suggestions', () => {
    expect(cardsFaults({ cards: [goodCard] }, goodRequest)).toEqual([]);
    expect(cardsFaults({ cards: [plain] }, goodRequest)).toEqual([]);
    expect(cardsFaults({ cards: [] })).toEqual([]);
  });

  it.each([
    ['an empty summary', { ...goodCard, summary: '' }],
    ['a summary of 140 characters', { ...goodCard, summary: 'x'.repeat(140) }],
    ['a summary of 139 code points that are 140 units of UTF-16', { ...goodCard, summary: `${'x'.repeat(138)}😀` }],
    ['a summary that was cut', { ...goodCard, summary: 'Could not be checked: conditions, labora…' }],
    ['a summary of two lines', { ...goodCard, summary: 'a\nb' }],
    ['an unknown indicator', { ...goodCard, indicator: 'hard-stop' }],
    ['no source', { ...goodCard, source: undefined }],
    ['no uuid', { ...goodCard, uuid: undefined }],
    ['a uuid that is used twice', { ...goodCard, uuid: suggestion.uuid }],
    ['an upper-case uuid', { ...goodCard, uuid: 'A0000000-0000-4000-8000-000000000001' }],
    ['null', { ...goodCard, links: null }],
    ['an empty array', { ...goodCard, links: [] }],
    ['an empty object', { ...goodCard, extension: {} }],
    ['suggestions without selectionBehavior', { ...plain, suggestions: goodCard.suggestions }],
    ['selectionBehavior without suggestions', { ...plain, selectionBehavior: 'any' }],
    ['a suggestion of two actions', { ...goodCard, suggestions: [{ ...suggestion, actions: [action, action] }] }],
    ['a suggestion of no action', { ...goodCard, suggestions: [{ label: 'x', uuid: suggestion.uuid }] }],
    [
      'an empty member of a resource',
      { ...goodCard, suggestions: [{ ...suggestion, actions: [create({ note: [] })] }] },
    ],
    ['an update of what is no draft', { ...goodCard, suggestions: [{ ...suggestion, actions: [update('2')] }] }],
    ['an override reason without display', { ...goodCard, overrideReasons: [{ system: 's', code: 'c' }] }],
    ['seven override reasons', { ...goodCard, overrideReasons: Array(7).fill(reason) }],
    ['a tag in the detail', { ...goodCard, detail: 'a <b>' }],
    ['an autolink in the detail', { ...goodCard, detail: '<https://example.org>' }],
    ['a comment in the detail', { ...goodCard, detail: '<!-- -->' }],
    ['a topic that Epic refuses', { ...goodCard, source: { label: 'l', topic: { system: 's', code: 'a-b' } } }],
    ['a member of no version', { ...goodCard, name: 'x' }],
  ])('refuses %s', (_, card) => {
    expect(cardsFaults({ cards: [card] }, goodRequest)).not.toEqual([]);
  });

  it('refuses to delete what is not among the drafts', () => {
    expect(cardsFaults({ cards: [goodCard] }, { context: {} })).toEqual(['ServiceRequest/1 to delete is no draft']);
    expect(cardsFaults({ cards: [goodCard] })).toEqual(['ServiceRequest/1 to delete is no draft']);
  });

  it('refuses four cards, and two of one topic', () => {
    const card = (n: number) => ({
      ...plain,
      uuid: `00000000-0000-4000-8000-00000000001${n}`,
      source: { label: 'l', topic: { system: 's', code: `T${n}` } },
    });
    expect(cardsFaults({ cards: [card(1), card(2), card(3)] })).toEqual([]);
    expect(cardsFaults({ cards: [card(1), card(2), card(3), card(4)] })).toEqual(['4 cards are more than three']);
    expect(cardsFaults({ cards: [card(1), { ...card(2), source: card(1).source }] })).toEqual([
      'two cards share the topic T1',
    ]);
  });

  it('refuses two services of one id, and a prefetch of nothing', () => {
    const service = { id: 'a', hook: 'order-sign', description: 'd' };
    expect(discoveryFaults({ services: [] })).toEqual([]);
    expect(discoveryFaults({ services: [service, service] })).not.toEqual([]);
    expect(discoveryFaults({ services: [{ ...service, prefetch: {} }] })).not.toEqual([]);
  });

  it('refuses an error that is no OperationOutcome', () => {
    const issue = { severity: 'error', code: 'invalid', details: { text: 'x' } };
    expect(outcomeFaults({ resourceType: 'OperationOutcome', issue: [issue] })).toEqual([]);
    expect(outcomeFaults({ resourceType: 'OperationOutcome', issue: [] })).not.toEqual([]);
    expect(outcomeFaults({ resourceType: 'OperationOutcome', issue: [{ ...issue, code: 'oops' }] })).not.toEqual([]);
    expect(outcomeFaults({ error: 'x' })).not.toEqual([]);
  });

  it('goes by the status, and wants JSON', () => {
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    expect(faultsOf({ status: 200, body: { cards: [] }, headers })).toEqual([]);
    expect(faultsOf({ status: 400, body: { cards: [] }, headers })).not.toEqual([]);
    expect(faultsOf({ status: 204, body: { cards: [] }, headers })).not.toEqual([]);
    expect(faultsOf({ status: 200, body: { cards: [] }, headers: {} })).not.toEqual([]);
    expect(faultsOf({ status: 200, body: { cards: [] }, text: '{ "cards": [] }', headers })).not.toEqual([]);
  });

  function create(more: object) {
    return { type: 'create', description: 'x', resource: { resourceType: 'ServiceRequest', ...more } };
  }

  function update(id: string) {
    return { type: 'update', description: 'x', resource: { resourceType: 'ServiceRequest', id } };
  }
});
