// First, because Medplum looks for WebSocket while it is loaded.
import '../../src/sandbox/websocket-shim.ts';

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateResource } from '@medplum/core';
import type { CodeableConcept, Condition, FhirResource, Observation, Quantity } from 'fhir/r4.js';
import { loadDefinitions } from '../../src/sandbox/definitions.ts';
import { shippedDefinitions } from '../support/app.ts';
import { expectedStories, fixtures, resourcesIn } from '../support/stories.ts';

const stories = expectedStories();
const rows = stories.map((story) => ({ slug: story.slug, story }));

/** A story about a record without standard codes. */
const uncoded: ReadonlySet<string> = new Set(['local-codes']);

/** FHIR asks for these; so does whoever reads the record. */
const withStatus: ReadonlySet<string> = new Set([
  ...['Observation', 'MedicationRequest', 'MedicationAdministration', 'MedicationStatement', 'Procedure'],
  ...['ServiceRequest', 'DiagnosticReport', 'Encounter', 'Immunization', 'ResearchStudy', 'ResearchSubject'],
]);

beforeAll(loadDefinitions, 30_000);

describe.each(rows)('$slug', ({ slug, story }) => {
  const resources = resourcesIn(story);
  const conditions = resources.filter((one): one is Condition => one.resourceType === 'Condition');
  const observations = resources.filter((one): one is Observation => one.resourceType === 'Observation');

  it('is a collection about one patient, who has the name of the folder as id and a name that nobody has', () => {
    expect(story.bundle).toMatchObject({ resourceType: 'Bundle', type: 'collection' });
    const patients = resources.flatMap((one) => (one.resourceType === 'Patient' ? [one] : []));
    expect(patients).toMatchObject([{ id: slug, name: [{ family: 'Synthetic' }] }]);
  });

  it('is a full record, so that the one fact has to be found among others', () => {
    expect(resources.length).toBeGreaterThanOrEqual(20);
    expect(resources.length).toBeLessThanOrEqual(50);
  });

  it('is valid FHIR R4', () => {
    const faults = resources.flatMap((resource) => faultsOf(resource));
    expect(faults).toEqual([]);
  });

  it('refers only to resources that it holds', () => {
    const held = new Set(resources.map(referenceTo));
    const referred = [...JSON.stringify(resources).matchAll(/"reference":"([^"]*)"/g)].map(
      ([, reference]) => reference,
    );
    expect(referred.filter((reference) => reference === undefined || !held.has(reference))).toEqual([]);
  });

  it('names its patient in every resource that has one', () => {
    const ofNobody = new Set(['Patient', 'Practitioner', 'ResearchStudy']);
    const others = resources.filter((one) => !ofNobody.has(one.resourceType));
    const text = `{"reference":"Patient/${slug}"}`;
    expect(others.filter((one) => !JSON.stringify(one).includes(text)).map(referenceTo)).toEqual([]);
  });

  it('gives every resource its status', () => {
    const statusless = resources.filter((one) => withStatus.has(one.resourceType) && !('status' in one && one.status));
    expect(statusless.map(referenceTo)).toEqual([]);
    const unverified = conditions.filter(({ clinicalStatus, verificationStatus, category, recordedDate }) => {
      const refuted = verificationStatus?.coding?.[0]?.code === 'refuted';
      return !verificationStatus || !category || !recordedDate || (!refuted && !clinicalStatus);
    });
    expect(unverified.map(referenceTo)).toEqual([]);
  });

  it('is not written in the future', () => {
    const dates = observations.map(({ effectiveDateTime }) => effectiveDateTime ?? 'undated');
    expect(dates.filter((date) => !(date < '2026-11-22T12:00:00Z'))).toEqual([]);
  });

  if (!uncoded.has(slug)) {
    it('codes observations in LOINC and their numbers in UCUM', () => {
      const foreign = observations.filter(({ code }) => !hasSystem(code, 'http://loinc.org'));
      expect(foreign.map(referenceTo)).toEqual([]);
      const quantities = observations.flatMap(({ valueQuantity, component = [] }) =>
        [valueQuantity, ...component.map((part) => part.valueQuantity)].filter((one): one is Quantity => !!one),
      );
      expect(quantities.filter(({ system, code }) => system !== 'http://unitsofmeasure.org' || !code)).toEqual([]);
    });
  }

  it('is told in a few lines without dates, which would move', () => {
    const [heading = '', , ...lines] = story.text.trim().split('\n');
    expect(heading).toMatch(/^# \S/);
    expect(lines.length).toBeGreaterThanOrEqual(3);
    expect(lines.length).toBeLessThanOrEqual(8);
    expect(story.text).not.toMatch(/\b(?:19|20)\d{2}\b/);
    expect(story.text).toContain('**');
  });

  it('has a call, and names rules that exist, each once', () => {
    const rules = new Set(shippedDefinitions().rules.map(({ id }) => id));
    expect(story.calls.length).toBeGreaterThan(0);
    for (const call of story.calls) {
      const listed = call.rules === 'not evaluated' ? [] : Object.values(call.rules).flat();
      expect(listed.filter((id) => !rules.has(id))).toEqual([]);
      expect(new Set(listed).size).toBe(listed.length);
    }
  });
});

it('uses every id once in all stories, because one server holds them all', () => {
  const ids = stories.flatMap((story) => resourcesIn(story).map(({ id }) => id ?? ''));
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  expect(ids.filter((id) => !/^[A-Za-z0-9.-]{1,64}$/.test(id))).toEqual([]);
});

it('has a story in which each rule fires', () => {
  const fired = new Set(
    stories.flatMap(({ calls }) => calls.flatMap(({ rules }) => (rules === 'not evaluated' ? [] : rules.fires))),
  );
  const active = shippedDefinitions().rules.filter(({ status }) => status === 'active');
  expect(active.filter(({ id }) => !fired.has(id)).map(({ id }) => id)).toEqual([]);
});

describe('the draft orders', () => {
  const files = readdirSync(join(fixtures, 'drafts'));
  const used = new Set(stories.flatMap(({ calls }) => calls.flatMap(({ drafts }) => drafts)));

  it.each(files)('%s is a valid draft, and some story orders it', (file) => {
    const draft = JSON.parse(readFileSync(join(fixtures, 'drafts', file), 'utf8')) as FhirResource;
    const key = file.replace(/\.json$/, '');
    expect(faultsOf(draft)).toEqual([]);
    expect(draft).toMatchObject({ id: `draft-${key}`, status: 'draft', intent: 'order' });
    expect(used).toContain(key);
  });
});

function referenceTo({ resourceType, id }: FhirResource): string {
  return `${resourceType}/${id}`;
}

function hasSystem(concept: CodeableConcept, system: string): boolean {
  return (concept.coding ?? []).some((coding) => coding.system === system);
}

/** What FHIR's own structure definitions have against a resource. */
function faultsOf(resource: FhirResource): readonly string[] {
  try {
    validateResource(resource as Parameters<typeof validateResource>[0]);
    return [];
  } catch (error) {
    return [`${referenceTo(resource)}: ${error instanceof Error ? error.message : String(error)}`];
  }
}
