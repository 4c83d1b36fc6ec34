import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { timelinePage } from '../../src/pages/timeline/timeline-page.ts';
import { shippedDefinitions } from '../support/app.ts';
import { storyTime } from '../support/stories.ts';
import { accessibilityFaults, openPage, type ServedSite, startBrowser, startSite } from './browser.ts';
import { type SmartServer, startSmartServer } from './smart-server.ts';
import { addressOf as addressIn, groupsOf, openChart } from './timeline.ts';

const slug = 'liver-function-fell-after-second-tace';

let smart: SmartServer;
let site: ServedSite;
let browser: Browser;

beforeAll(async () => {
  const origins: string[] = [];
  let fhir: Parameters<typeof startSmartServer>[0]['fhir'] | undefined;
  site = await startSite(({ sandbox, stories }) => {
    fhir = sandbox.router;
    const groups = groupsOf(stories);
    return [
      timelinePage({ definitions: shippedDefinitions(), clientId: 'our-app', origins, groups, now: () => storyTime }),
    ];
  });
  if (fhir === undefined) throw new Error('there is no FHIR server');
  smart = await startSmartServer({ fhir, patient: slug, appContext: '{"drafts":["TACE"]}' });
  origins.push(smart.origin);
  browser = await startBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await smart?.close();
  await site?.close();
});

const addressOf = (patient: string, more = '') => addressIn(site, patient, more);
const openTimeline = (patient = slug, options: BrowserContextOptions = {}, more = ''): Promise<Page> =>
  openChart(browser, addressOf(patient, more), options);

const childPugh = (page: Page) => page.getByRole('group', { name: /^Child-Pugh:/ });
const namesIn = async (page: Page, panel: RegExp) =>
  page
    .getByRole('group', { name: panel })
    .locator('.point')
    .evaluateAll((points: { getAttribute(name: string): string | null }[]) =>
      points.map((point) => point.getAttribute('aria-label') ?? ''),
    );

/** What was transferred of the page, its assets and the knowledge it starts with [bytes]. The record is not counted. */
const transferred = `[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .filter(({ name }) => /^\\/(assets|timeline)/.test(new URL(name).pathname))
  .reduce((total, { transferSize }) => total + transferSize, 0)`;

describe('the liver timeline, opened for a patient of an open server', () => {
  it('shows the drop after the second TACE, and what each score was made of', async () => {
    const page = await openTimeline();
    const scores = (await namesIn(page, /^Child-Pugh:/)).map((name) => name.replace(/\. Made of.*/, '')).sort();
    expect(scores).toEqual([
      '2026-02-10, Child-Pugh A5',
      '2026-03-10, Child-Pugh A5',
      '2026-04-07, Child-Pugh A5',
      '2026-06-30, Child-Pugh A5',
      '2026-07-28, Child-Pugh B7',
      '2026-09-01, Child-Pugh B7 to B9',
      '2026-09-22, Child-Pugh B8',
      '2026-10-20, Child-Pugh B8',
      '2026-11-16, Child-Pugh B8',
    ]);
    const treatments = await namesIn(page, /^Treatment:/);
    expect(treatments).toEqual(expect.arrayContaining([expect.stringMatching(/^2026-07-14, TACE, session 2/)]));
    expect(treatments).toEqual(
      expect.arrayContaining([expect.stringMatching(/lenvatinib, from 2026-10-06 on, running/)]),
    );
    await childPugh(page)
      .getByRole('img', { name: /^2026-07-28/ })
      .hover();
    const detail = await page.getByRole('complementary', { name: 'The point that is pointed at' }).innerText();
    expect(detail).toContain('Child-Pugh B7');
    expect(detail).toMatch(/Bilirubin\s+2\.4 mg\/dL\s*2026-07-28/);
  });

  it('leaves a gap where nothing was measured, and says for how long', async () => {
    const page = await openTimeline();
    expect(await childPugh(page).getByText('nothing for 84 days').count()).toBe(1);
    const lines = childPugh(page).locator('.lines path');
    expect(await lines.count()).toBeGreaterThan(1);
  });

  it('draws a score whose parts are not all known as a band, from its least to its most', async () => {
    const page = await openTimeline();
    const band = childPugh(page).getByRole('img', { name: /^2026-09-01, Child-Pugh B7 to B9/ });
    expect(await band.getAttribute('aria-label')).toContain('INR it is too old');
    const { height = 0 } = (await band.boundingBox()) ?? {};
    expect(height).toBeGreaterThan(15);
  });

  it('says the same in a table', async () => {
    const page = await openTimeline(slug, {}, '&draft=TACE');
    await page.getByRole('button', { name: 'Table' }).click();
    const table = page.getByRole('region', { name: 'The course as a table' });
    const rows = await table.getByRole('row').allInnerTexts();
    const rowOf = (day: string) => rows.find((row) => row.startsWith(day)) ?? '';
    expect(rowOf('2026-07-28')).toMatch(/B7.*2\.4 mg\/dL.*3\.3 g\/dL.*1\.4/s);
    expect(rowOf('2026-07-14')).toContain('TACE');
    expect(rowOf('2026-09-01')).toContain('Response: Progressive disease');
    expect(rowOf('2026-09-01')).toContain('INR: it is too old');
    expect(rowOf('2026-11-22')).toContain('TACE drafted');
    expect(await childPugh(page).isVisible()).toBe(false);
  });

  it('is reached value by value with the keyboard alone', async () => {
    const page = await openTimeline();
    const focused = () => page.evaluate('document.activeElement.getAttribute("aria-label") ?? ""');
    for (let tabs = 0; tabs < 20 && !String(await focused()).includes('Child-Pugh'); tabs += 1)
      await page.keyboard.press('Tab');
    expect(await focused()).toMatch(/^2026-11-16, Child-Pugh B8/);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect(await focused()).toMatch(/^2026-09-01, Child-Pugh B7 to B9/);
    expect(await page.getByRole('complementary', { name: /pointed at/ }).innerText()).toContain('it is too old');
    await page.keyboard.press('Home');
    expect(await focused()).toMatch(/^2026-02-10/);
    await page.keyboard.press('Tab');
    expect(await focused()).toMatch(/ALBI/);
  });

  it('fits a window of 400 pixels', async () => {
    const page = await openTimeline(slug, { viewport: { width: 400, height: 800 } }, '&draft=TACE');
    expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    const { width = 999 } = (await childPugh(page).boundingBox()) ?? {};
    expect(width).toBeLessThan(400);
  });

  it('shows in a window of 400 pixels what is pointed at, and loses no label', async () => {
    const page = await openTimeline(slug, { viewport: { width: 400, height: 860 } });
    expect(await childPugh(page).getByText('B7–B9').count()).toBe(1);
    expect(
      await childPugh(page)
        .getByText(/nothing for/)
        .count(),
    ).toBe(1);
    const detail = page.getByRole('complementary', { name: /pointed at/ });
    const value = childPugh(page).getByRole('img', { name: /^2026-07-28/ });
    await value.hover();
    expect(await detail.innerText()).toContain('Child-Pugh B7');
    const { y = 9999, height = 0 } = (await detail.boundingBox()) ?? {};
    expect(y + height).toBeLessThanOrEqual(860);
    expect((await value.boundingBox())?.y).toBeLessThan(y);
  });

  it('tells of today’s draft, by pointer and by keyboard', async () => {
    const page = await openTimeline(slug, {}, '&draft=TACE');
    const draft = page.getByRole('group', { name: /^Treatment:/ }).getByRole('img', { name: /Drafted today, TACE/ });
    const detail = page.getByRole('complementary', { name: /pointed at/ });
    await draft.hover();
    expect(await detail.innerText()).toMatch(/2026-11-22\s+Drafted today TACE/);
    await childPugh(page)
      .getByRole('img', { name: /^2026-07-28/ })
      .hover();
    await page.getByRole('button', { name: 'Table' }).focus();
    await page.keyboard.press('Tab');
    for (const key of ['Home', 'End']) await page.keyboard.press(key);
    expect(await detail.innerText()).toContain('Drafted today TACE');
  });

  it('draws borders of classes, and ranges that are not seen through', async () => {
    const page = await openTimeline();
    expect(await childPugh(page).locator('.borders line').count()).toBe(2);
    expect(await childPugh(page).locator('.ranges').getAttribute('stroke-opacity')).toBeNull();
  });

  it('is printed as chart and table', async () => {
    const page = await openTimeline();
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('region', { name: 'The course as a table' }).isVisible()).toBe(true);
    expect(await childPugh(page).isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: 'Table' }).isVisible()).toBe(false);
  });

  it.each([
    ['light', 1280],
    ['dark', 400],
  ] as const)(
    'has no fault of accessibility, %s, %d pixels',
    async (colorScheme, width) => {
      const page = await openTimeline(slug, { colorScheme, viewport: { width, height: 900 } }, '&draft=TACE');
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole('button', { name: 'Table' }).click();
      expect(await accessibilityFaults(page)).toEqual([]);
    },
    60_000,
  );

  it('does not tell the service which patient it is', async () => {
    const page = await browser.newPage();
    const asked: string[] = [];
    page.on('request', (request) => {
      const { pathname, search } = new URL(request.url());
      if (!pathname.startsWith('/fhir/')) asked.push(`${pathname}${search}`);
    });
    await page.goto(`${site.origin}/timeline`);
    await page.getByRole('link', { name: 'Liver function fell after the second TACE' }).click();
    await page.locator('.chart-child-pugh-score svg').waitFor();
    expect(asked).toContain('/timeline/start');
    expect(asked.filter((address) => address.includes(slug))).toEqual([]);
    await page.close();
  });

  it('breaks no rule of its own policy, paints within a second, and weighs less than 500 kB', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => void complaints.push(message.text()));
    await page.goto(addressOf(slug));
    await page.locator('.chart-child-pugh-score svg').waitFor();
    expect(complaints).toEqual([]);
    const paint = await page.evaluate('performance.getEntriesByName("first-contentful-paint")[0].startTime');
    expect(paint).toBeLessThan(1000);
    const bytes = Number(await page.evaluate(transferred));
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThan(500_000);
    await context.close();
  });
});

describe('when there is little or nothing', () => {
  it('a record without liver tests says so, and shows what was done', async () => {
    const page = await openPage(browser, addressOf(slug));
    await page.route('**/Observation?*', (route) =>
      route.fulfill({ json: { resourceType: 'Bundle', type: 'searchset', total: 0 } }),
    );
    await page.reload();
    await page.getByText('No bilirubin, albumin or INR is recorded').waitFor();
    await page
      .getByRole('group', { name: /^Treatment:/ })
      .locator('.point')
      .first()
      .waitFor();
    expect(await namesIn(page, /^Treatment:/)).not.toEqual([]);
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('a read that failed is said', async () => {
    const page = await openPage(browser, addressOf(slug));
    await page.route('**/Condition?*', (route) => route.fulfill({ status: 403 }));
    await page.reload();
    await page.getByText('Could not be read: conditions.').waitFor();
    expect(await page.getByText('Not read to the end').count()).toBe(0);
  });

  it('a record that goes on after the last page that is read is said to be incomplete', async () => {
    const page = await openPage(browser, addressOf(slug));
    await page.route('**/Condition?*', async (route) => {
      const answer = await route.fetch();
      const link = [{ relation: 'next', url: route.request().url() }];
      await route.fulfill({ json: { ...(await answer.json()), link } });
    });
    await page.reload();
    await page.getByText('Not read to the end: conditions.').waitFor();
    expect(await page.getByText('Could not be read').count()).toBe(0);
  });

  it('a server that is down is an alert, and a second try works', async () => {
    const page = await openPage(browser, addressOf(slug));
    await page.route('**/fhir/**', (route) => route.abort());
    await page.reload();
    await page.getByRole('alert').getByText('The record could not be read').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.unroute('**/fhir/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.chart-child-pugh-score svg').waitFor();
  });

  it('nobody named: how it is opened, and whom one can try', async () => {
    const page = await openPage(browser, `${site.origin}/timeline`);
    await page.getByRole('link', { name: 'Liver function fell after the second TACE' }).click();
    await page.locator('.chart-child-pugh-score svg').waitFor();
  });

  it('a patient whom the server does not know is an alert, not a record without results', async () => {
    const page = await openPage(browser, addressOf('nobody-of-this-name'));
    await page.getByRole('alert').getByText('The server knows no patient of this id.').waitFor();
  });

  it('an address that names a server and no patient is an alert', async () => {
    const page = await openPage(browser, addressOf(slug).replace(/&patient=[^&]*/, ''));
    await page.getByRole('alert').getByText('has to name a FHIR server (iss) and a patient').waitFor();
  });

  it('a server that is not registered is not asked', async () => {
    const page = await openPage(browser, `${site.origin}/timeline/launch?iss=https://evil.example/fhir&launch=1`);
    await page.getByText('https://evil.example is not registered with this app').waitFor();
  });
});

describe('launched by an EHR', () => {
  const launchAddress = () => `${site.origin}/timeline/launch?iss=${encodeURIComponent(smart.iss)}&launch=xyz`;

  it('asks for access with PKCE, and reads the patient of the launch with the token and today’s draft', async () => {
    const page = await openPage(browser, launchAddress());
    await page.locator('.chart-child-pugh-score svg').waitFor();
    expect(smart.authorized.at(-1)).toMatchObject({
      ...{ response_type: 'code', client_id: 'our-app', launch: 'xyz', aud: smart.iss },
      ...{ redirect_uri: `${site.origin}/timeline`, code_challenge_method: 'S256' },
      scope: expect.stringContaining('launch'),
    });
    expect(smart.tokens.at(-1)).toMatchObject({ grant_type: 'authorization_code', client_id: 'our-app' });
    expect(await page.getByText('drafted: TACE').count()).toBe(1);
    await page.reload();
    await page.locator('.chart-child-pugh-score svg').waitFor();
  });

  it('asks to have a patient chosen when no EHR launches it', async () => {
    const page = await openPage(browser, launchAddress().replace('&launch=xyz', ''));
    await page.locator('.chart-child-pugh-score svg').waitFor();
    const scopes = smart.authorized.at(-1)?.scope?.split(' ');
    expect(scopes).toContain('launch/patient');
    expect(scopes).not.toContain('launch');
  });

  it('may be framed by the EHRs that are registered, and by nobody else', async () => {
    const { headers } = await fetch(`${site.origin}/timeline`);
    expect(headers.get('content-security-policy')).toContain(`frame-ancestors ${smart.origin}`);
    expect(headers.get('content-security-policy')).toContain(`connect-src 'self' ${smart.origin};`);
    expect(headers.get('x-frame-options')).toBeNull();
  });

  it('says so when access is not given', async () => {
    smart.refuse();
    const page = await openPage(browser, launchAddress());
    await page.getByRole('alert').getByText('The EHR has not given access to the record.').waitFor();
  });
});
