import request from 'supertest';
import { prefetchTemplates } from '../../src/definitions/prefetch-templates.ts';
import { albumin, bilirubin, call, drafts, ecog, inr, prefetch, searchset, tace } from '../http/requests.ts';
import { testApp } from '../support/app.ts';
import { answer, approved, faultsOf, type OverlayFiles, shipped, today, withLabs, withOverlay } from './overlays.ts';

const lab = 'urn:testville:lab';
const loinc = 'http://loinc.org';
const coded = (system: string, code: string) => ({ code: { coding: [{ system, code }] } });

const valueSet = (id: string, ...codes: readonly string[]) => ({
  resourceType: 'ValueSet',
  id,
  url: `urn:testville:${id}`,
  status: 'active',
  compose: { include: [{ system: lab, concept: codes.map((code) => ({ code })) }] },
});
const valueSets = (...sets: readonly ReturnType<typeof valueSet>[]): OverlayFiles => ({
  'site.yaml': `valueSets:\n${sets.map(({ id }) => `  ${id}:\n${approved()}`).join('')}`,
  ...Object.fromEntries(sets.map((set) => [`value-sets/${set.id}.json`, set])),
});

const target = (code: string, equivalence: string | undefined = 'equivalent') => ({ code, equivalence });
const conceptMap = (code: string, targets: readonly object[], group: object = {}) => ({
  resourceType: 'ConceptMap',
  status: 'active',
  group: [{ source: lab, target: loinc, element: [{ code, target: targets }], ...group }],
});
const mapped = (...map: Parameters<typeof conceptMap>): OverlayFiles => ({
  'site.yaml': `conceptMaps:\n  lab:\n${approved()}`,
  'concept-maps/lab.json': conceptMap(...map),
});

describe('local codes', () => {
  const localInr = { ...inr(3), ...coded(lab, 'GERI') };
  const body = withLabs(bilirubin(1), albumin(3.2), localInr);

  it.each([
    ['a value set', valueSets(valueSet('inr', 'GERI'))],
    ['a concept map that says equivalent', mapped('GERI', [target('6301-6')])],
    ['a concept map that says equal', mapped('GERI', [target('6301-6', 'equal')])],
  ])(
    'of %s are recognised like the shipped ones, asked for by the templates, and no local policy',
    async (_, files) => {
      const without = await answer(withOverlay(''), body);
      expect(without.cards[0]?.summary).toMatch(/^INR: no valid result/);
      const definitions = withOverlay(files);
      const { cards, log } = await answer(definitions, body);
      expect(cards[0]?.summary).toMatch(/^Child-Pugh B8/);
      expect(cards[0]?.detail).not.toMatch(/local policy/i);
      expect(log).not.toHaveProperty('local');
      expect(prefetchTemplates(definitions).labs).toMatch(/[=,]GERI[,&]/);
    },
  );

  it('of a concept map stand wherever the target stands, with the grade that the target means', async () => {
    const grade = {
      ...ecog(0),
      valueInteger: undefined,
      valueCodeableConcept: { coding: [{ system: lab, code: 'PS2' }] },
    };
    const files = mapped('PS2', [target('LA9624-3')]);
    const recorded = call({ prefetch: { ...prefetch, assessments: searchset(grade) } });
    const { cards } = await answer(withOverlay(files), recorded);
    expect(cards[0]?.summary).toMatch(/^ECOG 2 /);
  });

  it('of a concept map name orders', async () => {
    const radiology = 'urn:testville:radiology';
    const order = { ...tace, code: { coding: [{ system: radiology, code: 'IR-0815' }] } };
    const group = { source: radiology, target: 'http://snomed.info/sct' };
    const files = mapped('IR-0815', [target('441525007')], group);
    const body = {
      ...withLabs(bilirubin(1), albumin(3.2), inr(1.8)),
      ...{ context: call({}, { draftOrders: drafts(order) }).context },
    };
    expect((await answer(withOverlay(''), body)).cards).toEqual([]);
    expect((await answer(withOverlay(files), body)).cards[0]?.summary).toMatch(/^Child-Pugh B7/);
  });

  it('that say there is no mapping map nothing', () => {
    expect(
      faultsOf(mapped('GERI', [{ equivalence: 'unmatched' }, { equivalence: 'disjoint', code: '6301-6' }])),
    ).toEqual([]);
  });

  it('are written as a search needs them', () => {
    const definitions = withOverlay(valueSets(valueSet('inr', 'GE RI/1')));
    expect(prefetchTemplates(definitions).labs).toContain('GE%20RI%2F1');
  });
});

describe('local codes are refused', () => {
  const line = (text: string, files: OverlayFiles) =>
    JSON.stringify(files['concept-maps/lab.json'], null, 2)
      .split('\n')
      .findIndex((one) => one.includes(text)) + 1;

  it.each([
    ['wider', 'the target means more than the local code'],
    ['subsumes', 'the target means more than the local code'],
    ['narrower', 'the target means less than the local code'],
    ['specializes', 'the target means less than the local code'],
    ['inexact', 'the two only overlap'],
    ['relatedto', 'how the two are related is not said'],
    ['similar', 'it is no equivalence of FHIR R4'],
  ])('as %s, with the reason', (equivalence, reason) => {
    const files = mapped('GERI', [target('6301-6', equivalence)]);
    const [fault, ...others] = faultsOf(files);
    expect(fault).toContain(`'${equivalence}' is refused: ${reason}`);
    expect(fault).toMatch(new RegExp(`^site/concept-maps/lab\\.json:${line('equivalence', files)}: `));
    expect(others).toEqual([]);
  });

  it.each([
    ['without an equivalence', mapped('GERI', [{ code: '6301-6' }]), 'equivalence: is missing'],
    ['without a target code', mapped('GERI', [{ equivalence: 'equal' }]), 'code: must be a text'],
    ['without a code', mapped('', [target('6301-6')]), 'element[0].code: must be a text'],
    [
      'that hold only sometimes',
      mapped('GERI', [{ ...target('6301-6'), dependsOn: [{}] }]),
      'dependsOn: is not supported',
    ],
    ['without their system', mapped('GERI', [target('6301-6')], { source: undefined }), 'source: is missing'],
    [
      'without the system of the target',
      mapped('GERI', [target('6301-6')], { target: undefined }),
      'target: is missing',
    ],
    ['for whatever is left', mapped('GERI', [target('6301-6')], { unmapped: { mode: 'fixed' } }), 'unmapped: is not'],
    ['of no element', mapped('GERI', [], { element: [] }), 'element: must not be empty'],
    [
      'of no group',
      { ...mapped('GERI', []), 'concept-maps/lab.json': { resourceType: 'ValueSet' } },
      'must be "ConceptMap"',
    ],
    [
      'that would mean two grades',
      mapped('PS', [target('LA9623-5'), target('LA9624-3')]),
      'PS of urn:testville:lab is mapped to LA9623-5 and to LA9624-3, which mean different things',
    ],
    [
      'whose target nobody knows',
      mapped('GERI', [target('1-8')]),
      '1-8 of http://loinc.org is in no shipped value set',
    ],
    [
      'that mean something else already',
      mapped('1751-7', [target('6301-6')], { source: loinc }),
      "1751-7 of http://loinc.org is already in the value set 'albumin'",
    ],
    [
      'that would mean two tests',
      valueSets(valueSet('inr', 'X1'), valueSet('albumin', 'X1')),
      'X1 of urn:testville:lab would mean albumin and inr',
    ],
    ['for a value set that does not exist', valueSets(valueSet('mood', 'X1')), "there is no shipped value set 'mood'"],
    ['that cannot be searched for', valueSets(valueSet('inr', 'A,B')), "the code 'A,B' cannot be searched for"],
    [
      'when a template becomes too long for some servers',
      valueSets(valueSet('inr', ...Array.from({ length: 150 }, (_, index) => `LABORATORY-${index}`))),
      'reads.labs: 2',
    ],
    [
      'whose file is missing',
      { 'site.yaml': `valueSets:\n  inr:\n${approved()}` },
      'valueSets.inr: there is no file value-sets/inr.json',
    ],
    [
      'that nobody has approved',
      { 'value-sets/inr.json': valueSet('inr', 'A') },
      'has no entry in site.yaml under valueSets',
    ],
    [
      'that are no JSON',
      { ...valueSets(valueSet('inr', 'A')), 'value-sets/inr.json': '{\n"id": "inr",\n]' },
      'value-sets/inr.json:3: is not JSON',
    ],
    [
      'with a fault of the resource',
      valueSets({ ...valueSet('inr', 'A'), url: '' }),
      'value-sets/inr.json:4: url: must be a text',
    ],
  ])('%s', (_, files, message) => {
    const faults = faultsOf(files);
    expect(faults.join('\n')).toContain(message);
    expect(faults.filter((one) => !/^site\/[a-z/-]+\.(json|yaml):\d+: /.test(one))).toEqual([]);
  });
});

describe('prefetch keys under the names of the hospital', () => {
  const renamed = `prefetchKeys:\n  labs:\n    name: labResults\n${approved()}`;
  const { labs, ...others } = prefetch;

  it('are offered by discovery, in place of the shipped ones', async () => {
    const app = testApp({ definitions: withOverlay(renamed), now: () => today });
    const { body } = await request(app).get('/cds-services');
    const keys = body.services.map((service: { prefetch: object }) => Object.keys(service.prefetch));
    for (const one of keys) expect(one).toEqual(expect.arrayContaining(['labResults', 'conditions']));
    expect(keys.flat()).not.toContain('labs');
  });

  it('are what is read, and the shipped ones are not', async () => {
    const definitions = withOverlay(renamed);
    const labResults = searchset(bilirubin(1), albumin(3.2), inr(1.8));
    const sent = await answer(definitions, call({ prefetch: { ...others, labResults } }));
    expect(sent.cards[0]?.summary).toMatch(/^Child-Pugh B7/);
    const old = await answer(definitions, call({ prefetch: { ...others, labs: labResults } }));
    expect(old.cards[0]?.summary).toMatch(/^Could not be checked: laboratory results/);
  });

  it('are what a refusal names', async () => {
    const definitions = withOverlay(renamed.replace('labs', 'conditions').replace('labResults', 'problemList'));
    const app = testApp({ definitions, now: () => today });
    const response = await request(app)
      .post('/cds-services/hcc-order-sign')
      .send(call({ prefetch: { labs } }));
    expect(response.status).toBe(412);
    expect(response.body.issue[0].expression).toEqual(['prefetch.problemList']);
  });

  it.each([
    ['of a read that does not exist', renamed.replace('labs', 'moods'), 3, "there is no prefetch key 'moods'"],
    [
      'when another read has the name',
      renamed.replace('labResults', 'orders'),
      4,
      "'orders' is the name of another key",
    ],
    ['that are no names', renamed.replace('labResults', 'lab results'), 4, 'must be letters, digits, - and _'],
  ])('are refused %s', (_, site, line, message) => {
    expect(faultsOf(site).join('\n')).toContain(`site/site.yaml:${line}: `);
    expect(faultsOf(site).join('\n')).toContain(message);
  });
});

describe('an order template of the hospital', () => {
  const template = { ...shipped('order-templates/inr.json'), code: { text: 'INR, citrate' } };
  const files = (name: string, content: object = template): OverlayFiles => ({
    'site.yaml': `orderTemplates:\n  ${name}:\n${approved()}`,
    [`order-templates/${name}.json`]: content,
  });

  it('is what a suggestion creates, and the card says so', async () => {
    const { cards } = await answer(withOverlay(files('inr')), withLabs(bilirubin(1), albumin(3.2)));
    const [created] = cards[0]?.suggestions?.flatMap(({ actions }) => actions) ?? [];
    expect(created?.resource).toMatchObject({ code: { text: 'INR, citrate' } });
    expect(cards[0]?.detail).toContain('orderTemplates.inr (since 2026-11-01): the suggested order is that of this');
  });

  it.each([
    [
      'that replaces none',
      files('mood'),
      "site.yaml:3: orderTemplates.mood: there is no shipped order template 'mood'",
    ],
    ['that is no draft', files('inr', { ...template, status: 'active' }), 'order-templates/inr.json:3: status: '],
    ['without words', files('inr', { ...template, code: {} }), 'order-templates/inr.json:5: code.text: '],
  ])('is refused %s', (_, overlay, message) => {
    expect(faultsOf(overlay).join('\n')).toContain(message);
  });
});
