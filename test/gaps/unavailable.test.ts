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

  it('that can only soften a card is never named', () => {
    const facts = { 'combination-study': unavailable, 'immunotherapy-running': unavailable };
    const failedReads = ['studies', 'administrations', 'appointments', 'statements', 'dispenses', 'patient'];
    expect(gapsOf({ orders: ['tace', 'durvalumab'], facts, failedReads }).unavailable).toEqual([]);
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
