import type { Browser } from 'playwright-core';
import { parse } from 'yaml';
import { type Client, createRegistry } from '../../src/security/client-registry.ts';
import { clientsFile } from '../../src/security/clients-file.ts';
import { countingIds } from '../support/app.ts';
import { storyTime } from '../support/stories.ts';
import { openTestTransport } from '../support/transport.ts';
import { accessibilityFaults, openPage, type ServedSite, startBrowser } from './browser.ts';
import { answered, cardOf, startClosedWorkbench } from './workbench.ts';

/** Who is registered changes while the service runs: in production it is started again instead. */
const clients = new Map<string, Client>();
let site: ServedSite;
let browser: Browser;

jest.setTimeout(60_000);

beforeAll(async () => {
  site = await startClosedWorkbench(clients);
  browser = await startBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const services = ['hcc-order-select', 'hcc-order-sign', 'hcc-patient-view'];

function register(entry: unknown): void {
  const file = clientsFile(services, (name) => {
    throw new Error(`there is no key ${name}`);
  }).parse({ discovery: 'authenticated', clients: [entry] });
  const dependencies = { openTransport: openTestTransport, now: () => storyTime, newId: countingIds(), warn: () => {} };
  for (const [issuer, client] of createRegistry(file, dependencies)) clients.set(issuer, client);
}

it('a service that takes registered clients only takes the workbench once its key is registered, and signed calls only', async () => {
  const page = await openPage(browser, `${site.origin}/#story=inr-missing&drafts=tace-snomed&send=prefetch,access`);
  await page.getByRole('heading', { name: 'This browser is not registered' }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  const entry = await page.getByRole('region', { name: 'Entry for the clients file' }).textContent();
  expect(entry).not.toContain('"d"');
  register(parse(`clients:\n  - name: other\n${entry}`).clients[1]);

  await page.reload();
  const card = cardOf(page, /^INR: no valid result/);
  await card.getByRole('button', { name: 'Order INR' }).click();
  await page.getByText('acknowledged by the service').waitFor();
  await answered(page, /No card/);
  await page.getByRole('tab', { name: 'Why' }).click();
  await page.getByRole('heading', { name: 'Rules' }).waitFor();

  await page.getByRole('radio', { name: 'None' }).check();
  await answered(page, /Refused with 401/);
  await page.getByRole('radio', { name: /Signed by the workbench/ }).check();
  await answered(page, /No card/);
});
