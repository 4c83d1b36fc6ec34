import type { Browser, Page } from 'playwright-core';
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

const address = '/#story=inr-missing&drafts=tace-snomed&hook=order-select&send=prefetch';

/** The workbench, when a service answers a card with this detail. */
async function shown(detail: string): Promise<Page> {
  const page = await openPage(browser, 'about:blank');
  const source = { label: '<i>source</i>', topic: { system: 'urn:x', code: 'X', display: '<u>topic</u>' } };
  const card = { uuid: 'one', summary: '<b>summary</b>', indicator: 'info', source, detail };
  await page.route('**/cds-services/hcc-order-select', (route) => route.fulfill({ json: { cards: [card] } }));
  await page.goto(`${site.origin}${address}`);
  await answered(page, /1 card/);
  return page;
}

it('shows the Markdown of a card as an EHR does', async () => {
  const page = await shown(
    '**Bold** and _em_ and `code`\n\n- one\n- two [link](https://doi.org/10.1/x)\n\n| a | b |\n| - | - |\n| 1 | 2 |',
  );
  const card = page.getByRole('article');
  await card.locator('strong', { hasText: 'Bold' }).waitFor();
  expect(await card.getByRole('listitem').allTextContents()).toContain('two link');
  expect(await card.getByRole('cell', { name: '2' }).count()).toBe(1);
  const link = card.getByRole('link', { name: 'link' });
  expect(await link.getAttribute('href')).toBe('https://doi.org/10.1/x');
  expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
});

it('numbers, code and character references of a card are read as the pages of the knowledge read them', async () => {
  const page = await shown('3. three\n4. four\n\n```\na <b> &lt;\n```\n\n`&lt;` is &lt; and &#8805; and &#x2265;');
  const markdown = page.getByRole('article').locator('.markdown');
  expect(await markdown.locator('ol').getAttribute('start')).toBe('3');
  expect(await markdown.locator('pre').textContent()).toBe('a <b> &lt;');
  expect(await markdown.locator('p').last().textContent()).toBe('&lt; is < and ≥ and ≥');
});

it('shows HTML in a card as the text that it is', async () => {
  const detail =
    '<img src=x onerror="window.hacked=1">\n\nand <script>window.hacked=1</script> in a sentence, a &lt;b&gt; too';
  const page = await shown(detail);
  const card = page.getByRole('article');
  expect(await card.textContent()).toContain('<img src=x onerror="window.hacked=1">');
  expect(await card.textContent()).toContain('<script>window.hacked=1</script>');
  expect(await card.textContent()).toContain('a <b> too');
  expect(await card.textContent()).toContain('<b>summary</b>');
  expect(await card.locator('img, script, iframe, b, i, u').count()).toBe(0);
  expect(await page.evaluate('window.hacked')).toBeUndefined();
});

it('makes no link of anything that does not lead to the web, and loads no picture', async () => {
  const page = await shown(
    '[a](javascript:alert(1)) [b](data:text/html,x) ![c](https://tracker.example/c.png) [d](//x.example)',
  );
  expect(await page.getByRole('article').getByRole('link').count()).toBe(0);
  expect(await page.getByRole('article').locator('img').count()).toBe(0);
});
