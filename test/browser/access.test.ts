import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, openPage, type ServedSite, startBrowser } from './browser.ts';
import { answered, cardOf, choose, orders, startWorkbench } from './workbench.ts';

jest.setTimeout(120_000);

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

const asked = '/#story=inr-missing&drafts=tace-snomed&hook=order-select&send=prefetch,access';
const critical = '/#story=child-pugh-c&drafts=tace-snomed&hook=order-sign&send=prefetch,access';

describe('by keyboard alone', () => {
  it('a suggestion is accepted and the reason of an answer is read', async () => {
    const page = await openPage(browser, `${site.origin}${asked}`);
    await answered(page, /1 card/);
    await tabTo(page, 'Order INR');
    await page.keyboard.press('Enter');
    await page.getByText('acknowledged by the service').waitFor();
    await answered(page, /No card/);
    expect(await orders(page).count()).toBe(2);
    // The button is gone; the next stop is the list of tabs in the answer.
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tab', { name: 'Why', selected: true }).and(page.locator(':focus')).waitFor();
    await page.getByRole('heading', { name: 'Rules' }).waitFor();
  });

  it('a story is chosen, an order drafted and a card overridden', async () => {
    const page = await openPage(browser, `${site.origin}${asked}`);
    await answered(page, /1 card/);
    await tabTo(page, 'Story');
    await page.keyboard.type('Child-Pugh C');
    await cardOf(page, /^Child-Pugh C11/).waitFor();
    await tabTo(page, 'Override …');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Override the card');
    await page.keyboard.press('Enter');
    await page.getByText('Overridden: no reason given').first().waitFor();
  });

  it('the record is changed and the changes undone, and the focus is never lost', async () => {
    const page = await openPage(browser, `${site.origin}${asked}`);
    await answered(page, /1 card/);
    const focused = page.locator(':focus');
    await tabTo(page, 'Remove Albumin from the record');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Albumin changed' }).and(focused).waitFor();
    await tabTo(page, 'Undo all changes');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Record' }).and(focused).waitFor();
    await page.getByText('TACE sessions and responses').click();
    await page.getByRole('button', { name: /Add a TACE session/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Remove TACE session 1' }).focus();
    await page.keyboard.press('Enter');
    await page
      .getByRole('button', { name: /Add a TACE session/ })
      .and(focused)
      .waitFor();
  });
});

describe('without faults by WCAG 2.2 AA', () => {
  it.each(['light', 'dark'] as const)('cards, override and reasons, in %s', async (colorScheme) => {
    const page = await openPage(browser, `${site.origin}${critical}`, { colorScheme });
    await answered(page, /1 card/);
    await page.getByRole('button', { name: 'Override …' }).click();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Override the card' }).click();
    await page.getByText('acknowledged by the service').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('why and JSON, in %s', async (colorScheme) => {
    const page = await openPage(browser, `${site.origin}${asked}`, { colorScheme });
    await answered(page, /1 card/);
    await page.getByText('TACE sessions and responses').click();
    await page.getByRole('button', { name: /Add a TACE session/ }).click();
    await page.getByRole('tab', { name: 'Why' }).click();
    await page.getByText('Do not fire').click();
    await page.locator('.rule-undetermined summary').first().click();
    // Some ninety rows more, alike in both schemes.
    if (colorScheme === 'light') await page.getByRole('checkbox', { name: /show also/ }).check();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('tab', { name: 'JSON' }).click();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('a refused call and another FHIR server, in %s', async (colorScheme) => {
    const page = await openPage(browser, `${site.origin}/#story=inr-missing&drafts=tace-snomed&send=`, { colorScheme });
    await page.getByRole('heading', { name: /refused the call/ }).waitFor();
    await page.getByRole('button', { name: 'Another FHIR server' }).click();
    expect(await accessibilityFaults(page)).toEqual([]);
  });
});

describe('at 400 px', () => {
  it('everything is there, and nothing has to be scrolled sideways', async () => {
    const page = await openPage(browser, `${site.origin}${asked}`, { viewport: { width: 400, height: 860 } });
    await cardOf(page, /^INR/).getByRole('button', { name: 'Order INR' }).click();
    await answered(page, /No card/);
    for (const tab of ['Cards', 'Why', 'JSON']) {
      await page.getByRole('tab', { name: tab }).click();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400);
    }
    expect(await accessibilityFaults(page)).toEqual([]);
  });
});

describe('another FHIR server', () => {
  let other: Server;
  let address: string;

  /** Hands on what the embedded server has, under another origin. */
  beforeAll(async () => {
    other = createServer(async (request, response) => {
      const answer = await fetch(`${site.origin}/fhir${request.url?.replace(/^\/r4/, '')}`);
      const body = (await answer.text()).replaceAll(`${site.origin}/fhir`, address);
      response.writeHead(answer.status, {
        'Content-Type': 'application/fhir+json',
        'Access-Control-Allow-Origin': '*',
      });
      response.end(body);
    });
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    address = `http://127.0.0.1:${(other.address() as AddressInfo).port}/r4`;
  });

  afterAll(() => new Promise((done) => other.close(done)));

  it.each([
    ['which the page reads for the prefetch', true, false],
    ['which only the service reads', false, true],
  ])('%s', async (_, prefetch, access) => {
    const page = await openPage(browser, site.origin);
    await choose(page, 'No INR in the record');
    await answered(page, /1 card/);
    await page.getByRole('checkbox', { name: /Prefetch/ }).setChecked(prefetch);
    await page.getByRole('checkbox', { name: /Access to the FHIR server/ }).setChecked(access);
    await page.getByRole('button', { name: 'Another FHIR server' }).click();
    await page.getByRole('textbox', { name: /Base URL/ }).fill(`${address}/`);
    await page.getByRole('textbox', { name: 'Patient id' }).fill('child-pugh-c');
    await page.getByRole('button', { name: 'Use this patient' }).click();
    await cardOf(page, /^Child-Pugh C11/).waitFor();
    expect(new URL(page.url()).searchParams.get('fhir')).toBe(new URL(address).origin);
  });

  it('is not read by a page whose address does not name it', async () => {
    const fragment = new URLSearchParams({
      server: address,
      patient: 'child-pugh-c',
      drafts: 'tace-snomed',
      send: 'prefetch',
    });
    const page = await openPage(browser, `${site.origin}/#${fragment}`);
    await answered(page, /Not called/);
    await page.getByText(/its own address does not name that server\. Press “Use this patient” again/).waitFor();
  });
});

/** Presses Tab until what is called so has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  const target = page.getByRole('button', { name, exact: true }).or(page.getByRole('combobox', { name, exact: true }));
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    if (await target.and(page.locator(':focus')).count()) return;
  }
  throw new Error(`${name} was not reached by keyboard`);
}
