import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, type ServedSite, startBrowser } from './browser.ts';
import { addressOf, openChart, panel, startTimeline } from './timeline.ts';

const slug = 'liver-function-fell-after-second-tace';

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

const daysIn = (page: Page, title: string) =>
  panel(page, title)
    .getByRole('img')
    .evaluateAll((points: { getAttribute(name: string): string | null }[]) =>
      points.map((point) => (point.getAttribute('aria-label') ?? '').slice(0, 10)).sort(),
    );

it('shows the months up to today in chart and table, and says how much is older', async () => {
  const page = await openChart(browser, addressOf(site, slug));
  expect((await daysIn(page, 'Child-Pugh'))[0]).toBe('2026-02-10');
  await page.getByRole('button', { name: '3 months' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('18 older entries are not shown below.').waitFor();
  expect((await daysIn(page, 'Child-Pugh'))[0]).toBe('2026-09-01');
  expect(await daysIn(page, 'Treatment')).toEqual(['2026-09-01', '2026-10-06']);
  await page.getByRole('button', { name: 'Table' }).click();
  const rows = await page.getByRole('rowheader').allInnerTexts();
  expect([...rows].sort()[0]).toBe('2026-09-01');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Everything' }).click();
  expect(await page.getByText(/not shown below/).count()).toBe(0);
  await page.context().close();
});

it('is kept behind the # of the address, and nowhere else', async () => {
  const page = await openChart(browser, addressOf(site, slug, '&draft=TACE'));
  await page.getByRole('button', { name: '3 months' }).click();
  await page.getByText('18 older entries').waitFor();
  const { hash, search } = new URL(page.url());
  expect(search).toBe('');
  expect(Object.fromEntries(new URLSearchParams(hash.slice(1)))).toMatchObject({
    ...{ patient: slug, draft: 'TACE', range: '3' },
  });
  await page.reload();
  await page.getByText('18 older entries').waitFor();
  expect(await page.getByRole('button', { name: '3 months' }).getAttribute('aria-pressed')).toBe('true');
  await page.context().close();
});

it('fits a window of 400 pixels, and is not offered where it would change nothing', async () => {
  const viewport = { width: 400, height: 900 };
  const page = await openChart(browser, addressOf(site, slug, '&range=3'), { viewport });
  expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
  await page.context().close();
  const short = await openChart(browser, addressOf(site, 'liver-tests-too-old'));
  expect(await short.getByRole('button', { name: '3 months' }).count()).toBe(1);
  expect(await short.getByRole('button', { name: '12 months' }).count()).toBe(0);
  await short.context().close();
});
