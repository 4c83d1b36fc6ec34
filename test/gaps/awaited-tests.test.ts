import { awaitedTests } from '../../src/gaps/awaited-tests.ts';
import { readDrafts } from '../../src/orders/draft.ts';
import { asResources, daysAgo, type Loose, recordOf, serviceRequest } from '../facts/records.ts';
import { draftBundle, drug, procedure } from '../orders/drafts.ts';
import { shippedDefinitions } from '../support/app.ts';
import { vocabulary } from './gaps.ts';

const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] });

function awaited(orders: readonly Loose[], ...drafts: readonly unknown[]): readonly string[] {
  const read = readDrafts(draftBundle(...drafts));
  const session = new Set(read.map(({ reference }) => reference));
  const record = recordOf({ orders }, { session });
  return [...awaitedTests(shippedDefinitions(), record, read, vocabulary.thresholds)].sort();
}

describe('a test is awaited', () => {
  it('when it is drafted in this session, by code or by name', () => {
    expect(awaited([], procedure(loinc('1975-2')))).toEqual(['bilirubin']);
    expect(awaited([], procedure('Albumin, serum'), procedure('INR', { id: 'other' }))).toEqual(['albumin', 'inr']);
  });

  it('when it was ordered at most 14 days ago', () => {
    expect(awaited([serviceRequest(loinc('1751-7'), { authoredOn: daysAgo(14) })])).toEqual(['albumin']);
    expect(awaited([serviceRequest(loinc('1751-7'), { authoredOn: daysAgo(15) })])).toEqual([]);
  });

  it('not when nobody knows since when', () => {
    expect(awaited([serviceRequest(loinc('1751-7'))])).toEqual([]);
  });

  it.each(['completed', 'revoked', 'draft', 'entered-in-error'])('not when its order is %s', (status) => {
    expect(awaited([serviceRequest(loinc('1751-7'), { status, authoredOn: daysAgo(1) })])).toEqual([]);
  });

  it('not when something similar is ordered', () => {
    expect(awaited([], procedure('Bilirubin, direct'))).toEqual([]);
    expect(awaited([], procedure('Microalbumin, urine', { id: 'other' }))).toEqual([]);
    expect(awaited([serviceRequest('TACE', { authoredOn: daysAgo(1) })])).toEqual([]);
  });

  it('not when albumin is given: an infusion is no test', () => {
    expect(awaited([], drug('albumin human 25 % infusion'))).toEqual([]);
  });

  it('not when the draft will not be carried out', () => {
    expect(awaited([], procedure(loinc('1975-2'), { status: 'cancelled' }))).toEqual([]);
  });

  it('never makes junk throw', () => {
    const orders = asResources([serviceRequest({}, { code: null, authoredOn: 7 })]) as unknown as Loose[];
    expect(awaited(orders, procedure(null), procedure({ coding: 'x' }))).toEqual([]);
  });
});
