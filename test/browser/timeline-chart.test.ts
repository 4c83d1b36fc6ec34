import type { Browser } from 'playwright-core';
import { type ServedSite, startBrowser } from './browser.ts';
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

describe('the limits of Child-Pugh in the laboratory panels', () => {
  it.each([
    ['Bilirubin', ['2', '3'], '2 points'],
    ['Albumin', ['2.8', '3.5'], '2 points'],
    ['INR', ['1.7', '2.3'], '2 points'],
  ])('%s: both are drawn as lines and named, at the axis and by their points', async (title, limits, points) => {
    const page = await openChart(browser, addressOf(site, slug));
    const drawn = panel(page, title);
    expect(await drawn.locator('.borders line').count()).toBe(2);
    const texts = await drawn.locator('text').allTextContents();
    expect(texts).toEqual(expect.arrayContaining([...limits, '1 point', points, '3 points']));
    await page.context().close();
  });

  it('are those of the unit and of the disease, and a drug that makes them useless is said', async () => {
    const si = await openChart(browser, addressOf(site, 'si-units'));
    expect(await panel(si, 'Bilirubin').locator('text').allTextContents()).toEqual(
      expect.arrayContaining(['34', '50']),
    );
    await si.context().close();
    const page = await openChart(browser, addressOf(site, 'warfarin'));
    const caption = await page.locator('.chart-inr figcaption').innerText();
    expect(caption).toContain('INR on an anticoagulant: not interpretable, taken as 1 to 3 points.');
    await page.context().close();
  });
});
