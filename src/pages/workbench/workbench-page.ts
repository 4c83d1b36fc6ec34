import { originOf } from '../content-security-policy.ts';
import type { ServedPage } from '../create-pages.ts';
import { html } from '../html.ts';

/** Try the service on a patient: served with the sandbox only. */
export function workbenchPage(): ServedPage {
  return {
    name: 'workbench',
    path: '/',
    title: 'Workbench',
    main: () => html`<h1>Workbench</h1>
<div id="app"><p>Loading the patients …</p></div>
<noscript><p>The workbench needs JavaScript. The service itself does not: see the README for a call by curl.</p></noscript>`,
    connect: ({ query }) => {
      const origin = originOf(query.fhir);
      return origin === undefined ? [] : [origin];
    },
  };
}
