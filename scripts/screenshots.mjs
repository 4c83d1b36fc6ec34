/**
 * Writes screenshots of the pages to docs/images, from the built service with its synthetic patients.
 *
 * node scripts/screenshots.mjs [NAME …]    default: all of them
 *
 * `upTo`: the picture ends with this element; `crop`: its height.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const IMAGES = join(ROOT, 'docs', 'images');
const wide = { width: 1280, height: 900 };
/** The day of the pictures: what is drawn does not depend on when. */
const day = '2026-11-23T12:00:00Z';
const narrow = { width: 400, height: 860 };

/** What is shown: an address, a window, and what is done before the picture is taken. */
const shots = [
  {
    name: 'workbench',
    path: '/#story=both-at-once&drafts=tace-snomed,atezolizumab,bevacizumab&hook=order-select&send=prefetch,access',
    before: (page) => answered(page, /1 card/),
    crop: 1180,
  },
  {
    name: 'workbench-dark',
    path: '/#story=ascites-child-pugh-b8&drafts=tace-snomed&hook=order-sign&send=prefetch,access',
    dark: true,
    before: (page) => answered(page, /1 card/),
    crop: 1180,
  },
  {
    name: 'workbench-gap',
    path: '/#story=inr-missing&drafts=tace-snomed&hook=order-select&send=prefetch,access',
    before: async (page) => {
      await answered(page, /1 card/);
      await page.getByRole('button', { name: 'Order INR' }).click();
      await page.getByText('acknowledged by the service').waitFor();
      await answered(page, /No card/);
    },
    crop: 1000,
  },
  {
    name: 'workbench-why',
    path: '/#story=inr-missing&drafts=tace-snomed&hook=order-select&send=prefetch,access',
    before: async (page) => {
      await answered(page, /1 card/);
      await page.getByRole('tab', { name: 'Why' }).click();
      await page.locator('.rule-undetermined summary').first().click();
    },
    crop: 1250,
  },
  {
    name: 'workbench-exchange',
    path: '/#story=inr-missing&drafts=tace-snomed&hook=order-select&send=access',
    before: async (page) => {
      await answered(page, /1 card/);
      await page.getByRole('tab', { name: 'JSON' }).click();
      await page.getByRole('heading', { name: 'Request', exact: true }).waitFor();
    },
    crop: 1000,
  },
  {
    name: 'workbench-override',
    path: '/#story=child-pugh-c&drafts=tace-snomed&hook=order-sign&send=prefetch,access',
    before: async (page) => {
      await answered(page, /card/);
      await page.getByRole('button', { name: 'Override …' }).click();
      await page.getByRole('combobox', { name: 'Reason' }).selectOption({ index: 1 });
      await page.getByRole('textbox', { name: /Comment/ }).fill('Bridging, agreed on Monday');
    },
    upTo: '.card-source',
    crop: 900,
  },
  {
    name: 'timeline',
    path: timeline('liver-function-fell-after-second-tace', 'TACE'),
    before: drawn,
  },
  {
    name: 'timeline-dark',
    path: timeline('liver-function-fell-after-second-tace', 'TACE'),
    dark: true,
    before: async (page) => {
      await drawn(page);
      await page.getByRole('img', { name: /B7 to B9/ }).focus();
    },
  },
  {
    name: 'timeline-table',
    path: timeline('liver-function-fell-after-second-tace', 'TACE'),
    before: async (page) => {
      await drawn(page);
      await page.getByRole('button', { name: 'Table' }).click();
    },
  },
  {
    name: 'timeline-narrow',
    path: timeline('liver-function-fell-after-second-tace', 'TACE'),
    window: narrow,
    before: drawn,
    crop: 1500,
  },
  {
    name: 'timeline-failed',
    path: '/timeline/launch?iss=https://fhir.example.org&launch=1',
    before: (page) => page.getByRole('alert').waitFor(),
  },
  {
    name: 'knowledge',
    path: '/knowledge',
    before: (page) => page.getByRole('heading', { level: 1 }).waitFor(),
    crop: 1000,
  },
  {
    name: 'knowledge-rule',
    path: '/knowledge/rules/child-pugh-b8-tace',
    before: (page) => page.getByRole('heading', { level: 1 }).waitFor(),
    crop: 1500,
  },
  {
    name: 'knowledge-evidence-dark',
    path: '/knowledge/evidence',
    dark: true,
    before: (page) => page.getByRole('heading', { level: 1 }).waitFor(),
    crop: 1000,
  },
  {
    name: 'workbench-narrow',
    path: '/#story=inr-missing&drafts=tace-snomed&hook=order-select&send=prefetch,access',
    window: narrow,
    before: (page) => answered(page, /1 card/),
  },
];

function timeline(patient, draft) {
  return (origin) => `/timeline#${new URLSearchParams({ iss: `${origin}/fhir`, patient, draft })}`;
}

async function drawn(page) {
  await page.locator('.chart-child-pugh-score svg').waitFor();
}

async function answered(page, status) {
  await page.getByRole('status').filter({ hasText: status }).first().waitFor();
}

const data = mkdtempSync(join(tmpdir(), 'screenshots-'));
const clock = pathToFileURL(join(ROOT, 'test', 'support', 'probe.mjs')).href;
const service = spawn(process.execPath, ['--import', clock, join(ROOT, 'dist', 'main.js')], {
  env: { PATH: process.env.PATH, PORT: '0', LOG_LEVEL: 'warn', DATA_DIR: data, PROBE_NOW: day },
  stdio: ['ignore', 'pipe', 'inherit'],
});
let browser;
try {
  const origin = await originOf(service);
  browser = await chromium.launch({ executablePath: browserPath(), args: ['--no-sandbox', '--disable-gpu'] });
  mkdirSync(IMAGES, { recursive: true });
  const wanted = process.argv.slice(2);
  for (const shot of shots) if (wanted.length === 0 || wanted.includes(shot.name)) await take(shot, origin);
} finally {
  await browser?.close();
  service.kill();
  rmSync(data, { recursive: true, force: true });
}

async function take({ name, path, window = wide, dark = false, before, crop, upTo }, origin) {
  const page = await browser.newPage({
    viewport: window,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  await page.clock.setFixedTime(day);
  await page.goto(`${origin}${typeof path === 'function' ? path(origin) : path}`);
  await before(page);
  const height = await page.evaluate('document.documentElement.scrollHeight');
  const shown = Math.min(height, crop ?? height);
  const bottom = upTo === undefined ? shown : Math.min(height, (await bottomOf(page, upTo)) + 40);
  const clip = { x: 0, y: Math.max(0, bottom - shown), width: window.width, height: shown };
  await page.screenshot({ path: join(IMAGES, `${name}.png`), fullPage: true, clip });
  await page.close();
  process.stdout.write(`docs/images/${name}.png\n`);
}

async function bottomOf(page, selector) {
  const { y, height } = await page.locator(selector).first().boundingBox();
  return y + height + (await page.evaluate('scrollY'));
}

function originOf(child) {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, found] = /^CDS Services +(http:\/\/[^/]+)/.exec(line) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
}

function browserPath() {
  const { status, stdout } = spawnSync(process.execPath, [join(ROOT, 'scripts', 'browser.mjs')], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error('There is no browser to take pictures with.');
  return stdout.trim();
}
