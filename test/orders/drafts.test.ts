import fc from 'fast-check';
import { readDrafts, withMedication } from '../../src/orders/draft.ts';
import { recogniseOrders } from '../../src/orders/recognise-orders.ts';
import { shippedDefinitions } from '../support/app.ts';
import { coded, draftBundle, drug, names, procedure, system } from './drafts.ts';

const reference = (to: string, display?: string) => ({
  medicationCodeableConcept: undefined,
  medicationReference: { reference: to, ...(display !== undefined && { display }) },
});
const lenvatinib = { resourceType: 'Medication', id: 'med', code: coded(system.rxnorm, '1603296') };

describe('the medication of a draft', () => {
  it('is found when it is contained', () => {
    expect(names(drug(undefined, { ...reference('#med'), contained: [lenvatinib] }))).toEqual(['lenvatinib']);
  });

  it('is found when the contained resource is sent as an object', () => {
    expect(names(drug(undefined, { ...reference('#med'), contained: lenvatinib }))).toEqual(['lenvatinib']);
  });

  it.each(['Medication/med', 'https://fhir.example.org/r4/Medication/med'])(
    'is found in another entry by its id: %s',
    (to) => {
      expect(names(drug(undefined, reference(to)), lenvatinib)).toEqual(['lenvatinib']);
    },
  );

  it('is found in another entry by its fullUrl, which need not hold its id', () => {
    const bundle = {
      entry: [
        { resource: drug(undefined, reference('urn:uuid:1f6c')) },
        { fullUrl: 'urn:uuid:1f6c', resource: { ...lenvatinib, id: 'other' } },
      ],
    };
    expect(recogniseOrders(readDrafts(bundle), undefined, shippedDefinitions())).toMatchObject([
      { name: 'lenvatinib' },
    ]);
  });

  it('is asked of the server when only the server has it', () => {
    const [draft] = readDrafts(draftBundle(drug(undefined, reference('Medication/med'))));
    expect(draft).toMatchObject({ medicationId: 'med' });
    const drafts = draft === undefined ? [] : [withMedication(draft, [lenvatinib as never])];
    expect(recogniseOrders(drafts, undefined, shippedDefinitions())).toMatchObject([{ name: 'lenvatinib' }]);
  });

  it('is taken from the display of the reference when nothing else tells', () => {
    expect(names(drug(undefined, reference('Medication/elsewhere', 'LENVATINIB 4 MG CAPSULE')))).toEqual([
      'lenvatinib',
    ]);
    expect(names(drug(undefined, { medicationReference: { display: 'Nexavar' } }))).toEqual(['sorafenib']);
  });

  it('is taken from the display also when the medication that was found has no text', () => {
    const unknownCode = { ...lenvatinib, code: coded('urn:local', '1') };
    expect(names(drug(undefined, { ...reference('#med', 'Lenvima'), contained: [unknownCode] }))).toEqual([
      'lenvatinib',
    ]);
  });

  it('is not taken from an entry without id that the reference does not name', () => {
    const { id, ...withoutId } = lenvatinib;
    expect(id).toBe('med');
    expect(names(drug(undefined, reference('#elsewhere')), withoutId)).toEqual([]);
  });

  it('of the server is not given to a draft that asked for none', () => {
    const [draft] = readDrafts(draftBundle(procedure('TACE')));
    const { id, ...withoutId } = lenvatinib;
    expect(id).toBe('med');
    expect(draft && withMedication(draft, [withoutId as never])).toEqual(draft);
  });

  it('may not be chosen yet: then there is nothing to advise on', () => {
    expect(names(drug(undefined))).toEqual([]);
    expect(names(drug({}))).toEqual([]);
    expect(names(drug({ coding: [] }))).toEqual([]);
  });
});

describe('the status of a draft', () => {
  it.each(['draft', 'active', 'on-hold', undefined])(
    '%s is an order: it may be signed again, and some clients send none',
    (status) => {
      expect(names(procedure('TACE', { status }))).toEqual(['tace']);
    },
  );

  it.each(['cancelled', 'revoked', 'stopped', 'ended', 'completed', 'entered-in-error'])(
    '%s will not be carried out',
    (status) => {
      expect(names(procedure('TACE', { status }), drug('lenvatinib', { status }))).toEqual([]);
    },
  );

  it('an order not to do something is no order of it', () => {
    expect(names(procedure('TACE', { doNotPerform: true }), drug('lenvatinib', { doNotPerform: true }))).toEqual([]);
  });
});

describe('what clients send for drafts', () => {
  it('may be absent, empty or no Bundle', () => {
    for (const draftOrders of [
      undefined,
      null,
      {},
      [],
      'x',
      { resourceType: 'Bundle' },
      { entry: [] },
      { entry: [null, {}] },
    ]) {
      expect(readDrafts(draftOrders)).toEqual([]);
    }
  });

  it('may have one entry as an object', () => {
    expect(readDrafts({ entry: { resource: procedure('TACE') } })).toHaveLength(1);
  });

  it('may hold resources that are no orders', () => {
    expect(readDrafts(draftBundle({ resourceType: 'Patient', id: '1' }, lenvatinib, procedure('TACE')))).toHaveLength(
      1,
    );
  });

  it('may hold ids far longer than FHIR allows', () => {
    const id = 'e'.repeat(200);
    expect(readDrafts(draftBundle(procedure('TACE', { id })))).toMatchObject([{ reference: `ServiceRequest/${id}` }]);
  });

  it('may hold orders without an id: they are orders, although nobody could name them to remove them', () => {
    const drafts = readDrafts(draftBundle(procedure('TACE', { id: undefined }), procedure('TACE', { id: 7 })));
    expect(drafts.map(({ reference }) => reference)).toEqual(['ServiceRequest/']);
  });

  it('may hold objects that cannot be made a text', () => {
    const resourceType = { toString: 1, valueOf: 1 };
    expect(readDrafts({ entry: [{ resource: { resourceType, id: '1' } }] })).toEqual([]);
  });

  it('of any shape never makes reading or recognising throw', () => {
    const definitions = shippedDefinitions();
    const key = fc.constantFrom(
      ...['resourceType', 'id', 'status', 'code', 'coding', 'system', 'text', 'display', 'medicationCodeableConcept'],
      ...[
        'medicationReference',
        'reference',
        'dosageInstruction',
        'route',
        'reasonCode',
        'reasonReference',
        'contained',
      ],
    );
    const leaf = fc.oneof(
      fc.constantFrom<unknown>(
        'MedicationRequest',
        'ServiceRequest',
        'Medication',
        'TACE',
        'lenvatinib',
        '#1',
        '1',
        'Medication/1',
      ),
      fc.jsonValue({ maxDepth: 1 }),
    );
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        leaf,
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 8, noNullPrototype: true }),
      ),
    }));
    const order = fc
      .tuple(
        fc.dictionary(key, tree, { noNullPrototype: true }),
        fc.constantFrom('MedicationRequest', 'ServiceRequest'),
      )
      .map(([fields, resourceType]) => ({ ...fields, id: '1', status: 'draft', resourceType }));
    const entry = fc.oneof(
      tree,
      fc.record({ resource: fc.oneof(order, tree), fullUrl: leaf }, { noNullPrototype: true }),
    );
    fc.assert(
      fc.property(fc.oneof(tree, fc.record({ entry: fc.oneof(fc.array(entry), tree) })), (draftOrders) => {
        expect(() => recogniseOrders(readDrafts(draftOrders), ['1'], definitions)).not.toThrow();
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the selections of the client', () => {
  const drafts = readDrafts(draftBundle(procedure('TACE', { id: 'a' }), drug('lenvatinib', { id: 'b' })));
  const advised = (selections: readonly string[] | undefined) =>
    recogniseOrders(drafts, selections, shippedDefinitions()).map((order) => order.advised);

  it.each([
    ['a relative reference', ['ServiceRequest/a'], [true, false]],
    ['an absolute reference', ['https://fhir.example.org/r4/MedicationRequest/b'], [false, true]],
    ['a bare id', ['a'], [true, false]],
    ['several', ['a', 'MedicationRequest/b'], [true, true]],
    ['another type with the same id', ['MedicationRequest/a'], [false, false]],
    ['something that is not among the drafts', ['ServiceRequest/zzz'], [false, false]],
    ['nothing', [], [false, false]],
    ['junk', ['', '#a', 'a b'], [false, false]],
  ] as const)('%s: what is not selected is context only', (_name, selections, expected) => {
    expect(advised(selections)).toEqual(expected);
  });

  it('do not exist for order-sign: then every draft is advised on', () => {
    expect(advised(undefined)).toEqual([true, true]);
  });
});

describe('a draft made out to another patient', () => {
  const made = (reference: string) =>
    readDrafts(draftBundle(procedure('TACE', { subject: { reference } })), 'this-one').length;

  it('is left out: nobody asked about that patient', () => {
    expect(made('Patient/another')).toBe(0);
    expect(made('https://fhir.example.org/r4/Patient/another')).toBe(0);
  });

  it.each([
    'Patient/this-one',
    'https://fhir.example.org/r4/Patient/this-one',
    'urn:uuid:1f6c',
    'Group/another',
    '#patient',
  ])('is none when its subject is %s', (reference) => {
    expect(made(reference)).toBe(1);
  });
});
