import type { Bundle, Observation } from 'fhir/r4.js';
import type { Browser } from 'playwright-core';
import { accessibilityFaults, openPage, type ServedSite, startBrowser } from './browser.ts';
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

describe('what belongs to one day', () => {
  it('stands under each other: scores, results, sessions and responses', async () => {
    const page = await openChart(browser, addressOf(site, slug));
    const middles = async (title: string, day: string) => {
      const box = await panel(page, title)
        .getByRole('img', { name: new RegExp(`^${day}`) })
        .first()
        .boundingBox();
      return ((box?.x ?? 0) + (box?.width ?? 0) / 2).toFixed(1);
    };
    const july = await Promise.all(
      ['Child-Pugh', 'ALBI', 'Bilirubin', 'Albumin', 'INR'].map((title) => middles(title, '2026-07-28')),
    );
    expect(new Set(july).size).toBe(1);
    expect(await middles('Treatment', '2026-09-01')).toBe(await middles('Child-Pugh', '2026-09-01'));
    await page.context().close();
  });

  it('is told with its time where a test was done twice', async () => {
    const page = await openPage(browser, addressOf(site, slug));
    await page.route('**/Observation?*', async (route) => {
      const answer = (await (await route.fetch()).json()) as Bundle<Observation>;
      const entry = (answer.entry ?? []).flatMap((one) => {
        const { resource } = one;
        if (!resource?.id?.endsWith('-bilirubin-07-28')) return [one];
        const again = { ...resource.valueQuantity, value: 3.6 };
        const later = { ...resource, id: 'again', effectiveDateTime: '2026-07-28T21:15:00Z', valueQuantity: again };
        return [one, { resource: later }];
      });
      await route.fulfill({ json: { ...answer, entry } });
    });
    await page.reload();
    const names = panel(page, 'Bilirubin').getByRole('img', { name: /^2026-07-28/ });
    await names.first().waitFor();
    const labels = await names.evaluateAll((all: { getAttribute(name: string): string | null }[]) =>
      all.map((one) => one.getAttribute('aria-label')),
    );
    expect(labels).toEqual([
      expect.stringMatching(/^2026-07-28 \d\d:\d\d, Bilirubin, 2\.4 mg\/dL/),
      expect.stringMatching(/^2026-07-28 21:15, Bilirubin, 3\.6 mg\/dL/),
    ]);
    await names.last().hover();
    const detail = page.getByRole('complementary', { name: /pointed at/ });
    expect(await detail.innerText()).toContain('2026-07-28 21:15');
    await page.getByRole('button', { name: 'Table' }).click();
    const row = page.getByRole('row', { name: /^2026-07-28/ });
    expect(await row.innerText()).toMatch(/\d\d:\d\d 2\.4 mg\/dL\s+21:15 3\.6 mg\/dL/);
    await page.context().close();
  });
});

describe('a score whose results are too old', () => {
  it('is said to be too old for ordering, as the card says it', async () => {
    const page = await openChart(browser, addressOf(site, 'liver-tests-too-old'));
    const standing = await page.locator('.standing').innerText();
    expect(standing).toMatch(/Child-Pugh\s+A5 to B9 2026-10-08 too old for ordering/);
    const card = 'Bilirubin, albumin and INR: no valid result within 30 days; Child-Pugh A5 to C11 until known.';
    expect(await page.getByText(card).isVisible()).toBe(true);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.context().close();
  });

  it('is not said of one that counts', async () => {
    const page = await openChart(browser, addressOf(site, slug));
    expect(await page.getByText(/too old for ordering/i).count()).toBe(0);
    await page.context().close();
  });
});

it('says that no treatment was found where there is none', async () => {
  const page = await openChart(browser, addressOf(site, 'liver-tests-too-old'));
  expect(await page.locator('.chart-treatments figcaption').innerText()).toBe('Treatment none found');
  await page.context().close();
});
