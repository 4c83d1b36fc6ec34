import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type PatientGroup, patientGroups } from '../../src/pages/timeline/patient-groups.ts';
import { timelinePage } from '../../src/pages/timeline/timeline-page.ts';
import { readStoryGroups } from '../../src/pages/workbench/read-stories.ts';
import type { Story } from '../../src/sandbox/stories.ts';
import { shippedDefinitions } from '../support/app.ts';
import { fixtures, storyTime } from '../support/stories.ts';
import { openPage, type ServedSite, startSite } from './browser.ts';

/** The service with the timeline of the synthetic patients. */
export function startTimeline(): Promise<ServedSite> {
  return startSite(({ stories }) => {
    const app = { clientId: 'our-app', origins: [], groups: groupsOf(stories) };
    return [timelinePage({ ...app, definitions: shippedDefinitions(), now: () => storyTime })];
  });
}

/** As the service offers its synthetic patients. */
export function groupsOf(stories: readonly Story[]): readonly PatientGroup[] {
  return patientGroups(readStoryGroups(join(fixtures, 'patients'), stories, shippedDefinitions()));
}

/** Where the timeline of a synthetic patient opens. */
export function addressOf(site: ServedSite, patient: string, more = ''): string {
  return `${site.origin}/timeline#iss=${encodeURIComponent(`${site.origin}/fhir`)}&patient=${patient}${more}`;
}

/** The chart of a synthetic patient, drawn. */
export async function openChart(browser: Browser, address: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await openPage(browser, address, options);
  await page.locator('.chart-child-pugh-score svg').waitFor();
  return page;
}

/** A panel of the chart, by its title. */
export function panel(page: Page, title: string) {
  return page.getByRole('group', { name: new RegExp(`^${title}:`) });
}
