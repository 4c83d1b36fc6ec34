import { join } from 'node:path';
import express, { type Router } from 'express';
import type { Bundle, BundleEntry, FhirResource } from 'fhir/r4.js';
import type { Definitions } from '../../definitions/definitions.ts';
import { HttpProblem } from '../../http/operation-outcome.ts';
import { ownAddress } from '../../http/own-address.ts';
import { CopyError, type PatientCopies } from '../../sandbox/patient-copies.ts';
import { daysSinceAuthored, shiftDates } from '../../sandbox/shift-dates.ts';
import type { Story } from '../../sandbox/stories.ts';
import { originOf } from '../content-security-policy.ts';
import type { ServedPage } from '../create-pages.ts';
import { html } from '../html.ts';
import { readDrafts, readStoryGroups } from './read-stories.ts';
import { recognitionOf } from './recognition.ts';
import type { Start } from './start.ts';

export interface WorkbenchOptions {
  readonly definitions: Definitions;
  /** fhir-fixtures */
  readonly fixtures: string;
  readonly stories: readonly Story[];
  readonly copies: PatientCopies;
  /** The time to which the embedded server has moved the records. */
  readonly movedTo: Date;
  /** Where the service is reached, when calls need a token. */
  readonly authenticatedAt?: string;
  now(): Date;
}

/** Try the service on a patient: served with the sandbox only. */
export function workbenchPage(options: WorkbenchOptions): ServedPage {
  return {
    name: 'workbench',
    path: '/',
    title: 'Workbench',
    main: () => html`<div class="page-head"><h1>Workbench</h1>
<p class="page-lead">Choose a synthetic patient, draft orders, and see what the service answers, and why.</p></div>
<div id="app"><p>Loading the patients …</p></div>
<noscript><p>The workbench needs JavaScript. The service itself does not: the README shows a call by curl.</p></noscript>`,
    connect: ({ query }) => {
      const origin = originOf(query.fhir);
      return origin === undefined ? [] : [origin];
    },
    router: workbenchRouter(options),
  };
}

function workbenchRouter({
  definitions,
  fixtures,
  stories,
  copies,
  authenticatedAt,
  movedTo,
  now,
}: WorkbenchOptions): Router {
  const groups = readStoryGroups(join(fixtures, 'patients'), stories, definitions);
  const days = daysSinceAuthored(movedTo);
  const drafts = byKey(shiftDates(readDrafts(join(fixtures, 'drafts')), days) as Bundle<FhirResource>);
  const entries = stories.flatMap(({ bundle }) => bundle.entry ?? []) as readonly BundleEntry<FhirResource>[];
  const codes = recognitionOf(
    definitions,
    entries.flatMap(({ resource }) => resource ?? []),
  );
  const router = express.Router();
  router.get('/workbench/start', (request, response) => {
    const start: Start = {
      now: now().toISOString(),
      fhirServer: `${ownAddress(request)}/fhir`,
      ...(authenticatedAt !== undefined && { authentication: { audience: authenticatedAt } }),
      groups,
      drafts,
      codes,
    };
    response.set('Cache-Control', 'no-cache').json(start);
  });
  router.get('/workbench/stories/:slug', (request, response) => {
    const story = stories.find(({ slug }) => slug === request.params.slug);
    if (story === undefined) throw new HttpProblem(404, [{ code: 'not-found', text: 'There is no such story' }]);
    response.set('Cache-Control', 'no-cache').json(shiftDates(story.bundle, days));
  });
  router.post('/workbench/records', express.json({ limit: '2mb' }), async (request, response) => {
    try {
      response.status(201).json({ patientId: await copies.add(request.body as Bundle) });
    } catch (error) {
      if (!(error instanceof CopyError)) throw error;
      throw new HttpProblem(400, [{ code: 'invalid', text: error.message }]);
    }
  });
  return router;
}

function byKey({ entry = [] }: Bundle<FhirResource>): Start['drafts'] {
  const pairs = entry.flatMap(({ fullUrl = '', resource }) =>
    resource ? [[fullUrl.replace('urn:draft:', ''), resource] as const] : [],
  );
  return Object.fromEntries(pairs);
}
