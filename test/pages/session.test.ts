import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { FhirResource } from 'fhir/r4.js';
import { callBody, curlOf, feedbackBody } from '../../src/pages/workbench/browser/call.ts';
import { addDrafts, applyActions, catalogue, labelOf } from '../../src/pages/workbench/browser/drafts.ts';
import { readSession, type Session, writeSession } from '../../src/pages/workbench/browser/session.ts';
import { fixtures } from '../support/stories.ts';

const files = readdirSync(join(fixtures, 'drafts'));
const known = Object.fromEntries(
  files.map((name) => [
    basename(name, '.json'),
    JSON.parse(readFileSync(join(fixtures, 'drafts', name), 'utf8')) as FhirResource,
  ]),
);

const choices = { drafts: known, stories: ['inr-missing'] };

const session: Session = {
  patient: { story: 'inr-missing' },
  edits: { laboratory: { inr: { value: '<1.1', unit: '{INR}', daysAgo: 2 } }, ecog: null, tace: [3] },
  drafts: [
    ...addDrafts(addDrafts([], ['tace-snomed'], known), ['lenvatinib'], known),
    {
      resource: { resourceType: 'ServiceRequest', id: 'suggested-1', status: 'draft', intent: 'order' } as FhirResource,
      selected: false,
    },
  ],
  hook: 'order-sign',
  prefetch: false,
  access: true,
  sign: true,
};

describe('a shared address', () => {
  it('restores a session', () => {
    expect(readSession(`#${writeSession(session)}`, choices)).toEqual({ session, ignored: [] });
  });

  it('restores a patient of another server', () => {
    const other = { ...session, patient: { server: 'https://fhir.example/r4', id: '1' }, edits: {}, drafts: [] };
    expect(readSession(writeSession(other), choices)).toEqual({ session: other, ignored: [] });
  });

  it('tells no patient but the story', () => {
    const [order] = session.drafts;
    const resource = { ...order?.resource, subject: { reference: 'Patient/of-the-hospital' } } as FhirResource;
    expect(writeSession({ ...session, drafts: [{ resource, selected: true }] })).not.toContain('of-the-hospital');
  });

  it.each(['', '#', '#story='])('that names nobody is left alone: %s', (text) => {
    expect(readSession(text, choices).session).toBeUndefined();
  });

  it.each([
    ['story=nonsense', 'patient'],
    ['server=javascript:alert(1)&patient=1', 'patient'],
    ['server=nowhere&patient=1', 'patient'],
  ])('that names somebody unknown says so: %s', (text, part) => {
    expect(readSession(`#${text}`, choices)).toEqual({ session: undefined, ignored: [part] });
  });

  const edits = ['{', 'null', '[]', '5', '{"tace":5}', '{"tace":[1e12]}', '{"laboratory":{"inr":{"value":2}}}'];
  const grades = ['{"problems":{"ascites":"tense"}}', '{"ecog":7}', '{"responses":[{"answer":"XX","daysAgo":1}]}'];

  it.each([...edits, ...grades, '{"weight":80}'])('with changes that are none leaves them out: %s', (json) => {
    const { session: read, ignored } = readSession(`#story=inr-missing&edits=${encodeURIComponent(json)}`, choices);
    expect(read).toMatchObject({ patient: { story: 'inr-missing' }, edits: {} });
    expect(ignored).toEqual(['changes of the record']);
  });

  it.each([
    '1',
    '[1]',
    '[{}]',
    '[{"resource":{"resourceType":"Patient","id":"a"},"selected":true}]',
    '[{"resource":{"resourceType":"ServiceRequest","id":"a","code":{"text":{}}},"selected":true}]',
  ])('with orders that are none leaves them out: %s', (json) => {
    const { session: read, ignored } = readSession(`#story=inr-missing&orders=${encodeURIComponent(json)}`, choices);
    expect(read?.drafts).toEqual([]);
    expect(ignored).toEqual(['drafts']);
  });

  it('leaves out drafts that there are no longer, and whatever else it does not know', () => {
    const shared = '#story=inr-missing&drafts=tace-snomed,gone&hook=none&send=prefetch,all&sign=maybe';
    const { session: read, ignored } = readSession(shared, choices);
    expect(read?.drafts.map(({ key }) => key)).toEqual(['tace-snomed']);
    expect(read).toMatchObject({ hook: 'order-select', prefetch: true, access: false });
    expect(read).not.toHaveProperty('sign');
    expect(ignored).toEqual(['drafts', 'hook', 'what is sent', 'authorization']);
  });
});

describe('draft orders', () => {
  it('are all offered, under names of the clinic', () => {
    const offered = new Set(catalogue.flatMap(({ choices }) => choices.flatMap(({ keys }) => keys)));
    expect(Object.keys(known).filter((key) => !offered.has(key))).toEqual([]);
    expect([...offered].filter((key) => known[key] === undefined)).toEqual([]);
    const unnamed = Object.entries(known).filter(
      ([key, resource]) => labelOf({ key, resource, selected: true }) === resource.resourceType,
    );
    expect(unnamed).toEqual([]);
  });

  it('are added selected, and then the others are not', () => {
    expect(session.drafts.map(({ key, selected }) => [key, selected])).toEqual([
      ['tace-snomed', false],
      ['lenvatinib', true],
      [undefined, false],
    ]);
  });

  it('are added once', () => {
    expect(addDrafts(session.drafts, ['tace-snomed'], known)).toHaveLength(3);
  });

  const order = { resourceType: 'ServiceRequest', status: 'draft', intent: 'order', subject: {} } as const;

  it('are created by a suggestion with an id of their own', () => {
    const twice = applyActions(session.drafts, [
      { type: 'create', description: '', resource: order },
      { type: 'create', description: '', resource: order },
    ]);
    expect(new Set(twice.map(({ resource }) => resource.id)).size).toBe(5);
  });

  it('are deleted by a suggestion, whether it names the type or not', () => {
    const without = (resourceId: string) =>
      applyActions(session.drafts, [{ type: 'delete', description: '', resourceId }]).map(({ key }) => key);
    expect(without('ServiceRequest/draft-tace-snomed')).toEqual(['lenvatinib', undefined]);
    expect(without('draft-tace-snomed')).toEqual(['lenvatinib', undefined]);
  });

  it('are replaced by a suggestion', () => {
    const resource = { ...order, id: 'draft-tace-snomed', priority: 'stat' } as const;
    const [changed] = applyActions(session.drafts, [{ type: 'update', description: '', resource }]);
    expect(changed?.resource).toEqual(resource);
  });
});

describe('a call', () => {
  const parts = { hookInstance: 'one', patientId: 'copy-1' };

  it('makes the drafts out to the patient, and tells which are selected', () => {
    const { context } = callBody({ ...session, hook: 'order-select' }, parts);
    expect(context).toMatchObject({ patientId: 'copy-1', selections: ['MedicationRequest/draft-lenvatinib'] });
    expect(JSON.stringify(context)).not.toContain('Patient/preserved-function');
  });

  it('tells no selections when orders are signed, and no orders when a record is opened', () => {
    expect(callBody(session, parts).context).not.toHaveProperty('selections');
    expect(callBody({ ...session, hook: 'patient-view' }, parts).context).toEqual({
      userId: 'Practitioner/workbench',
      patientId: 'copy-1',
    });
  });

  it('is quoted for a shell', () => {
    expect(curlOf('http://x', { text: "it's" }, 'abc')).toBe(
      `curl -s http://x -H 'Content-Type: application/json' -H 'Authorization: Bearer abc' -d '{"text":"it'\\''s"}'`,
    );
  });
});

describe('feedback', () => {
  const at = new Date('2026-11-22T12:00:00Z');
  const reason = { system: 'urn:reasons', code: 'trial', display: 'Trial' };

  it('names the accepted suggestion', () => {
    const accepted = { label: 'Order INR', uuid: 's', actions: [] };
    expect(feedbackBody('c', { accepted }, at).feedback).toEqual([
      { card: 'c', outcome: 'accepted', acceptedSuggestions: [{ id: 's' }], outcomeTimestamp: at.toISOString() },
    ]);
  });

  it('gives reason and comment where there are any', () => {
    expect(feedbackBody('c', { overridden: { reason, comment: 'agreed' } }, at).feedback).toMatchObject([
      { outcome: 'overridden', overrideReason: { reason, userComment: 'agreed' } },
    ]);
    expect(feedbackBody('c', { overridden: { comment: '' } }, at).feedback[0]).not.toHaveProperty('overrideReason');
  });
});
