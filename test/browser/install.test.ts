import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Elsewhere browsers are found outside of PATH as well. */
const onLinux = process.platform === 'linux' ? it : it.skip;

onLinux(
  'where there is no browser and no apt-get, Playwright’s Chromium is asked for; without it one is told what to do',
  async () => {
    const asked: string[] = [];
    const downloads = createServer(({ url = '' }, response) => {
      asked.push(url);
      response.writeHead(404).end();
    }).listen(0, '127.0.0.1');
    await once(downloads, 'listening');
    const folder = mkdtempSync(join(tmpdir(), 'hcc-cds-browser-'));
    const child = spawn(process.execPath, ['scripts/browser.mjs'], {
      env: {
        PATH: folder,
        HOME: folder,
        PLAYWRIGHT_BROWSERS_PATH: folder,
        PLAYWRIGHT_DOWNLOAD_HOST: `http://127.0.0.1:${(downloads.address() as AddressInfo).port}`,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const [code] = await once(child, 'close');
    downloads.close();
    rmSync(folder, { recursive: true });

    expect(asked.filter((url) => /chromium|chrome/.test(url))).not.toEqual([]);
    expect(code).toBe(1);
    expect(said.trimEnd().split('\n').at(-1)).toBe(
      'browser: The browser tests need Chromium, Chrome or Edge. Install one, or name it by CHROMIUM_PATH.',
    );
  },
);
