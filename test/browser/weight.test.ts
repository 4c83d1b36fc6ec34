import type { Browser } from 'playwright-core';
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

interface Loading {
  readonly answered: number;
  readonly paint: number;
  readonly assets: number;
  readonly data: number;
}

/** First contentful paint, which is of the shell, and the time by now [ms], and what was transferred [bytes]: the page with its assets, and the answers it asked for. */
const loading = `(() => {
  const loaded = performance.getEntriesByType('resource');
  const sum = (entries) => entries.reduce((total, { transferSize }) => total + transferSize, 0);
  const isAsset = ({ name }) => new URL(name).pathname.startsWith('/assets/');
  return {
    answered: performance.now(),
    paint: performance.getEntriesByName('first-contentful-paint')[0].startTime,
    assets: sum(performance.getEntriesByType('navigation')) + sum(loaded.filter(isAsset)),
    data: sum(loaded.filter((entry) => !isAsset(entry))),
  };
})()`;

it('the workbench paints its shell within a second, shows the first card within three, and weighs less than 500 kB', async () => {
  const rounds: Loading[] = [];
  for (const _ of [1, 2, 3]) {
    const page = await openPage(browser, site.origin);
    await answered(page, /1 card/);
    rounds.push((await page.evaluate(loading)) as Loading);
    await page.context().close();
  }
  const [{ assets = 0, data = 0 } = {}] = rounds;
  const paint = Math.min(...rounds.map((round) => round.paint));
  const card = Math.min(...rounds.map((round) => round.answered));
  process.stdout.write(
    `workbench: shell after ${Math.round(paint)} ms, card after ${Math.round(card)} ms, ${kilobytes(assets)} and ${kilobytes(data)} of data\n`,
  );
  expect(paint).toBeLessThan(1000);
  expect(card).toBeLessThan(3000);
  expect(assets).toBeGreaterThan(10_000);
  expect(assets + data).toBeLessThan(500_000);
});

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
