import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, openPage, type ServedSite, startBrowser } from './browser.ts';
import { answered, cardOf, draft, startWorkbench } from './workbench.ts';

jest.setTimeout(60_000);

let site: ServedSite;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  site = await startWorkbench();
  browser = await startBrowser();
}, 120_000);

beforeEach(async () => {
  page = await openPage(browser, 'about:blank');
});

afterEach(() => page.context().close());

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const open = (address: string) => page.goto(`${site.origin}/${address}`);
const panel = () => page.getByRole('tabpanel');

describe('the answer tells in words', () => {
  it('that there is no draft, and how one is made; then the one that was made is answered', async () => {
    await open('#story=inr-missing&hook=order-select');
    await answered(page, /No card/);
    await panel().getByText('There is no draft order').waitFor();
    expect(await panel().textContent()).toContain('“Order to draft”');
    expect(await panel().textContent()).not.toContain('None of the drafts');
    await page.getByRole('tab', { name: 'Why' }).click();
    await panel().getByText('There is no draft order').waitFor();
    await page.getByRole('tab', { name: /^Cards/ }).click();
    await draft(page, 'TACE');
    await cardOf(page, /^INR/).waitFor();
  });

  it.each([
    ['drafts=lapatinib-text', 'None of the drafts is an order that the service knows'],
    ['drafts=tace-snomed!', 'None of the orders that the service knows is selected'],
  ])('why nothing is said of drafts that are there: %s', async (drafts, words) => {
    await open(`#story=inr-missing&hook=order-select&${drafts}`);
    await answered(page, /No card/);
    await panel().getByText(words).waitFor();
    await page.getByRole('tab', { name: 'Why' }).click();
    await panel().getByText(words).waitFor();
  });

  it('that silence is no clearance, and how many rules it leaves undecided', async () => {
    await open('#story=preserved-function&drafts=tace-snomed&hook=order-sign&send=prefetch,access');
    await answered(page, /No card/);
    await panel().getByText('No rule fires on what is recorded').waitFor();
    const said = (await panel().textContent()) ?? '';
    expect(said).toMatch(/\d+ rules are undetermined, for what is missing: see “Why”\. No card is no clearance/);
    expect(said).not.toMatch(/criteria are met/);
    await page.getByRole('tab', { name: 'Why' }).click();
    const count = /(\d+) rules are undetermined/.exec(said)?.[1];
    await panel()
      .getByRole('heading', { name: `Undetermined ${count}` })
      .waitFor();
  });

  it('that nothing was sent, and what to choose', async () => {
    await open('#story=inr-missing&drafts=tace-snomed&hook=order-select&send=');
    await page.getByRole('heading', { name: 'The service refused the call (412)' }).waitFor();
    await panel()
      .getByText(/^Nothing of the record was sent/)
      .waitFor();
    await page.getByRole('checkbox', { name: /Prefetch/ }).check();
    await cardOf(page, /^INR/).waitFor();
  });
});

it('values are told with units as people write them', async () => {
  await open('#story=bevacizumab-after-tace&drafts=atezolizumab&hook=order-select');
  await answered(page, /card/);
  await page.getByRole('tab', { name: 'Why' }).click();
  const facts = page.getByRole('region', { name: 'Table of facts' });
  await facts.getByText('recorded as “1.1”', { exact: true }).waitFor();
  expect(await facts.textContent()).not.toMatch(/[{}]|umol/);
});

describe('a FHIR server that this browser cannot read', () => {
  const far = 'https://fhir.example/r4';
  const fragment = `#server=${far}&patient=1&drafts=tace-snomed&hook=order-select&send=prefetch`;

  it('is named so, with what to do, and nothing is said to have been called', async () => {
    await page.route('https://fhir.example/**', (route) => route.abort());
    await open(`?fhir=https://fhir.example${fragment}`);
    await answered(page, /^Not called$/);
    await panel()
      .getByText(/could not be read from this browser.*CORS/)
      .waitFor();
    expect(await page.locator('main').textContent()).not.toMatch(/Failed to fetch|call failed/);
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('is told to be without this patient when it answers so', async () => {
    await page.route('https://fhir.example/**', (route) =>
      route.fulfill({ status: 404, json: {}, headers: { 'Access-Control-Allow-Origin': '*' } }),
    );
    await open(`?fhir=https://fhir.example${fragment}`);
    await answered(page, /^Not called$/);
    await panel()
      .getByText(/answered 404/)
      .waitFor();
  });

  it('and the service may not read either is told with what would allow it', async () => {
    await open(`${fragment}&send=access`.replace('&send=prefetch', ''));
    await page.getByRole('heading', { name: 'The service refused the call (412)' }).waitFor();
    await panel()
      .getByText(/FHIR_ALLOWED_ORIGINS/)
      .waitFor();
  });
});
