import { between } from '../../src/kernel/estimate.ts';
import { found, unavailable } from '../measures/facts.ts';
import { gapsOf } from './gaps.ts';

describe('a read that failed', () => {
  it('is named when what it would have told could make a card worse', () => {
    const facts = { 'immunotherapy-running': unavailable, 'checkpoint-inhibitor-last-given': unavailable };
    expect(gapsOf({ facts, failedReads: ['medications'] }).unavailable).toEqual(['medications']);
  });

  it('is named once, however many facts rest on it', () => {
    const facts = { bilirubin: unavailable, albumin: unavailable, inr: unavailable };
    expect(gapsOf({ facts, failedReads: ['labs'] }).unavailable).toEqual(['labs']);
  });

  it('is not named when everything that rests on it is known, or could not change anything', () => {
    const facts = { egfr: found(80, 'mL/min') };
    expect(gapsOf({ facts, failedReads: ['labs'] }).unavailable).toEqual([]);
    expect(
      gapsOf({ orders: ['tace'], facts: { 'tace-planned': unavailable }, failedReads: ['orders'] }).unavailable,
    ).toEqual([]);
  });

  it('is not named when the card is as bad as it can get without it', () => {
    const facts = { 'immunotherapy-running': unavailable, 'checkpoint-inhibitor-last-given': found(5, 'd') };
    expect(gapsOf({ facts, failedReads: ['medications'] }).unavailable).toEqual([]);
  });

  it('is named when what it would have told could make a card milder, but makes no card of its own', () => {
    const facts = { 'combination-study': unavailable, 'combination-agreed': unavailable };
    const failedReads = ['studies', 'care-plans', 'appointments'];
    const { unavailable: named, announced } = gapsOf({ orders: ['tace', 'durvalumab'], facts, failedReads });
    expect(named).toEqual(['studies', 'care-plans']);
    expect(announced).toEqual([]);
  });

  it('is not named when the card would be as bad without the finding that it could take back', () => {
    const failedReads = ['conditions'];
    const facts = { bilirubin: found(2.5, 'mg/dL'), 'biliary-obstruction': unavailable };
    expect(gapsOf({ facts, failedReads }).unavailable).toEqual(['conditions']);
    expect(
      gapsOf({ facts: { ...facts, albumin: found(2.4, 'g/dL'), ascites: found(2) }, failedReads }).unavailable,
    ).toEqual([]);
  });

  it('is named when it would tell that the patient is not concerned at all, but makes no card of its own', () => {
    const facts = { age: unavailable };
    const { unavailable: named, announced } = gapsOf({ facts, failedReads: ['patient'] });
    expect(named).toEqual(['patient']);
    expect(announced).toEqual([]);
  });

  it('that only softens makes no card either where what it tells could make one', () => {
    const facts = { 'tace-planned': unavailable };
    const { unavailable: named, announced } = gapsOf({ orders: ['durvalumab'], facts, failedReads: ['appointments'] });
    expect(named).toEqual(['appointments']);
    expect(announced).toEqual([]);
  });
});

describe('a rule that the record leaves open', () => {
  it('is said in one line when something was found: a drug that was stopped, nobody knows when', () => {
    const facts = { 'checkpoint-inhibitor-last-given': found(between(0, 200), 'd') };
    expect(gapsOf({ facts }).undecided.map(({ rule }) => rule.id)).toEqual(['tace-with-immunotherapy']);
  });

  it('is not said when nothing was found', () => {
    expect(gapsOf({ facts: { 'checkpoint-inhibitor-last-given': unavailable } }).undecided).toEqual([]);
    expect(gapsOf().undecided).toEqual([]);
  });
});
