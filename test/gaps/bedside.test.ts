import { found, nothingRecorded, stale, unavailable } from '../measures/facts.ts';
import { gapsOf } from './gaps.ts';

const unrecorded = { ascites: nothingRecorded, encephalopathy: nothingRecorded };

describe('T11: ascites and encephalopathy that nobody recorded', () => {
  it('make no card while the liver tests make three points', () => {
    expect(gapsOf({ facts: unrecorded })).toMatchObject({
      suspicious: false,
      bedside: expect.arrayContaining(['ascites', 'encephalopathy']),
      askedAtBedside: [],
      laboratory: [],
    });
  });

  it('make a card when albumin of 3.2 g/dL makes it four', () => {
    const { suspicious, askedAtBedside } = gapsOf({ facts: { ...unrecorded, albumin: found(3.2, 'g/dL') } });
    expect(suspicious).toBe(true);
    expect([...askedAtBedside].sort()).toEqual(['ascites', 'encephalopathy']);
  });

  it('do not matter to the indicator when the tests alone make class C', () => {
    const facts = { ...unrecorded, bilirubin: found(5, 'mg/dL'), albumin: found(2, 'g/dL'), inr: found(3, '{INR}') };
    expect(gapsOf({ facts })).toMatchObject({ bedside: [], askedAtBedside: [], laboratory: [] });
  });
});

describe('a reason to ask for ascites and encephalopathy', () => {
  it.each([
    'diuretic',
    'encephalopathy-drug',
    'paracentesis-or-tips',
    'decompensated-cirrhosis',
    'ascites-ever',
    'encephalopathy-ever',
  ])('is %s', (trace) => {
    const gaps = gapsOf({ facts: { ...unrecorded, [trace]: found(1) } });
    expect(gaps.suspicious).toBe(true);
    expect([...gaps.askedAtBedside].sort()).toEqual(['ascites', 'encephalopathy']);
  });

  it('is none that could not be read', () => {
    expect(gapsOf({ facts: { ...unrecorded, diuretic: unavailable } })).toMatchObject({
      suspicious: false,
      askedAtBedside: [],
    });
  });

  it('asks only for what is missing', () => {
    const facts = { ...unrecorded, ascites: found(0), albumin: found(3.2, 'g/dL') };
    expect(gapsOf({ facts }).askedAtBedside).toEqual(['encephalopathy']);
  });

  it('asks for a statement of absence that is too old', () => {
    const facts = { ascites: stale, albumin: found(3.2, 'g/dL') };
    expect(gapsOf({ facts }).askedAtBedside).toEqual(['ascites']);
  });

  it('asks for nothing when both are known', () => {
    expect(gapsOf({ facts: { albumin: found(3.2, 'g/dL') } })).toMatchObject({ bedside: [], askedAtBedside: [] });
  });

  it('is not asked for when it could not be read: then that is said', () => {
    const facts = { ascites: unavailable, encephalopathy: unavailable, albumin: found(3.2, 'g/dL') };
    expect(gapsOf({ facts, failedReads: ['conditions'] })).toMatchObject({
      bedside: [],
      askedAtBedside: [],
      unavailable: ['conditions'],
    });
  });
});

describe('ECOG that nobody recorded', () => {
  it('is one line of the detail, never a card of its own', () => {
    const gaps = gapsOf({ facts: { ecog: nothingRecorded, albumin: found(3.2, 'g/dL') } });
    expect(gaps.bedside).toContain('ecog');
    expect(gaps.askedAtBedside).toEqual([]);
  });

  it('does not matter where Karnofsky says it', () => {
    expect(gapsOf({ facts: { ecog: nothingRecorded, karnofsky: found(100) } }).bedside).toEqual([]);
  });
});

describe('the policy of the site', () => {
  const facts = { ...unrecorded, ecog: nothingRecorded };

  it('always: asks for every bedside finding that matters, without a reason in the record', () => {
    const { askedAtBedside } = gapsOf({ facts, askBedside: 'always' });
    expect([...askedAtBedside].sort()).toEqual(['ascites', 'ecog', 'encephalopathy']);
  });

  it('never: asks for none, whatever the reason', () => {
    const gaps = gapsOf({ facts: { ...facts, albumin: found(3.2, 'g/dL') }, askBedside: 'never' });
    expect(gaps).toMatchObject({ suspicious: true, askedAtBedside: [] });
    expect([...gaps.bedside].sort()).toEqual(['ascites', 'ecog', 'encephalopathy']);
  });

  it('changes nothing for tests', () => {
    for (const askBedside of ['always', 'when-suspicious', 'never'] as const) {
      expect(gapsOf({ facts: { bilirubin: nothingRecorded }, askBedside }).laboratory).toEqual(['bilirubin']);
    }
  });
});

describe('a continuation of systemic therapy', () => {
  const facts = { ...unrecorded, albumin: found(3.2, 'g/dL'), 'systemic-therapy-last-given': found(21, 'd') };

  it('does not ask at the bedside again', () => {
    expect(gapsOf({ orders: ['durvalumab'], facts })).toMatchObject({ suspicious: true, askedAtBedside: [] });
  });

  it('is over after 90 days', () => {
    const later = { ...facts, 'systemic-therapy-last-given': found(91, 'd') };
    expect(gapsOf({ orders: ['durvalumab'], facts: later }).askedAtBedside).not.toEqual([]);
  });

  it('is none when TACE is ordered', () => {
    expect(gapsOf({ orders: ['tace'], facts }).askedAtBedside).not.toEqual([]);
    expect(gapsOf({ orders: ['tace', 'durvalumab'], facts }).askedAtBedside).not.toEqual([]);
  });

  it('asks for tests that are older than their validity', () => {
    expect(gapsOf({ orders: ['durvalumab'], facts: { ...facts, bilirubin: stale } }).laboratory).toEqual(['bilirubin']);
  });
});
