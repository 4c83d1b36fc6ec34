import type { Browser, Page } from 'playwright-core';
import { loadCases } from '../../src/definitions/load-cases.ts';
import { knowledgePage } from '../../src/pages/knowledge/knowledge-page.ts';
import { moduleFolder, shippedDefinitions } from '../support/app.ts';
import { storyTime } from '../support/stories.ts';
import { accessibilityFaults, openPage, type ServedSite, startBrowser } from './browser.ts';
import { answered, startWorkbench } from './workbench.ts';

jest.setTimeout(60_000);

let site: ServedSite;
/** With the knowledge. */
let complete: ServedSite;
let browser: Browser;

beforeAll(async () => {
  site = await startWorkbench();
  complete = await startWorkbench([], { furtherPages: [knowledge()] });
  browser = await startBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await site?.close();
  await complete?.close();
});

function knowledge() {
  const definitions = shippedDefinitions();
  const edition = { module: 'The module', evidencePack: '2026-11-22', version: '0', hash: '0' };
  const cases = loadCases(moduleFolder);
  return knowledgePage({ definitions, shipped: definitions, cases, edition, now: () => storyTime });
}

async function why(call: string): Promise<Page> {
  const page = await openPage(browser, `${site.origin}/#${call}`);
  await answered(page, /card/);
  await page.getByRole('tab', { name: 'Why' }).click();
  return page;
}

const both = 'story=ascites-child-pugh-b8&drafts=tace-snomed,atezolizumab&hook=order-select';

it('each rule that fired is told with its card, the most urgent first, or with the worse rule that is told instead', async () => {
  const page = await why(both);
  const fired = page.locator('.rule-true');
  const told = await page.locator('.rule-told').allTextContents();
  expect(told).toHaveLength(await fired.count());
  await page.getByRole('tab', { name: /^Cards/ }).click();
  for (const topic of await page.locator('.card-topic').allTextContents())
    expect(told).toContain(`On the card “${topic}”`);
  expect(told.at(-1)).toMatch(/^Not told: the worst of its family is, R11 /);
  await page.getByRole('tab', { name: 'Why' }).click();
  expect(await fired.first().textContent()).toContain('critical');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.context().close();
});

it('changes for which there is nothing to compare with do not stand beside the scores', async () => {
  const page = await why(both);
  const scores = page.getByRole('heading', { name: 'Measures' }).locator('xpath=..');
  await scores.getByText('B8', { exact: true }).waitFor();
  expect(await scores.getByText('Change of Child-Pugh since the last TACE').isVisible()).toBe(false);
  await scores.getByText('Changes with nothing to compare with').click();
  await scores.getByText('Change of Child-Pugh since the last TACE').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.context().close();
});

it('a rule leads to its page, with its limits and sources, and the way back to the call', async () => {
  const page = await openPage(browser, `${complete.origin}/#${both}`);
  await answered(page, /2 cards/);
  await page.getByRole('tab', { name: 'Why' }).click();
  await page.locator('.rule-true summary').first().click();
  await page.getByRole('link', { name: 'The rule, its limits and sources' }).click();
  await page.waitForURL('**/knowledge/rules/*');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.goBack();
  await answered(page, /2 cards/);
  await page.context().close();
});

it('no rule leads to a page that the service does not have', async () => {
  const page = await why(both);
  await page.locator('.rule-true summary').first().click();
  expect(await page.getByRole('link', { name: 'The rule, its limits and sources' }).count()).toBe(0);
  await page.context().close();
});
