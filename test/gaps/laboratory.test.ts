import { between, lessThan } from '../../src/kernel/estimate.ts';
import { found, none, nothingRecorded, stale, unavailable, unusable } from '../measures/facts.ts';
import { gapsOf } from './gaps.ts';

const unrecorded = { ascites: nothingRecorded, encephalopathy: nothingRecorded };

describe('a laboratory gap', () => {
  it('is none where every test has a valid result', () => {
    expect(gapsOf()).toMatchObject({ laboratory: [], pending: [], unusable: [], unavailable: [] });
  });

  it.each([
    ['absent', nothingRecorded],
    ['stale', stale],
    ['unusable', unusable],
  ])('is a result that is %s and could change the indicator', (_name, fact) => {
    expect(gapsOf({ facts: { bilirubin: fact } }).laboratory).toEqual(['bilirubin']);
  });

  it('is every test that could change it', () => {
    const facts = { bilirubin: nothingRecorded, albumin: nothingRecorded, inr: stale };
    expect([...gapsOf({ facts }).laboratory].sort()).toEqual(['albumin', 'bilirubin', 'inr']);
  });

  it('is none where the result could not change anything: a recorded A5 says what one missing test leaves open', () => {
    expect(gapsOf({ orders: ['lenvatinib'], facts: { albumin: nothingRecorded } }).laboratory).toEqual(['albumin']);
    const recorded = { albumin: nothingRecorded, 'recorded-child-pugh': found(5) };
    expect(gapsOf({ orders: ['lenvatinib'], facts: recorded }).laboratory).toEqual([]);
  });

  it('is none where the worst is certain already: critical whatever is missing', () => {
    const facts = {
      bilirubin: found(5, 'mg/dL'),
      albumin: found(2, 'g/dL'),
      ascites: found(3),
      encephalopathy: found(1),
      inr: nothingRecorded,
    };
    expect(gapsOf({ facts }).laboratory).toEqual([]);
  });

  it('takes the bedside findings at their mildest: tests are not asked for because ascites might be there', () => {
    const facts = { ...unrecorded, inr: nothingRecorded, bilirubin: found(0.8, 'mg/dL') };
    expect(gapsOf({ facts, orders: ['durvalumab'] }).laboratory).toEqual(['inr']);
    const noneNeeded = { ...unrecorded, 'recorded-child-pugh': found(5), inr: nothingRecorded };
    expect(gapsOf({ facts: noneNeeded, orders: ['durvalumab'] }).laboratory).toEqual([]);
  });

  it('is a test of its own, even where Child-Pugh is certain: bilirubin also selects for TACE', () => {
    const facts = { bilirubin: nothingRecorded, 'recorded-child-pugh': found(5) };
    expect(gapsOf({ facts }).laboratory).toEqual(['bilirubin']);
    expect(gapsOf({ facts, orders: ['sorafenib'] }).laboratory).toEqual([]);
  });

  it('is not a result that is known as a range: the laboratory has answered', () => {
    expect(gapsOf({ facts: { bilirubin: found(lessThan(5), 'mg/dL') } }).laboratory).toEqual([]);
    expect(gapsOf({ facts: { bilirubin: found(between(1.9, 2.1), 'mg/dL') } }).laboratory).toEqual([]);
  });

  it('is not a test that no rule reads', () => {
    const { laboratory, pending, bedside } = gapsOf();
    expect([...laboratory, ...pending, ...bedside]).not.toContain('platelets');
  });

  it('is creatinine before TACE, but not before systemic therapy, which does not need it', () => {
    expect(gapsOf({ facts: { creatinine: nothingRecorded } }).laboratory).toEqual(['creatinine']);
    expect(gapsOf({ facts: { creatinine: stale }, orders: ['durvalumab'] }).laboratory).toEqual([]);
  });

  it('is not what another test has answered: creatinine where there is an eGFR', () => {
    const facts = { creatinine: nothingRecorded, egfr: found(85, 'mL/min/{1.73_m2}') };
    expect(gapsOf({ facts }).laboratory).toEqual([]);
    expect(gapsOf({ facts: { ...facts, egfr: stale } }).laboratory).toEqual(['creatinine']);
  });

  it('is not a finding that could not be read: a test would not mend the reading', () => {
    expect(gapsOf({ facts: { bilirubin: unavailable }, failedReads: ['labs'] })).toMatchObject({
      laboratory: [],
      unavailable: ['labs'],
    });
  });
});

describe('an INR on an anticoagulant', () => {
  const facts = { inr: nothingRecorded, anticoagulant: found(1) };

  it('is never asked for: it would say nothing of the liver', () => {
    expect(gapsOf({ facts }).laboratory).toEqual([]);
    expect(gapsOf({ facts: { ...facts, inr: found(2.8, '{INR}') } }).laboratory).toEqual([]);
  });

  it('does not keep other tests from being asked for', () => {
    expect(gapsOf({ facts: { ...facts, bilirubin: nothingRecorded } }).laboratory).toEqual(['bilirubin']);
  });

  it('is asked for where there is none', () => {
    expect(gapsOf({ facts: { inr: nothingRecorded, anticoagulant: none } }).laboratory).toEqual(['inr']);
  });
});

describe('a test that is awaited', () => {
  it('is listed as such and not asked for again', () => {
    expect(gapsOf({ facts: { bilirubin: stale }, awaited: ['bilirubin'] })).toMatchObject({
      laboratory: [],
      pending: ['bilirubin'],
    });
  });

  it('does not keep others from being asked for', () => {
    const facts = { bilirubin: nothingRecorded, albumin: nothingRecorded };
    expect(gapsOf({ facts, awaited: ['bilirubin'] })).toMatchObject({
      laboratory: ['albumin'],
      pending: ['bilirubin'],
    });
  });

  it('is not mentioned where its result could not change anything', () => {
    expect(gapsOf({ awaited: ['bilirubin'] })).toMatchObject({ laboratory: [], pending: [] });
  });
});

describe('a value that cannot be used', () => {
  it('is always said, even where nothing depends on it', () => {
    const facts = { albumin: unusable, 'recorded-child-pugh': found(5) };
    expect(gapsOf({ orders: ['sorafenib'], facts })).toMatchObject({ unusable: ['albumin'], laboratory: [] });
  });

  it('is not said of one that is merely old or missing', () => {
    expect(gapsOf({ facts: { albumin: stale, inr: nothingRecorded } }).unusable).toEqual([]);
  });

  it('is said of a bedside score as well', () => {
    expect(gapsOf({ facts: { ecog: unusable } }).unusable).toEqual(['ecog']);
  });
});
