import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, openPage, type ServedSite, startBrowser } from './browser.ts';
import { addressOf, openChart, startTimeline } from './timeline.ts';

let site: ServedSite;
let browser: Browser;

beforeAll(async () => {
  site = await startTimeline();
  browser = await startBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

async function openBeginning(width = 1280): Promise<Page> {
  const page = await openPage(browser, `${site.origin}/timeline`, { viewport: { width, height: 900 } });
  await page.getByRole('heading', { name: 'Synthetic patients' }).waitFor();
  return page;
}

const links = (page: Page) => page.locator('main').getByRole('link');

it('groups the patients by topic, each group in the order of the titles', async () => {
  const page = await openBeginning();
  expect(await page.getByRole('heading', { level: 3 }).count()).toBeGreaterThan(2);
  expect(await page.getByRole('heading', { level: 3, name: 'Nothing to say' }).count()).toBe(1);
  for (const list of await page.locator('main').getByRole('list').all()) {
    const titles = await list.getByRole('link').allInnerTexts();
    expect(titles).toEqual([...titles].sort((a, b) => a.localeCompare(b, 'en')));
  }
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.context().close();
});

it('is filtered by words, from the keyboard, and says how many are left', async () => {
  const page = await openBeginning(400);
  const all = await links(page).count();
  await page.getByRole('searchbox', { name: 'Show only titles with these words' }).focus();
  await page.keyboard.type('TACE second');
  expect(await links(page).count()).toBeLessThan(all);
  for (const title of await links(page).allInnerTexts()) expect(title).toMatch(/second/i);
  await page
    .getByRole('status')
    .getByText(`${await links(page).count()} of ${all} shown`)
    .waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('.chart-child-pugh-score svg').waitFor();
  await page.context().close();
});

it('says so when no title holds the words', async () => {
  const page = await openBeginning();
  await page.getByRole('searchbox').fill('no such patient');
  await page.getByRole('status').getByText(/^0 of/).waitFor();
  expect(await links(page).count()).toBe(0);
  await page.context().close();
});

it('leads from a synthetic patient to the same in the workbench, and from no other', async () => {
  const page = await openChart(browser, addressOf(site, 'child-pugh-c'));
  const back = page.getByRole('link', { name: /in the workbench/ });
  expect(await back.getAttribute('href')).toBe('/#story=child-pugh-c');
  const server = encodeURIComponent(site.origin.replace('127.0.0.1', 'localhost'));
  await page.context().close();
  const other = await openPage(browser, `${site.origin}/timeline#iss=${server}%2Ffhir&patient=child-pugh-c`);
  await other.locator('h1').waitFor();
  expect(await other.getByRole('link', { name: /in the workbench/ }).count()).toBe(0);
  await other.context().close();
});
