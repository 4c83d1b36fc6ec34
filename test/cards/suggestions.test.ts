import type { ServiceRequest } from 'fhir/r4.js';
import { found, nothingRecorded, stale } from '../measures/facts.ts';
import { procedure, recognised } from '../orders/drafts.ts';
import { cardOf, cardsOf, ordersOf, rule, withRules } from './cards.ts';

const loincOf = (resource: unknown) => (resource as ServiceRequest).code?.coding?.[0]?.code;

describe('a suggestion', () => {
  const cards = [
    ...cardsOf({ drafts: ['TACE', 'atezolizumab', 'bevacizumab'], sandbox: true }),
    ...cardsOf({ facts: { bilirubin: nothingRecorded, albumin: stale, inr: nothingRecorded } }),
    ...cardsOf({ drafts: ['TACE', 'lenvatinib'], facts: { albumin: found(2, 'g/dL'), inr: found(3, '{INR}') } }),
  ];
  const suggestions = cards.flatMap((card) => card.suggestions ?? []);

  it('G4: has exactly one action, as the least able client wants it', () => {
    expect(suggestions.length).toBeGreaterThan(5);
    for (const { actions } of suggestions) expect(actions).toHaveLength(1);
  });

  it('G1, G2: is labelled like its action and has an id of its own on the card', () => {
    for (const { label, uuid, actions } of suggestions) {
      expect(uuid).not.toBe('');
      expect(label).toBe(actions[0]?.description);
    }
    for (const card of cards) {
      const ids = [card.uuid, ...(card.suggestions ?? []).map(({ uuid }) => uuid)];
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('K11: is one of at most four, and any of them may be chosen', () => {
    for (const card of cards) expect(card.suggestions?.length ?? 0).toBeLessThanOrEqual(4);
    const definitions = withRules(rule('a', 'sequence', 'info', { suggestions: ['remove-tace', 'remove-systemic'] }));
    const drafts = ['TACE', 'nivolumab', 'ipilimumab', 'lenvatinib', 'sorafenib', 'bevacizumab'];
    expect(cardOf({ drafts, definitions })).toMatchObject({ selectionBehavior: 'any', suggestions: { length: 4 } });
  });
});

describe('a card without suggestions', () => {
  it('K10: says nothing of how to choose one', () => {
    const card = cardOf({ definitions: withRules(rule('a', 'sequence', 'info')) });
    expect(card).not.toHaveProperty('suggestions');
    expect(card).not.toHaveProperty('selectionBehavior');
  });
});

describe('removing an order', () => {
  it('G9, G11: names a draft of this request', () => {
    const { suggestions = [] } = cardOf({ drafts: ['TACE', 'atezolizumab'] });
    expect(suggestions.map(({ actions }) => actions[0])).toEqual([
      { type: 'delete', description: 'Remove the order: TACE', resourceId: 'ServiceRequest/TACE' },
      { type: 'delete', description: 'Remove the order: atezolizumab', resourceId: 'MedicationRequest/atezolizumab' },
    ]);
  });

  it('is not offered for what is only scheduled or running', () => {
    const facts = { 'tace-planned': { ...found(1), orders: [{ name: 'tace', label: 'TACE' }] } };
    const { suggestions = [] } = cardOf({ drafts: ['durvalumab'], facts });
    expect(suggestions.map(({ actions }) => actions[0]?.resourceId)).toEqual(['MedicationRequest/durvalumab']);
  });

  it('is offered once, however many findings ask for it', () => {
    const rules = ['a', 'b'].map((id) => rule(id, 'sequence', 'info', { suggestions: ['remove-tace'] }));
    expect(cardOf({ definitions: withRules(...rules) }).suggestions).toHaveLength(1);
  });

  it('is offered for each of two drafts of the same kind', () => {
    const orders = recognised(procedure('TACE', { id: 'a' }), procedure('TACE', { id: 'b' }));
    const definitions = withRules(rule('a', 'sequence', 'info', { suggestions: ['remove-tace'] }));
    expect(cardOf({ orders, definitions }).suggestions?.map(({ actions }) => actions[0]?.resourceId)).toEqual([
      'ServiceRequest/a',
      'ServiceRequest/b',
    ]);
  });

  it('calls a draft by our words, never by those of the record', () => {
    const orders = recognised(procedure('Bland embolization of liver <img>', { id: 'x' }));
    const { suggestions = [] } = cardOf({ orders, facts: { ecog: found(3) } });
    expect(suggestions[0]?.label).toBe('Remove the order: Embolisation');
  });
});

describe('ordering a missing test', () => {
  const facts = { bilirubin: nothingRecorded, albumin: stale, inr: nothingRecorded };

  it('G8: creates one order per test, by its LOINC code, for this patient', () => {
    const created = (cardOf({ facts }).suggestions ?? []).map(({ actions }) => actions[0]);
    expect(created.map((action) => loincOf(action?.resource)).sort()).toEqual(['1751-7', '1975-2', '6301-6']);
    for (const action of created) {
      expect(action).toMatchObject({
        type: 'create',
        resource: {
          resourceType: 'ServiceRequest',
          status: 'draft',
          intent: 'order',
          subject: { reference: 'Patient/1' },
        },
      });
    }
  });

  it('is not offered for what is drafted or awaited', () => {
    const card = cardOf({ facts, awaited: ['bilirubin', 'inr'] });
    expect(card.suggestions?.map(({ actions }) => loincOf(actions[0]?.resource))).toEqual(['1751-7']);
    expect(card.detail).toContain('Ordered, no result yet: bilirubin and INR.');
  });

  it('makes no card when all of them are awaited', () => {
    expect(cardsOf({ facts, awaited: ['bilirubin', 'inr', 'albumin'] })).toEqual([]);
  });

  it('is not offered for an INR on an anticoagulant', () => {
    const card = cardOf({ facts: { ...facts, anticoagulant: found(1) } });
    expect(card.suggestions?.map(({ actions }) => loincOf(actions[0]?.resource))).not.toContain('6301-6');
  });
});

describe('asking the tumour board', () => {
  const labels = (sandbox: boolean) =>
    (cardOf({ drafts: ['TACE', 'durvalumab'], sandbox }).suggestions ?? []).map(({ label }) => label);

  it('is offered in the sandbox only, until a hospital maps it to an order of its own', () => {
    expect(labels(true)).toContain('Request a tumour-board discussion');
    expect(labels(false)).not.toContain('Request a tumour-board discussion');
  });
});

describe('orders that are context only', () => {
  it('can be removed as well: they are drafts of this request', () => {
    const [tace, atezolizumab] = ordersOf('TACE', 'atezolizumab');
    if (tace === undefined || atezolizumab === undefined) throw new Error('the drafts were not recognised');
    const { suggestions = [] } = cardOf({ orders: [tace, { ...atezolizumab, advised: false }] });
    expect(suggestions.map(({ actions }) => actions[0]?.resourceId)).toContain('MedicationRequest/atezolizumab');
  });
});
