import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { createApp } from '../../src/app.ts';
import { createPages, type ServedPage } from '../../src/pages/create-pages.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/create-sandbox.ts';
import { loadStories, type Story } from '../../src/sandbox/stories.ts';
import { shippedDefinitions, testApp } from '../support/app.ts';
import { fixtures, storyTime } from '../support/stories.ts';

export interface ServedSite {
  readonly origin: string;
  close(): Promise<void>;
}

/** What a page may need of the service that serves it. */
export interface SiteParts {
  readonly origin: string;
  readonly sandbox: Sandbox;
  readonly stories: readonly Story[];
}

type AppOptions = Partial<Parameters<typeof createApp>[0]>;

/** The whole service on a free port, on the day the stories are written for, with freshly built pages. */
export async function startSite(
  pagesOf: (parts: SiteParts) => readonly ServedPage[],
  optionsOf: (parts: SiteParts) => AppOptions = () => ({}),
): Promise<ServedSite> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stories = await loadStories(resolve(fixtures, 'patients'));
  const bundles = stories.map(({ bundle }) => bundle);
  const sandbox = await createSandbox({ bundles, baseUrl: `${origin}/fhir`, now: storyTime });
  const parts = { origin, sandbox, stories };
  const folder = mkdtempSync(join(tmpdir(), 'pages-'));
  run(['scripts/build-pages.mjs', '--out', folder]);
  const edition = { module: shippedDefinitions().service.title, evidencePack: '2026-11-22', version: '0', hash: '0' };
  const pages = createPages({ folder, edition, pages: pagesOf(parts) });
  const options = { sandbox: true, now: () => storyTime, fhirRouter: sandbox.router, pages, ...optionsOf(parts) };
  server.on('request', testApp(options));
  return { origin, close: () => closeSite(server, folder) };
}

async function closeSite(server: Server, folder: string): Promise<void> {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  rmSync(folder, { recursive: true });
}

const flags = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
];

/** A real browser; scripts/browser.mjs finds or installs it, and a test without one fails. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = run(['scripts/browser.mjs']).trim();
  return chromium.launch({ executablePath, headless: true, args: flags });
}

/** A window of its own. What goes wrong in the page goes wrong in the test. */
export async function openPage(browser: Browser, address: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(address);
  return page;
}

/** The faults that axe finds by the rules of WCAG 2.2 AA, each with the elements concerned. */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

function run(args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`node ${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}
