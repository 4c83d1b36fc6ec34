import type { Browser, Page } from 'playwright-core';
import type { FeedbackEvent } from '../../src/store/store.ts';
import { openPage, type ServedSite, startBrowser } from './browser.ts';
import { answered, cardOf, choose, draft, orders, result, startWorkbench } from './workbench.ts';

const kept: FeedbackEvent[] = [];
let site: ServedSite;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  site = await startWorkbench(kept);
  browser = await startBrowser();
}, 120_000);

beforeEach(async () => {
  kept.length = 0;
  page = await openPage(browser, site.origin);
});

afterEach(() => page.context().close());

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const gap = 'INR: no valid result within 30 days; Child-Pugh A5 to B7 until known. Order before TACE?';

describe('a clinician on the workbench', () => {
  it('chooses a patient, drafts an order, accepts the suggestion of its card: the drafts change, the feedback is kept', async () => {
    await choose(page, 'No INR in the record');
    await page.getByRole('button', { name: 'Remove TACE' }).click();
    await answered(page, /No card/);
    await draft(page, 'TACE');
    const card = cardOf(page, gap);
    await card.getByText('Information', { exact: true }).waitFor();
    await card.getByRole('button', { name: 'Order INR' }).click();
    await page.getByText('acknowledged by the service').waitFor();
    await answered(page, /No card/);
    expect(await orders(page).getByText('from a suggestion').count()).toBe(1);
    expect(kept).toMatchObject([{ service: 'hcc-order-select', outcome: 'accepted' }]);
  });

  it('takes a draft back by a suggestion: the order is gone, and with it the card', async () => {
    await choose(page, 'TACE and immunotherapy drafted in one session');
    const card = cardOf(page, /^TACE with atezolizumab \+ bevacizumab/);
    await card.getByText('Warning', { exact: true }).waitFor();
    await card.getByRole('button', { name: /Remove.*TACE|TACE.*remove/i }).click();
    await answered(page, /No card|1 card/);
    expect(await orders(page).getByText('TACE', { exact: true }).count()).toBe(0);
    await card.waitFor({ state: 'detached' });
  });

  it('overrides a card with a reason and a comment, and sees that it was acknowledged', async () => {
    await choose(page, 'Child-Pugh C');
    const card = cardOf(page, /^Child-Pugh C11/);
    await card.getByText('Critical', { exact: true }).waitFor();
    await card.getByRole('button', { name: 'Override' }).click();
    const reason = card.getByRole('combobox', { name: 'Reason' });
    const text = await reason.locator('option').nth(1).textContent();
    await reason.selectOption({ index: 1 });
    await card.getByRole('textbox', { name: /Comment/ }).fill('agreed this morning');
    await card.getByRole('button', { name: 'Override the card' }).click();
    await card.getByText(`Overridden: ${text}`).waitFor();
    await page.getByText('acknowledged by the service').waitFor();
    expect(kept).toMatchObject([{ outcome: 'overridden' }]);
    await page.locator('#answer-heading:focus').waitFor();
  });

  it('adds the missing INR: the card that asked for it becomes one that says what follows', async () => {
    await choose(page, 'No INR in the record');
    await cardOf(page, gap).waitFor();
    await result(page, 'INR').fill('2.5');
    await page.keyboard.press('Tab');
    await cardOf(page, gap).waitFor({ state: 'detached' });
    await cardOf(page, /^Child-Pugh B7/).waitFor();
    await page.getByRole('combobox', { name: 'INR: unit' }).and(page.locator(':focus')).waitFor();
    await page.getByRole('button', { name: 'Undo all changes' }).click();
    await cardOf(page, gap).waitFor();
  });

  it.each([
    ['with prefetch and the FHIR server', true, true],
    ['with prefetch only', true, false],
    ['with the FHIR server only', false, true],
  ])('gets the changed record answered %s, and never the story of others changed', async (_, prefetch, access) => {
    await choose(page, 'No INR in the record');
    await cardOf(page, gap).waitFor();
    await page.getByRole('checkbox', { name: /Prefetch/ }).setChecked(prefetch);
    await page.getByRole('checkbox', { name: /Access to the FHIR server/ }).setChecked(access);
    await result(page, 'INR').fill('2.5');
    await page.keyboard.press('Enter');
    await cardOf(page, /^Child-Pugh B7/).waitFor();
    const untouched = await (await fetch(`${site.origin}/fhir/Observation?patient=inr-missing&code=6301-6`)).json();
    expect(untouched).toMatchObject({ total: 0 });
  });

  it('is answered about the changed record also after others have pushed its copy off the server', async () => {
    await choose(page, 'No INR in the record');
    await cardOf(page, gap).waitFor();
    await result(page, 'INR').fill('2.5');
    await page.keyboard.press('Enter');
    await cardOf(page, /^Child-Pugh B7/).waitFor();
    const record = await (await fetch(`${site.origin}/workbench/stories/child-pugh-c`)).text();
    const headers = { 'Content-Type': 'application/json' };
    for (let made = 0; made < 20; made += 1)
      await fetch(`${site.origin}/workbench/records`, { method: 'POST', headers, body: record });
    const explained = page.waitForResponse('**/workbench/explain/**');
    await page.getByRole('checkbox', { name: /Prefetch/ }).uncheck();
    expect((await (await explained).json()).outcome).toEqual({ kind: 'cards', cards: 1 });
    await cardOf(page, /^Child-Pugh B7/).waitFor();
  });

  it('grades ascites at the bedside: a card as long as it is recorded', async () => {
    await choose(page, 'Preserved liver function, nothing to say');
    await answered(page, /No card/);
    await page.getByRole('combobox', { name: 'Ascites' }).selectOption('severe');
    await cardOf(page, /ascites/i).waitFor();
    await page.getByRole('button', { name: 'Undo all changes' }).click();
    await answered(page, /No card/);
  });

  it('moves a TACE session and records a response: the assessment is due, then no longer', async () => {
    await choose(page, 'Ten weeks after TACE, and no image');
    await cardOf(page, /since TACE on 2026-09-13/).waitFor();
    await page.getByText('TACE sessions and responses').click();
    await page.getByLabel('TACE session 1: day').fill('2026-08-22');
    await cardOf(page, /since TACE on 2026-08-22/).waitFor();
    await page.getByRole('button', { name: /Add a response/ }).click();
    await answered(page, /No card/);
  });

  it('removes a laboratory value: the service asks for it', async () => {
    await choose(page, 'Preserved liver function, nothing to say');
    await answered(page, /No card/);
    await page.getByRole('button', { name: 'Remove Albumin from the record' }).click();
    await cardOf(page, /^Albumin: no valid result/).waitFor();
  });

  it('opens a record and reads the overview', async () => {
    await choose(page, 'Opened on systemic therapy, after TACE');
    await answered(page, /1 card/);
    expect(await page.getByRole('article').textContent()).toContain('Child-Pugh');
  });

  it('is told when the service can read nothing at all', async () => {
    await choose(page, 'No INR in the record');
    await cardOf(page, gap).waitFor();
    await page.getByRole('checkbox', { name: /Prefetch/ }).uncheck();
    await page.getByRole('checkbox', { name: /Access to the FHIR server/ }).uncheck();
    await page.getByRole('heading', { name: 'The service refused the call (412)' }).waitFor();
  });
});

describe('an integrator on the workbench', () => {
  it('sees why: the undetermined rule, the fact that is missing, the measures and where each fact came from', async () => {
    await choose(page, 'No INR in the record');
    await cardOf(page, gap).waitFor();
    await page.getByRole('tab', { name: 'Why' }).click();
    const rule = page.getByRole('listitem').filter({ hasText: 'asked for where it could change a card' }).first();
    expect(await rule.textContent()).toContain('Missing: INR');
    const facts = page.getByRole('region', { name: 'Table of facts' });
    await facts.getByRole('row', { name: /Bilirubin 0\.9 mg\/dL Observation\/inr-missing-bilirubin/ }).waitFor();
    await page.getByText('A5 to B7').first().waitFor();
  });

  it('reads the call as JSON: prefetch filled from the templates of discovery, and what was answered', async () => {
    await choose(page, 'No INR in the record');
    await cardOf(page, gap).waitFor();
    await page.getByRole('tab', { name: 'JSON' }).click();
    const sent = JSON.parse((await page.getByRole('region', { name: 'Request' }).textContent()) ?? '');
    const { services } = (await (await fetch(`${site.origin}/cds-services`)).json()) as {
      services: readonly { hook: string; prefetch: object }[];
    };
    const advertised = services.find(({ hook }) => hook === 'order-select')?.prefetch ?? {};
    expect(Object.keys(sent.prefetch)).toEqual(Object.keys(advertised));
    expect(sent).toMatchObject({ hook: 'order-select', context: { patientId: 'inr-missing' } });
    const answer = JSON.parse((await page.getByRole('region', { name: 'Response' }).textContent()) ?? '');
    expect(answer.cards[0].summary).toBe(gap);
  });

  it('copies a curl line that another shell can send', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await choose(page, 'No INR in the record');
    await cardOf(page, gap).waitFor();
    await page.getByRole('tab', { name: 'JSON' }).click();
    await page.getByRole('button', { name: 'Copy as curl' }).click();
    await page.getByText('Copied').waitFor();
    const line = String(await page.evaluate('navigator.clipboard.readText()'));
    const [, body = ''] = /-d '(.*)'$/s.exec(line) ?? [];
    expect(line).toContain(`curl -s ${site.origin}/cds-services/hcc-order-select`);
    const response = await fetch(`${site.origin}/cds-services/hcc-order-select`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: body.replaceAll("'\\''", "'"),
    });
    expect(JSON.stringify(await response.json())).toContain(gap);
  });

  it('shares an address that restores patient, changes, drafts and what is sent', async () => {
    await choose(page, 'No INR in the record');
    await cardOf(page, gap).waitFor();
    await draft(page, 'Lenvatinib');
    await page.getByRole('radio', { name: /signed/ }).check();
    await page.getByRole('checkbox', { name: /Prefetch/ }).uncheck();
    await result(page, 'INR').fill('2.5');
    await page.keyboard.press('Enter');
    await cardOf(page, /Child-Pugh B7/).waitFor();
    const before = await page.getByRole('article').allTextContents();
    const shared = await openPage(browser, page.url());
    await answered(shared, /card/);
    await cardOf(shared, /Child-Pugh B7/).waitFor();
    expect(await shared.getByRole('article').allTextContents()).toEqual(before);
    expect(await orders(shared).count()).toBe(2);
    expect(await result(shared, 'INR').inputValue()).toBe('2.5');
    expect(await shared.getByRole('checkbox', { name: /Prefetch/ }).isChecked()).toBe(false);
    await shared.context().close();
  });
});
