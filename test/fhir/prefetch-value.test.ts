import fc from 'fast-check';
import { readPrefetchValue } from '../../src/fhir/prefetch-value.ts';
import { continuedWith, found, unavailable } from '../../src/fhir/read-result.ts';

const patient = { resourceType: 'Patient', id: '1' };
const condition = { resourceType: 'Condition', id: 'c' };
const next = 'https://fhir.example.org/r4?page=2';

const bundle = (resources: readonly unknown[], more: object = {}) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry: resources.map((resource) => ({ resource })),
  ...more,
});
const outcome = (severity: string, code: string, detailsCode?: string) => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity, code, ...(detailsCode && { details: { coding: [{ code: detailsCode }] } }) }],
});
const sent = (result: object, more: object = {}) => ({ sent: true, result, ...more });

describe('what a prefetch key says', () => {
  it('tells a key that was not sent from one that was sent empty', () => {
    expect(readPrefetchValue(undefined)).toEqual({ sent: false });
    expect(readPrefetchValue(null)).toEqual(sent(found([])));
    expect(readPrefetchValue({ resourceType: 'Bundle' })).toEqual(sent(found([])));
    expect(readPrefetchValue(bundle([], { total: 0 }))).toEqual(sent(found([])));
  });

  it('takes a single resource as it is', () => {
    expect(readPrefetchValue(patient)).toEqual(sent(found([patient])));
  });

  it.each([{}, { type: 'collection' }, { type: undefined }, { type: 42 }])(
    'takes the entries of a Bundle with %j',
    (type) => {
      expect(readPrefetchValue(bundle([patient, condition], type))).toEqual(sent(found([patient, condition])));
    },
  );

  it('takes an entry that is not in an array', () => {
    expect(readPrefetchValue({ resourceType: 'Bundle', entry: { resource: patient } })).toEqual(sent(found([patient])));
  });

  it.each([0, '', 'text', true, [], [patient], {}, { resourceType: '' }, { resourceType: 7 }, { entry: [] }])(
    'cannot use %j, which is not a resource',
    (value) => {
      expect(readPrefetchValue(value)).toEqual(
        sent(unavailable('prefetch holds something that is not a FHIR resource')),
      );
    },
  );
});

describe('what a Bundle lacks', () => {
  it('offers the next page', () => {
    const paged = bundle([condition], {
      link: [
        { relation: 'self', url: 'x' },
        { relation: 'next', url: next },
      ],
      total: 9,
    });
    expect(readPrefetchValue(paged)).toEqual(sent(found([condition], false), { next }));
  });

  it('reads a link that is not in an array', () => {
    expect(readPrefetchValue(bundle([], { link: { relation: 'next', url: next } }))).toMatchObject({ next });
  });

  it('is incomplete when the next link has no URL', () => {
    expect(readPrefetchValue(bundle([condition], { link: [{ relation: 'next' }] }))).toEqual(
      sent(found([condition], false)),
    );
  });

  it('is incomplete when it counts more than it holds and does not say where the rest is', () => {
    expect(readPrefetchValue(bundle([condition], { total: 3 }))).toEqual(sent(found([condition], false)));
  });

  it.each([[null], ['text'], [{}], [{ resourceType: 'Bundle', entry: [{ resource: condition }] }]])(
    'is incomplete when an entry holds %j, which is not followed',
    (junk) => {
      expect(readPrefetchValue(bundle([patient, junk]))).toEqual(sent(found([patient], false)));
    },
  );
});

describe('OperationOutcomes', () => {
  it('are never "nothing found" at the top level', () => {
    const reason = 'prefetch holds an OperationOutcome';
    expect(readPrefetchValue(outcome('warning', 'processing'))).toEqual(sent(unavailable(reason)));
  });

  it.each(['error', 'fatal'])('of severity %s make an otherwise empty Bundle unavailable', (severity) => {
    const reason = 'prefetch holds an error instead of results';
    expect(readPrefetchValue(bundle([outcome(severity, 'processing')]))).toEqual(sent(unavailable(reason)));
  });

  it('of severity error leave what was found, incomplete and not to be made complete by reading on', () => {
    const value = bundle([condition, outcome('error', 'processing')], { link: [{ relation: 'next', url: next }] });
    expect(readPrefetchValue(value)).toEqual(sent(found([condition], false)));
  });

  it.each(['warning', 'information'])('of severity %s say nothing about what was found', (severity) => {
    expect(readPrefetchValue(bundle([condition, outcome(severity, 'processing')]))).toEqual(sent(found([condition])));
    expect(readPrefetchValue(bundle([outcome(severity, 'informational')]))).toEqual(sent(found([])));
  });

  it.each(['suppressed', 'incomplete', 'forbidden', 'timeout'])(
    'that warn of something held back (%s) leave the Bundle incomplete',
    (code) => {
      expect(readPrefetchValue(bundle([outcome('warning', code, '59204')]))).toEqual(sent(found([], false)));
    },
  );

  it.each(['warning', 'fatal'])(
    "are ignored when they are Epic's 4101 (%s) on a search without results",
    (severity) => {
      const value = bundle([outcome(severity, 'processing', '4101')], { total: 0 });
      expect(readPrefetchValue(value)).toEqual(sent(found([])));
    },
  );

  it('with 4101 and severity fatal are an error all the same when the Bundle does not count zero', () => {
    const value = bundle([outcome('fatal', 'processing', '4101')]);
    expect(readPrefetchValue(value)).toMatchObject({ result: { state: 'unavailable' } });
  });

  it.each([{ issue: [] }, { issue: 'x' }, {}, { issue: [{}] }])('that say nothing (%j) prove nothing', (junk) => {
    expect(readPrefetchValue(bundle([{ resourceType: 'OperationOutcome', ...junk }]))).toEqual(sent(found([], false)));
  });
});

describe('the wrapper of the 2018 drafts', () => {
  it('is taken off', () => {
    const response = { status: '200 OK' };
    expect(readPrefetchValue({ response, resource: patient })).toEqual(sent(found([patient])));
    expect(readPrefetchValue({ response, resource: bundle([condition]) })).toEqual(sent(found([condition])));
    expect(readPrefetchValue({ response, resource: null })).toEqual(sent(found([])));
  });

  it('says which status the client got', () => {
    const value = { response: { status: '403 Forbidden' }, resource: null };
    expect(readPrefetchValue(value)).toEqual(sent(unavailable('prefetch holds an answer 403')));
  });

  it('is taken off once only', () => {
    const value = { resource: { resource: patient } };
    expect(readPrefetchValue(value)).toMatchObject({ result: { state: 'unavailable' } });
    expect(readPrefetchValue({ response: { status: {} } })).toMatchObject({ result: { state: 'unavailable' } });
  });
});

describe('whatever a client sends', () => {
  it('never makes reading it throw', () => {
    const junk = fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true, withSparseArray: true });
    const part = fc.oneof(junk, fc.jsonValue());
    const nearlyFhir = fc.record(
      {
        resourceType: fc.constantFrom('Bundle', 'OperationOutcome'),
        entry: part,
        link: part,
        issue: part,
        total: part,
      },
      { requiredKeys: ['resourceType'] },
    );
    const value = fc.oneof(
      part,
      nearlyFhir,
      fc.array(fc.oneof(part, nearlyFhir)).map((resources) => bundle(resources)),
      fc.record({ response: part, resource: fc.oneof(part, nearlyFhir) }),
    );
    fc.assert(
      fc.property(value, (sentValue) => {
        const reading = readPrefetchValue(sentValue);
        expect(reading.sent).toBe(sentValue !== undefined);
        if (reading.sent) expect(['found', 'unavailable']).toContain(reading.result.state);
      }),
      { numRuns: 1000 },
    );
  });

  it('may be as deep as it likes', () => {
    const depth = 20_000;
    const deep: unknown = JSON.parse(
      `${'{"resourceType":"Bundle","entry":[{"resource":'.repeat(depth)}1${'}]}'.repeat(depth)}`,
    );
    expect(readPrefetchValue(deep)).toEqual(sent(found([], false)));
  });
});

describe('a first page and what follows it', () => {
  const first = found([patient], false);
  it('are complete together only if the rest is', () => {
    expect(continuedWith(first, found([condition]))).toEqual(found([patient, condition]));
    expect(continuedWith(first, found([condition], false))).toEqual(found([patient, condition], false));
  });

  it('leave the first page standing when the rest cannot be read', () => {
    expect(continuedWith(first, unavailable('timed out'))).toEqual(first);
  });

  it('do not make up for a first page that could not be read', () => {
    expect(continuedWith(unavailable('x'), found([condition]))).toEqual(unavailable('x'));
  });
});
