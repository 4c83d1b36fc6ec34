import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { timelinePage } from '../../src/pages/timeline/timeline-page.ts';
import { shippedDefinitions } from '../support/app.ts';
import { storyTime } from '../support/stories.ts';
import { openPage, type ServedSite, startSite } from './browser.ts';

/** The service with the timeline of the synthetic patients. */
export function startTimeline(): Promise<ServedSite> {
  return startSite(({ stories }) => {
    const patients = stories.map(({ slug: id, title }) => ({ id, title }));
    const app = { clientId: 'our-app', origins: [], patients };
    return [timelinePage({ ...app, definitions: shippedDefinitions(), now: () => storyTime })];
  });
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
