import type { Browser, Locator } from 'playwright-core';
import { loadCases, loadSiteCases } from '../../src/definitions/load-cases.ts';
import type { ServedPage } from '../../src/pages/create-pages.ts';
import { knowledgePage } from '../../src/pages/knowledge/knowledge-page.ts';
import { moduleFolder, shippedDefinitions } from '../support/app.ts';
import { definitionsFor, fixtures, storyTime } from '../support/stories.ts';
import { accessibilityFaults, openPage, type ServedSite, startBrowser, startSite } from './browser.ts';

const edition = { module: 'The module', evidencePack: '2026-11-22', version: '1.2.3', hash: '0123456789abcdef' };
const cases = loadCases(moduleFolder);

function pageOf(site?: 'site-overlay'): ServedPage {
  const own = site && loadSiteCases(`${fixtures}/${site}`, cases);
  return knowledgePage({
    ...{ definitions: definitionsFor(site), shipped: shippedDefinitions(), cases, edition, now: () => storyTime },
    ...(own && { siteCases: own.cases }),
  });
}

let shipped: ServedSite;
let local: ServedSite;
let browser: Browser;

beforeAll(async () => {
  shipped = await startSite(() => [pageOf()]);
  local = await startSite(() => [pageOf('site-overlay')]);
  browser = await startBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await shipped?.close();
  await local?.close();
});

describe('who reviews the rules', () => {
  it('finds every rule by topic, with its indicator, version and status', async () => {
    const page = await openPage(browser, `${shipped.origin}/knowledge`);
    const { rules } = shippedDefinitions();
    expect(await page.locator('table.rules tbody tr').count()).toBe(rules.length);
    const row = page.locator('tr#child-pugh-b8-tace');
    expect(await row.innerText()).toMatch(
      /R11\s+TACE ordered with Child-Pugh B8 or worse\s+! warning\s+asks\s+1\s+active/,
    );
    expect(await page.locator('dl.edition').innerText()).toContain('0123456789abcdef');
    expect(await page.locator('dl.edition').innerText()).toContain('none yet (not signed off)');
  });

  it('reads a rule whole: condition, limits, card, evidence, cases, missing data', async () => {
    const page = await openPage(browser, `${shipped.origin}/knowledge`);
    await page.getByRole('link', { name: 'TACE ordered with Child-Pugh B8 or worse' }).click();
    const article = await page.locator('article').innerText();
    for (const text of ['It fires when all of these are certain', 'Child-Pugh is 8 or more', 'last checked 2026-11-22'])
      expect(article).toContain(text);
    const sections = page.getByRole('navigation', { name: 'On this page' }).getByRole('link');
    expect(await sections.allInnerTexts()).toEqual([
      ...['When it fires', 'Limits', 'What the card says', 'Evidence', 'Cases', 'When data are missing'],
      ...['Beside other rules', 'Known gaps'],
    ]);
    await sections.getByText('When data are missing').click();
    expect(page.url()).toMatch(/\/knowledge\/rules\/child-pugh-b8-tace#when-data-are-missing$/);
    await page.getByRole('link', { name: /TACE ordered with Child-Pugh C/ }).click();
    expect(await page.locator('h1').innerText()).toBe('TACE ordered with Child-Pugh C');
  });

  it('has a page for every rule', async () => {
    for (const { id, title } of shippedDefinitions().rules) {
      const answer = await fetch(`${shipped.origin}/knowledge/rules/${id}`);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain(`<title>${title.replaceAll("'", '&#39;')} · Knowledge`);
    }
  });

  it.each(['rules/%3Cscript%3E', 'zzz', 'limits/of/nothing'])('gets a page, and 404, for %s', async (address) => {
    const answer = await fetch(`${shipped.origin}/knowledge/${address}`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('text/html');
    const text = await answer.text();
    expect(text).toContain('There is nothing at this address');
    expect(text).not.toContain('<script>');
  });

  it('follows a limit to its source, and the source to the rules that rest on it', async () => {
    const page = await openPage(browser, `${shipped.origin}/knowledge/limits#bilirubin-2`);
    const row = page.locator('tr#bilirubin-2');
    expect(await row.innerText()).toContain('2 mg/dL (34 µmol/L)');
    await row.locator('.source a').click();
    const source = page.locator('tr:target');
    expect(await source.innerText()).toContain('2026-11-22');
    await source.locator('summary').click();
    await source.getByRole('link', { name: 'TACE ordered with bilirubin of 2 mg/dL or more', exact: true }).click();
    expect(page.url()).toContain('/knowledge/rules/bilirubin-2-tace');
  });

  it('finds the codes of a value set, folded until it is asked for', async () => {
    const page = await openPage(browser, `${shipped.origin}/knowledge/value-sets`);
    const codes = page.getByRole('region', { name: 'Codes: Hepatocellular carcinoma' });
    expect(await codes.count()).toBe(0);
    await page.getByRole('heading', { name: 'Hepatocellular carcinoma', exact: true }).click();
    expect(await codes.innerText()).toContain('109841003');
    await page.goto('about:blank');
    await page.goto(`${shipped.origin}/knowledge/value-sets#hcc`);
    await codes.getByText('109841003').waitFor();
  });

  it.each([1280, 400])('looks over all value sets on a few screens of %d px', async (width) => {
    const page = await openPage(browser, `${shipped.origin}/knowledge/value-sets`, {
      viewport: { width, height: 860 },
    });
    expect(await page.evaluate('document.documentElement.scrollHeight')).toBeLessThan(6000);
  });
});

describe('the field above the entries', () => {
  it('shows the rules that hold every word, and no heading without a rule', async () => {
    const page = await openPage(browser, `${shipped.origin}/knowledge`);
    await page.getByRole('searchbox').fill('b8 child-pugh');
    const titles = await page.locator('table.rules tbody tr:visible th').allInnerTexts();
    expect(titles.length).toBeGreaterThan(0);
    for (const title of titles) expect(title).toMatch(/Child-Pugh.*B8/);
    expect(await page.locator('section:has(table.rules):visible').count()).toBe(1);
    expect(await page.getByRole('status').innerText()).toBe(
      `${titles.length} of ${shippedDefinitions().rules.length} shown`,
    );
    await page.getByRole('searchbox').fill('no such rule');
    expect(await page.getByRole('status').innerText()).toBe('Nothing holds them all.');
    await page.getByRole('searchbox').fill('');
    expect(await page.locator('table.rules tbody tr:visible').count()).toBe(shippedDefinitions().rules.length);
  });

  it('finds a code in whatever value set it stands, and unfolds it to that code', async () => {
    const page = await openPage(browser, `${shipped.origin}/knowledge/value-sets`);
    await page.getByRole('searchbox').fill('109841003');
    const codes = page.getByRole('region', { name: 'Codes: Hepatocellular carcinoma' });
    const only = [expect.stringContaining('109841003')];
    expect(await codes.locator('tbody tr:visible').allInnerTexts()).toEqual(only);
    // 'hepatocellular' is what the set is called, and not in the code's own name.
    await page.getByRole('searchbox').fill('hepatocellular 109841003');
    expect(await codes.locator('tbody tr:visible').allInnerTexts()).toEqual(only);
  });

  it('gives way to a link to what it hides, on the limits as well', async () => {
    const page = await openPage(browser, `${local.origin}/knowledge/limits`);
    await page.getByRole('searchbox').fill('ECOG');
    expect(await page.locator('tr#bilirubin-2').isVisible()).toBe(false);
    const shown = await page.locator('tr[id]:visible').count();
    const all = await page.locator('tr[id]').count();
    expect(await page.getByRole('status').innerText()).toBe(`${shown} of ${all} shown`);
    await page.evaluate(`location.hash = 'bilirubin-2'`);
    await page.locator('tr#bilirubin-2').waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('');
  });

  it('is not there where there is nothing to choose from', async () => {
    const page = await openPage(browser, `${shipped.origin}/knowledge/rules/tace-with-immunotherapy`);
    expect(await page.getByRole('searchbox').count()).toBe(0);
  });
});

describe('where a hospital has a policy', () => {
  it('a limit stands beside the shipped one, with who approved it and since when', async () => {
    const page = await openPage(browser, `${local.origin}/knowledge/limits`);
    const row = await page.locator('tr#bilirubin-2').innerText();
    expect(row).toContain('2 mg/dL (34 µmol/L)');
    expect(row).toContain('3 mg/dL (51 µmol/L)');
    expect(row).toContain('Dr Dana Sample, liver board, since 2026-11-01');
    expect(await page.locator('tr#ecog-valid-days').innerText()).toContain('until 2027-04-30');
  });

  it('the value in force stands before the shipped one; side by side, and on a narrow window both within it', async () => {
    for (const width of [1280, 400]) {
      const page = await openPage(browser, `${local.origin}/knowledge/limits`, { viewport: { width, height: 860 } });
      const row = page.locator('tr#bilirubin-2');
      const inForce = await boxOf(row.locator('td.value').filter({ hasText: '3 mg/dL' }));
      const base = await boxOf(row.locator('td.value').filter({ hasText: '2 mg/dL' }));
      if (width === 1280) {
        expect(inForce.y).toBe(base.y);
        expect(inForce.x).toBeLessThan(base.x);
      } else {
        expect(inForce.y + inForce.height).toBeLessThanOrEqual(base.y);
        const labels = `[...document.querySelectorAll('tr#bilirubin-2 td')].map((cell) => [cell.dataset.label, getComputedStyle(cell, '::before').content !== 'none'])`;
        expect((await page.evaluate(labels)) as unknown).toEqual([
          ['in force at Sampletown General (synthetic)', true],
          ...['shipped', 'source', 'from', 'reviewed', 'used by'].map((label) => [label, true]),
        ]);
      }
      for (const { x, width: cell } of [inForce, base]) expect(x + cell).toBeLessThanOrEqual(width);
      await page.context().close();
    }
  });

  it('a limit that it left alone is in force as shipped', async () => {
    const page = await openPage(browser, `${local.origin}/knowledge/limits`);
    const values = page.locator('tr#child-pugh-b td.value');
    expect(await values.allInnerTexts()).toEqual([expect.stringMatching(/^7/), 'the same']);
  });

  it('the rule says so, and its own rules are there with their cases', async () => {
    const page = await openPage(browser, `${local.origin}/knowledge/rules/child-pugh-b-tace`);
    expect(await page.getByRole('region', { name: 'Entries of the local policy' }).innerText()).toContain(
      'indicator warning instead of info',
    );
    await page.goto(`${local.origin}/knowledge`);
    await page.getByRole('link', { name: 'TACE ordered with albumin below 28 g/L' }).click();
    expect(await page.locator('article').innerText()).not.toContain('No case yet.');
  });
});

describe('every page of the knowledge', () => {
  const addresses = ['', '/limits', '/evidence', '/value-sets', '/rules/tace-with-immunotherapy', '/rules/nothing'];

  it.each(addresses)(
    '%s has no fault of accessibility, light and dark, wide and narrow',
    async (address) => {
      for (const [colorScheme, width] of [
        ['light', 1280],
        ['dark', 400],
      ] as const) {
        const options = { colorScheme, viewport: { width, height: 800 } };
        const page = await openPage(browser, `${local.origin}/knowledge${address}`, options);
        // Value sets are all built alike, and there are too many for axe.
        await page.evaluate(
          `document.querySelectorAll('.value-set').forEach((one, at) => (at > 5 ? one.remove() : one.setAttribute('open', '')))`,
        );
        expect(await accessibilityFaults(page)).toEqual([]);
        const wider = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
        expect(wider).toBe(false);
        await page.context().close();
      }
    },
    120_000,
  );

  it.each(['', '/limits', '/evidence', '/rules/child-pugh-b-tace'])(
    '%s is read on a narrow window without scrolling sideways, and every cell says what it is',
    async (address) => {
      const page = await openPage(browser, `${local.origin}/knowledge${address}`, {
        viewport: { width: 400, height: 860 },
      });
      const wide = `[...document.querySelectorAll('.table-scroll')].filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.ariaLabel)`;
      expect((await page.evaluate(wide)) as unknown).toEqual([]);
      const unlabelled = `[...document.querySelectorAll('.stacked td:not(.ref)')].filter((cell) => !cell.dataset.label).length`;
      expect((await page.evaluate(unlabelled)) as unknown).toBe(0);
      await page.context().close();
    },
  );

  it('needs no script', async () => {
    const withoutScript = { javaScriptEnabled: false };
    const page = await openPage(browser, `${shipped.origin}/knowledge`, withoutScript);
    expect(await page.locator('table.rules tbody tr').count()).toBe(shippedDefinitions().rules.length);
    expect(await page.getByRole('searchbox').count()).toBe(0);
    await page.goto(`${shipped.origin}/knowledge/value-sets`);
    await page.getByRole('heading', { name: 'Hepatocellular carcinoma', exact: true }).click();
    await page.getByText('109841003').first().waitFor();
  });

  it('is printed without what only leads elsewhere', async () => {
    const page = await openPage(browser, `${shipped.origin}/knowledge/rules/tace-with-immunotherapy`);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('navigation').count()).toBe(0);
  });
});

async function boxOf(element: Locator) {
  const box = await element.boundingBox();
  if (box === null) throw new Error('It is not seen');
  return box;
}
