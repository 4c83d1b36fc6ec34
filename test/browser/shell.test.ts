import type { Browser } from 'playwright-core';
import { openPage, type ServedSite, startBrowser } from './browser.ts';
import { startWorkbench } from './workbench.ts';

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

describe('every page', () => {
  it('says which page it is, which knowledge it speaks of and in which edition', async () => {
    const page = await openPage(browser, site.origin);
    const here = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Workbench' });
    expect(await here.getAttribute('aria-current')).toBe('page');
    const footer = await page.getByRole('contentinfo').textContent();
    expect(footer).toContain('TACE and systemic therapy in hepatocellular carcinoma');
    expect(footer).toContain('Evidence pack 2026-11-22');
  });

  it('leads past the header with the first tab', async () => {
    const page = await openPage(browser, site.origin);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('main:focus').waitFor();
  });

  it('allows nothing but its own scripts, styles and calls', async () => {
    const { headers } = await fetch(site.origin);
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("connect-src 'self';");
    expect(headers.get('cache-control')).toBe('no-cache');
  });

  it('may call the one FHIR server that its address names', async () => {
    const { headers } = await fetch(
      `${site.origin}/?fhir=${encodeURIComponent('https://fhir.example/r4; script-src *')}`,
    );
    expect(headers.get('content-security-policy')).toContain("connect-src 'self' https://fhir.example;");
  });

  it('loads assets that are compressed, named by their content, and kept', async () => {
    const text = await (await fetch(site.origin)).text();
    const [, script = ''] = /<script type="module" src="([^"]+)"/.exec(text) ?? [];
    expect(script).toMatch(/^\/assets\/workbench-[A-Z0-9]{8}\.js$/);
    const { headers, status } = await fetch(`${site.origin}${script}`, { headers: { 'Accept-Encoding': 'br' } });
    expect(status).toBe(200);
    expect(headers.get('content-encoding')).toBe('br');
    expect(headers.get('cache-control')).toContain('immutable');
  });
});
