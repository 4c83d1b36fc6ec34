import { existsSync, readFileSync } from 'node:fs';
import request from 'supertest';
import { parse } from 'yaml';
import { definitionsAt } from '../../src/definitions/definitions.ts';
import { SiteFile } from '../../src/definitions/schemas/site.ts';
import { albumin, bilirubin, call, creatinine, drafts, inr, prefetch, searchset, tace } from '../http/requests.ts';
import { testApp } from '../support/app.ts';
import { definitionsFor, storyTime } from '../support/stories.ts';
import { answer } from './overlays.ts';

/** fhir-fixtures/site-overlay, to which the documents refer. */
const folder = 'fhir-fixtures/site-overlay';
const definitions = definitionsFor('site-overlay');
const { labs, ...others } = prefetch;
const withResults = (...results: readonly object[]) =>
  call({ prefetch: { ...others, labResults: searchset(creatinine(0.9), ...results) } });

describe('the example of an overlay', () => {
  it('has every kind of change, and nothing to warn of', () => {
    const written = parse(readFileSync(`${folder}/site.yaml`, 'utf8'));
    expect(Object.keys(written).sort()).toEqual(Object.keys(SiteFile.shape).sort());
    const files = ['rules', 'value-sets', 'concept-maps', 'order-templates'];
    const own = ['thresholds.yaml', 'conditions.yaml', 'evidence.yaml', 'cases.yaml'];
    expect([...files, ...own].filter((file) => !existsSync(`${folder}/${file}`))).toEqual([]);
    expect(definitions.site?.warnings).toEqual([]);
  });

  it('says on a card what of it is local', async () => {
    const body = withResults(bilirubin(3.2), albumin(2.6), inr(1.2));
    const { cards } = await answer(definitions, body, storyTime);
    expect(cards[0]?.detail).toContain(
      [
        '**Local policy of Sampletown General \\(synthetic\\)**',
        '- Bilirubin at and above which the selection criterion for TACE (below 2 mg/dL) is not met (since 2026-11-01): 3 mg/dL instead of 2 mg/dL (reviews)',
        '- TACE ordered with Child-Pugh B8 or worse (since 2026-11-01): summary and options in the words of this hospital',
        '- TACE ordered with albumin below 28 g/L (since 2026-11-01): a rule of this hospital',
      ].join('\n'),
    );
    expect(JSON.stringify(cards)).not.toMatch(/Dana Sample|Kim Example|Robin Placeholder|Jo Specimen/);
  });

  it('recognises the order that radiology codes in its own way', async () => {
    const order = { ...tace, code: { coding: [{ system: 'urn:example:sampletown:radiology', code: 'IR-0815' }] } };
    const body = withResults(bilirubin(1), albumin(3.2), inr(1.8));
    const { cards } = await answer(
      definitions,
      { ...body, ...call({}, { draftOrders: drafts(order) }), prefetch: body.prefetch },
      storyTime,
    );
    expect(cards.map(({ indicator }) => indicator)).toEqual(['warning']);
  });

  it('becomes another on the days on which its entries begin and end', async () => {
    const servicesOn = async (day: string) => {
      const app = testApp({ definitions, now: () => new Date(`${day}T12:00:00Z`) });
      const { body } = await request(app).get('/cds-services');
      return body.services.map(({ id }: { id: string }) => id);
    };
    expect(await servicesOn('2027-05-31')).toContain('hcc-order-select');
    expect(await servicesOn('2027-06-01')).not.toContain('hcc-order-select');
    expect(await servicesOn('2027-06-15')).toContain('hcc-order-select');
    const validOn = (day: string) =>
      definitionsAt(definitions, new Date(`${day}T12:00:00Z`)).thresholds['ecog-valid-days']?.values;
    expect([validOn('2027-04-30'), validOn('2027-05-01')]).toEqual([
      { '2026-11-01': { value: 60, evidence: 'sampletown-liver-board' } },
      { '2027-05-01': { value: 30, evidence: 'sampletown-liver-board' } },
    ]);
  });
});
