import type { Browser } from 'playwright-core';
import { openPage, type ServedSite, startBrowser } from './browser.ts';
import { answered, startWorkbench } from './workbench.ts';

let site: ServedSite;
let browser: Browser;

beforeAll(async () => {
  site = await startWorkbench();
  browser = await startBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** What of the reasons ends to the right of the panel they stand in. */
const overflowing = `(() => {
  const why = document.querySelector('.why');
  const edge = why.closest('.panel').getBoundingClientRect().right;
  return [...why.querySelectorAll('*')]
    .filter((one) => one.getBoundingClientRect().right > edge)
    .map((one) => one.tagName + '.' + one.getAttribute('class') + ' ' + one.textContent.slice(0, 40));
})()`;

it('at 400 px the reasons of an answer stay in their panel, the sources of the facts too', async () => {
  const address = `${site.origin}/#story=inr-missing&drafts=tace-snomed&hook=order-select&send=prefetch,access`;
  const page = await openPage(browser, address, { viewport: { width: 400, height: 860 } });
  await answered(page, /1 card/);
  await page.getByRole('tab', { name: 'Why' }).click();
  await page.getByText('Do not fire').click();
  await page.locator('.rule-undetermined summary').first().click();
  await page.getByRole('checkbox', { name: /show also/ }).check();
  expect(await page.locator('.why .facts tbody tr').count()).toBeGreaterThan(20);
  expect(await page.evaluate(overflowing)).toEqual([]);
}, 60_000);
