import express, { type Request, type Response, type Router } from 'express';
import { type Definitions, definitionsAt } from '../../definitions/definitions.ts';
import type { ServedPage } from '../create-pages.ts';
import { type Html, html } from '../html.ts';
import { writeCourseKnowledge } from './course-knowledge.ts';
import type { PatientGroup } from './patient-groups.ts';
import type { TimelineStart } from './start.ts';

export interface TimelineOptions {
  readonly definitions: Definitions;
  /** As which app it is registered at authorization servers. */
  readonly clientId: string;
  /** Of the FHIR servers and authorization servers that it may call, and of the EHRs that may frame it. */
  readonly origins: readonly string[];
  /** Patients of the embedded FHIR server to begin with. */
  readonly groups: readonly PatientGroup[];
  now(): Date;
}

/** The style that Observable Plot writes into a chart of the class 'plot', as a policy names it. */
const plotStyle = 'sha256-+TfQir1nvDucAdvE6XUQBt4ayUjpAWkbw2kCdSfekHM=';

/** The liver timeline: a SMART on FHIR app. The record goes from the FHIR server to the browser, and not here. */
export function timelinePage(options: TimelineOptions): ServedPage {
  const { origins } = options;
  return {
    name: 'timeline',
    path: '/timeline',
    title: 'Timeline',
    main: () => appHtml('Reading the record …'),
    further: [
      {
        path: '/timeline/launch',
        content: () => ({ title: 'Launching the timeline', main: appHtml('Asking the EHR for access …') }),
      },
    ],
    connect: () => origins,
    frames: origins,
    styles: [plotStyle],
    router: timelineRouter(options),
  };
}

function appHtml(doing: string): Html {
  return html`<div id="app"><h1>Liver timeline</h1><p role="status">${doing}</p></div>
<noscript><p>The timeline needs JavaScript.</p></noscript>`;
}

function timelineRouter({ definitions, clientId, origins, groups, now }: TimelineOptions): Router {
  const router = express.Router();
  router.get('/timeline/start', (_request: Request, response: Response) => {
    const today = now();
    const start: TimelineStart = {
      ...{ clientId, origins, groups, now: today.toISOString() },
      knowledge: writeCourseKnowledge(definitionsAt(definitions, today), today),
    };
    response.set('Cache-Control', 'no-cache').json(start);
  });
  return router;
}
