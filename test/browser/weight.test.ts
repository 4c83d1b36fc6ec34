import type { Browser } from 'playwright-core';
import { loadCases } from '../../src/definitions/load-cases.ts';
import { knowledgePage } from '../../src/pages/knowledge/knowledge-page.ts';
import { moduleFolder, shippedDefinitions } from '../support/app.ts';
import { storyTime } from '../support/stories.ts';
import { openPage, type ServedSite, startBrowser, startSite } from './browser.ts';
import { answered, startWorkbench } from './workbench.ts';

let site: ServedSite;
let knowledge: ServedSite;
let browser: Browser;

beforeAll(async () => {
  site = await startWorkbench();
  knowledge = await startSite(() => [knowledgeOfTheService()]);
  browser = await startBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await site?.close();
  await knowledge?.close();
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

it.each([
  ['/knowledge', 'table.rules', 60_000],
  ['/knowledge/limits', 'table.limits', 120_000],
  ['/knowledge/evidence', 'table.evidence', 120_000],
  ['/knowledge/value-sets', 'details.value-set', 200_000],
])('%s is painted, with what it is about, within a second and weighs little', async (path, content, most) => {
  const rounds: Loading[] = [];
  for (const _ of [1, 2, 3]) {
    const page = await openPage(browser, `${knowledge.origin}${path}`);
    // Nothing is put in later: what the server has sent is what is painted.
    expect(await (await fetch(page.url())).text()).toMatch(new RegExp(`class="${content.replace(/^\w+\./, '')}\\b`));
    expect(await page.locator(content).count()).toBeGreaterThan(0);
    rounds.push((await page.evaluate(loading)) as Loading);
    await page.context().close();
  }
  const [{ assets = 0, data = 0 } = {}] = rounds;
  const paint = Math.min(...rounds.map((round) => round.paint));
  process.stdout.write(`${path}: painted after ${Math.round(paint)} ms, ${kilobytes(assets)}\n`);
  expect(paint).toBeLessThan(1000);
  expect(assets).toBeGreaterThan(10_000);
  expect(assets).toBeLessThan(most);
  expect(data).toBe(0);
});

function knowledgeOfTheService() {
  const definitions = shippedDefinitions();
  const edition = { module: 'The module', evidencePack: '2026-11-22', version: '0', hash: '0' };
  const cases = loadCases(moduleFolder);
  return knowledgePage({ definitions, shipped: definitions, cases, edition, now: () => storyTime });
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
