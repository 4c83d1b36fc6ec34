import type { Browser, Page } from 'playwright-core';
import { openPage, type ServedSite, startBrowser } from './browser.ts';
import { answered, startWorkbench } from './workbench.ts';

jest.setTimeout(60_000);

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

/**
 * The fields that do not show all of what may stand in them, with the widths they have and need [px]: of a select any
 * of its options, on as many lines as it takes.
 */
const clipped = `(() => {
  const fields = [...document.querySelectorAll('main select, main input:not([type=checkbox], [type=radio])')];
  const named = (field) => field.labels[0].firstElementChild.textContent;
  const twin = (field, style) => {
    const made = field.cloneNode(true);
    made.style.cssText = 'position: absolute; visibility: hidden; ' + style;
    field.parentNode.append(made);
    return made;
  };
  const needed = (field) => {
    const free = twin(field, 'width: auto; white-space: nowrap; field-sizing: content');
    const width = free.offsetWidth;
    free.remove();
    return width;
  };
  const ofSelect = (field) => [...field.options].flatMap((option) => {
    const [one, line] = ['width: auto; white-space: nowrap', 'white-space: nowrap; width: ' + field.offsetWidth + 'px']
      .map((style) => twin(field, style));
    one.replaceChildren(option.cloneNode(true));
    const wrapped = twin(field, 'width: ' + field.offsetWidth + 'px');
    wrapped.selectedIndex = option.index;
    const { paddingLeft, paddingRight, lineHeight } = getComputedStyle(wrapped);
    const padding = parseFloat(paddingLeft) + parseFloat(paddingRight) + 2;
    const lines = Math.ceil((one.offsetWidth - padding) / (field.offsetWidth - padding));
    const isShown = lines <= 1 || wrapped.offsetHeight >= line.offsetHeight + (lines - 1.5) * parseFloat(lineHeight);
    const told = isShown ? [] : [[named(field), option.text, field.offsetWidth, one.offsetWidth].join(' ')];
    for (const made of [one, line, wrapped]) made.remove();
    return told;
  });
  const ofInput = (field) => {
    const isShown = field.scrollWidth <= field.clientWidth && (field.type !== 'date' || needed(field) <= field.offsetWidth);
    return isShown ? [] : [[named(field), field.value, field.offsetWidth, needed(field)].join(' ')];
  };
  return fields
    .filter((field) => field.offsetParent !== null)
    .flatMap((field) => (field.tagName === 'SELECT' ? ofSelect(field) : ofInput(field)));
})()`;

async function everythingOpened(page: Page): Promise<void> {
  await page.getByText('TACE sessions and responses').click();
  await page.getByRole('button', { name: /Add a TACE session/ }).click();
  await page.getByRole('button', { name: /Add a response/ }).click();
  await answered(page, /card/);
  for (const toggle of await page.getByRole('button', { name: 'Override …' }).all()) await toggle.click();
}

describe.each([1280, 400])('at %i px', (width) => {
  it('no field and no choice in it is cut off', async () => {
    const address = `${site.origin}/#story=child-pugh-c&drafts=tace-snomed,atezolizumab&hook=order-select`;
    const page = await openPage(browser, address, { viewport: { width, height: 900 } });
    await answered(page, /card/);
    await everythingOpened(page);
    expect(await page.locator('main select').count()).toBeGreaterThan(8);
    expect(await page.evaluate(clipped)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await page.context().close();
  });

  it('the fields for another FHIR server show what is asked for', async () => {
    const page = await openPage(browser, site.origin, { viewport: { width, height: 900 } });
    await answered(page, /card/);
    await page.getByRole('button', { name: 'Another FHIR server' }).click();
    expect(await page.evaluate(clipped)).toEqual([]);
    await page.context().close();
  });
});
