import type { Browser, Page } from 'playwright-core';
import { openPage, type ServedSite, startBrowser } from './browser.ts';
import { answered, cardOf, choose, draft, orders, result, startWorkbench } from './workbench.ts';

jest.setTimeout(60_000);

let site: ServedSite;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  site = await startWorkbench();
  browser = await startBrowser();
}, 120_000);

beforeEach(async () => {
  page = await openPage(browser, `${site.origin}/#story=inr-missing&drafts=tace-snomed&hook=order-select`);
  await cardOf(page, /^INR/).waitFor();
});

afterEach(() => page.context().close());

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const entries = () => page.evaluate('history.length');
const story = () => page.getByRole('combobox', { name: 'Story' });

describe('the way back in the browser', () => {
  it('leads to the patient before, with drafts, hook and changes as they were, and forward again', async () => {
    await draft(page, 'Lenvatinib');
    await page.getByRole('radio', { name: /signed/ }).check();
    await result(page, 'INR').fill('2.5');
    await page.keyboard.press('Enter');
    await cardOf(page, /Child-Pugh B7/).waitFor();
    const left = page.url();
    await choose(page, 'Child-Pugh C');
    await cardOf(page, /^Child-Pugh C11/).waitFor();
    await page.goBack();
    await cardOf(page, /Child-Pugh B7/).waitFor();
    expect(page.url()).toBe(left);
    expect(await story().inputValue()).toBe('inr-missing');
    expect(await orders(page).count()).toBe(2);
    expect(await page.getByRole('radio', { name: /signed/ }).isChecked()).toBe(true);
    expect(await result(page, 'INR').inputValue()).toBe('2.5');
    await page.goForward();
    await cardOf(page, /^Child-Pugh C11/).waitFor();
    expect(await story().inputValue()).toBe('child-pugh-c');
    expect(await orders(page).count()).toBe(1);
  });

  it('has a step for each patient, and none for what is done with one', async () => {
    const before = await entries();
    await draft(page, 'Lenvatinib');
    await page.getByRole('checkbox', { name: /Prefetch/ }).uncheck();
    await result(page, 'INR').fill('2.5');
    await page.keyboard.press('Enter');
    await cardOf(page, /Child-Pugh B7/).waitFor();
    expect(await entries()).toBe(before);
    await choose(page, 'Child-Pugh C');
    await cardOf(page, /^Child-Pugh C11/).waitFor();
    expect(await entries()).toBe(Number(before) + 1);
    await page.getByRole('list', { name: 'To try' }).getByRole('button').first().click();
    await answered(page, /card/);
    expect(await entries()).toBe(Number(before) + 1);
  });

  it('has no step for the stories that are passed in the list by keyboard', async () => {
    const before = await entries();
    await story().focus();
    for (const _ of [1, 2, 3]) await page.keyboard.press('ArrowDown');
    await answered(page, /card/);
    expect(new URL(page.url()).hash).not.toContain('story=inr-missing');
    expect(await entries()).toBe(Number(before) + 1);
    await page.goBack();
    await cardOf(page, /^INR/).waitFor();
  });

  it('leads from a patient of another server to the story before, and forward to that server', async () => {
    await page.getByRole('button', { name: 'Another FHIR server' }).click();
    await page.getByRole('textbox', { name: /Base URL/ }).fill(`${site.origin}/fhir`);
    await page.getByRole('textbox', { name: 'Patient id' }).fill('child-pugh-c');
    await page.getByRole('button', { name: 'Use this patient' }).click();
    await cardOf(page, /^Child-Pugh C11/).waitFor();
    await page.goBack();
    await cardOf(page, /^INR/).waitFor();
    expect(await story().inputValue()).toBe('inr-missing');
    await page.goForward();
    await cardOf(page, /^Child-Pugh C11/).waitFor();
    expect(await page.getByRole('textbox', { name: 'Patient id' }).inputValue()).toBe('child-pugh-c');
  });

  it('takes the answer of the patient who is left away at once, and its late answer never stands beside another', async () => {
    await choose(page, 'Child-Pugh C');
    await cardOf(page, /^Child-Pugh C11/).waitFor();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/cds-services/*', async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Call again' }).click();
    await page.waitForRequest('**/cds-services/*');
    await page.goBack();
    await page.getByText('Calling …').waitFor();
    expect(await page.locator('.card').count()).toBe(0);
    release();
    await cardOf(page, /^INR/).waitFor();
    expect(await page.locator('.card').count()).toBe(1);
  });

  it('says nothing of a call that failed for a patient who is left', async () => {
    await page.route('**/workbench/stories/child-pugh-c', async (route) => {
      await new Promise((later) => setTimeout(later, 1500));
      await route.abort();
    });
    await choose(page, 'Child-Pugh C');
    await page.getByText('Calling …').waitFor();
    await page.goBack();
    await cardOf(page, /^INR/).waitFor();
    await page.waitForTimeout(2000);
    expect(await page.locator('.failure').count()).toBe(0);
    expect(await cardOf(page, /^INR/).count()).toBe(1);
  });

  it('shows the feedback of the patient only', async () => {
    await cardOf(page, /^INR/).getByRole('button', { name: 'Order INR' }).click();
    await page.getByText('acknowledged by the service').waitFor();
    await choose(page, 'Child-Pugh C');
    await cardOf(page, /^Child-Pugh C11/).waitFor();
    expect(await page.getByRole('heading', { name: 'Feedback sent' }).count()).toBe(0);
    await page.goBack();
    await answered(page, /No card/);
    await page.locator('.sent').getByText('Accepted: Order INR').first().waitFor();
  });
});
