import type { Browser, Page } from 'playwright-core';
import { timelinePage } from '../../src/pages/timeline/timeline-page.ts';
import { shippedDefinitions } from '../support/app.ts';
import { storyTime } from '../support/stories.ts';
import { accessibilityFaults, openPage, type ServedSite, startBrowser } from './browser.ts';
import { cardOf, result, startWorkbench } from './workbench.ts';

let site: ServedSite;
let browser: Browser;

beforeAll(async () => {
  const timeline = { definitions: shippedDefinitions(), clientId: 'our-app', origins: [], groups: [] };
  site = await startWorkbench([], {
    furtherPages: [timelinePage({ ...timeline, now: () => storyTime })],
    timelineBase: '',
  });
  browser = await startBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const call = '/#story=child-pugh-c&drafts=tace-snomed&hook=order-sign';
const cardLink = (page: Page) => cardOf(page, /^Child-Pugh C/).getByRole('link', { name: /^Liver timeline/ });

/** The window in which the link opens. */
async function followed(page: Page): Promise<Page> {
  const opened = page.context().waitForEvent('page');
  await cardLink(page).click();
  const timeline = await opened;
  await timeline.locator('.chart-child-pugh-score svg').waitFor();
  return timeline;
}

describe('a card that leads to the timeline', () => {
  it('opens it in a new tab, drawn for the patient, with the order of the call as a draft', async () => {
    const page = await openPage(browser, `${site.origin}${call}`);
    await cardLink(page).waitFor();
    expect(await cardLink(page).getAttribute('rel')).toContain('noopener');
    expect(await accessibilityFaults(page)).toEqual([]);
    const timeline = await followed(page);
    expect(await timeline.locator('main').innerText()).toMatch(/Child-Pugh/);
    await timeline.getByRole('group', { name: /^Child-Pugh:/ }).waitFor();
    await timeline
      .getByText(/TACE.*draft|draft.*TACE/i)
      .first()
      .waitFor();
    expect(await timeline.evaluate('window.opener')).toBeNull();
    await page.context().close();
  });

  it('shows there the record as it was changed', async () => {
    const page = await openPage(browser, `${site.origin}${call}`);
    await cardLink(page).waitFor();
    await result(page, 'INR').fill('4.4');
    await page.keyboard.press('Enter');
    await cardOf(page, /Child-Pugh C/).waitFor();
    await page.locator('.card-links a[href*="copy-"]').waitFor();
    const timeline = await followed(page);
    await timeline.getByText('4.4').first().waitFor({ state: 'attached' });
    await page.context().close();
  });

  it('cannot be followed for a changed record that is on no server, and says so', async () => {
    const page = await openPage(
      browser,
      `${site.origin}${call}&send=prefetch&edits=${encodeURIComponent('{"ecog":1}')}`,
    );
    await cardOf(page, /^Child-Pugh C/)
      .getByText('Liver timeline: cannot be opened from this call')
      .waitFor();
    expect(await cardLink(page).count()).toBe(0);
    await page.context().close();
  });
});
