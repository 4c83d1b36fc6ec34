import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, openPage, type ServedSite, startBrowser } from './browser.ts';
import { answered, cardOf, startWorkbench } from './workbench.ts';

jest.setTimeout(60_000);

let site: ServedSite;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  site = await startWorkbench([], { timelineBase: '' });
  browser = await startBrowser();
}, 120_000);

beforeEach(async () => {
  const drafts = 'tace-snomed,atezolizumab,bevacizumab';
  page = await openPage(browser, `${site.origin}/#story=child-pugh-c&drafts=${drafts}&hook=order-sign`);
  await answered(page, /2 cards/);
});

afterEach(() => page.context().close());

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

interface Announced {
  readonly role: string;
  readonly name: string;
  readonly description: string;
}

interface AxNode {
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
  readonly description?: { readonly value: string };
}

/** What assistive technology is told of each control, as the browser computes it. */
async function announced(roles: readonly string[]): Promise<readonly Announced[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: readonly AxNode[] };
  return nodes
    .filter(({ ignored, role }) => !ignored && roles.includes(role?.value ?? ''))
    .map(({ role, name, description }) => ({
      ...{ role: role?.value ?? '', name: name?.value ?? '', description: description?.value ?? '' },
    }));
}

const summaries = () => page.locator('.card-summary').allTextContents();

describe('to a screen reader', () => {
  it('the number of cards is apart from the word', async () => {
    await page.getByRole('tab', { name: 'Cards, 2', exact: true }).waitFor();
  });

  it('no two buttons or fields of the page are announced alike', async () => {
    for (const toggle of await page.getByRole('button', { name: 'Override …' }).all()) await toggle.click();
    const controls = await announced(['button', 'combobox', 'textbox', 'checkbox', 'radio', 'tab']);
    expect(controls.length).toBeGreaterThan(40);
    const texts = controls
      // A part of the browser's own field for days, each within a field of another name.
      .filter(({ name }) => !name.startsWith('Show date picker'))
      .map(({ role, name, description }) => `${role} ${name}: ${description}`);
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('what can be done about a card is described by its summary', async () => {
    const buttons = await announced(['button']);
    for (const summary of await summaries()) {
      const names = buttons.filter(({ description }) => description === summary).map(({ name }) => name);
      expect(names).toContain('Override …');
    }
    const links = (await announced(['link'])).filter(({ name }) => name.startsWith('Liver timeline'));
    expect(links.map(({ description }) => description)).toEqual(await summaries());
    const offered = await page.locator('.card .button-primary:visible').allTextContents();
    const described = buttons.filter(({ name, description }) => offered.includes(name) && description !== '');
    expect(described).toHaveLength(offered.length);
  });

  it('feedback that was not heard is sent again for its card, and what was sent is told apart', async () => {
    await page.route('**/feedback', (route) => route.fulfill({ status: 503, json: {} }));
    for (const _ of [1, 2]) {
      await page.getByRole('button', { name: 'Override …' }).first().click();
      await page.getByRole('button', { name: 'Override the card' }).first().click();
    }
    await page.getByRole('button', { name: 'Send again' }).nth(1).waitFor();
    const [first, second] = await summaries();
    const again = (await announced(['button'])).filter(({ name }) => name === 'Send again');
    expect(again.map(({ description }) => description)).toEqual([first, second]);
    const sent = await page.locator('.sent summary').allInnerTexts();
    expect(new Set(await page.locator('.sent summary').allTextContents()).size).toBe(sent.length);
    await cardOf(page, first ?? '').waitFor();
  });
});
