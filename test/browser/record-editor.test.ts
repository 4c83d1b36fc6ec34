import type { Browser, Page } from 'playwright-core';
import { openPage, type ServedSite, startBrowser } from './browser.ts';
import { answered, result, startWorkbench } from './workbench.ts';

jest.setTimeout(60_000);

let site: ServedSite;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  site = await startWorkbench();
  browser = await startBrowser();
}, 120_000);

beforeEach(async () => {
  page = await openPage(browser, `${site.origin}/#story=preserved-function&drafts=tace-snomed&hook=order-select`);
  await answered(page, /card/);
});

afterEach(() => page.context().close());

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const unit = (test: string) => page.getByRole('combobox', { name: `${test}: unit` });

/** What the service makes of the liver tests. */
const measure = (title: string) => page.locator('.measure').filter({ hasText: title }).locator('.measure-label');

describe('the unit of a result', () => {
  it('is changed with its number, so that ALBI stays what it was; back again it is the number that it was', async () => {
    await page.getByRole('tab', { name: 'Why' }).click();
    const before = await measure('ALBI').first().textContent();
    const written = await result(page, 'Bilirubin').inputValue();
    expect(written).toBe('0.9');
    await unit('Bilirubin').selectOption('umol/L');
    await page.getByRole('row', { name: /^Bilirubin 15\.4 µmol\/L/ }).waitFor();
    expect(await result(page, 'Bilirubin').inputValue()).toBe('15.4');
    expect(await measure('ALBI').first().textContent()).toBe(before);
    await unit('Bilirubin').selectOption('mg/dL');
    await page.getByRole('row', { name: /^Bilirubin 0\.9 mg\/dL/ }).waitFor();
    expect(await result(page, 'Bilirubin').inputValue()).toBe(written);
  });

  it.each([
    ['Albumin', 'g/dL', 'g/L'],
    ['Creatinine', 'mg/dL', 'umol/L'],
  ])('of %s is changed with its number, and back', async (test, from, to) => {
    const before = await result(page, test).inputValue();
    await unit(test).selectOption(to);
    await page.getByText(`${test} changed`).waitFor();
    expect(await result(page, test).inputValue()).not.toBe(before);
    await unit(test).selectOption(from);
    expect(await result(page, test).inputValue()).toBe(before);
  });

  it('stays where no number is written, and says so at the number', async () => {
    const field = result(page, 'Bilirubin');
    await field.fill('haemolysed');
    await unit('Bilirubin').selectOption('umol/L');
    expect(await unit('Bilirubin').inputValue()).toBe('mg/dL');
    expect(await field.inputValue()).toBe('haemolysed');
    expect(await field.evaluate((input: { validationMessage: string }) => input.validationMessage)).toContain(
      'A number',
    );
    expect(new URL(page.url()).hash).not.toContain('edits');
  });

  it('can be chosen before there is a result', async () => {
    await page.getByRole('button', { name: 'Remove Bilirubin from the record' }).click();
    await unit('Bilirubin').selectOption('umol/L');
    await result(page, 'Bilirubin').fill('20');
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: 'Why' }).click();
    await page.getByRole('row', { name: /^Bilirubin 20 µmol\/L/ }).waitFor();
  });
});
