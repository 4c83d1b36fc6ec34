import type { Browser, Page, Route } from 'playwright-core';
import { openPage, type ServedSite, startBrowser } from './browser.ts';
import { answered, cardOf, choose, draft, startWorkbench } from './workbench.ts';

jest.setTimeout(60_000);

let site: ServedSite;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  site = await startWorkbench();
  browser = await startBrowser();
}, 120_000);

beforeEach(async () => {
  page = await openPage(browser, 'about:blank');
});

afterEach(() => page.context().close());

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const asked = '/#story=inr-missing&drafts=tace-snomed&hook=order-select';
const calls = '**/cds-services/hcc-order-select';

/** Fails the requests of an address until it is stopped. */
async function failing(pattern: string, answer: Parameters<Route['fulfill']>[0]): Promise<() => Promise<void>> {
  await page.route(pattern, (route) => route.fulfill(answer));
  return () => page.unroute(pattern);
}

const html = { status: 502, contentType: 'text/html', body: '<html>Bad Gateway</html>' };
const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'transient' }] };

describe('an address that is not understood', () => {
  it.each([
    ['story=nonsense', 'patient'],
    ['story=inr-missing&edits=null', 'changes of the record'],
    ['story=inr-missing&edits={"tace":5}', 'changes of the record'],
    ['story=inr-missing&edits={"laboratory":{"inr":{"value":2}}}', 'changes of the record'],
    ['story=inr-missing&edits={"problems":{"ascites":"tense"}}', 'changes of the record'],
    ['story=inr-missing&orders=[1]', 'drafts'],
  ])('opens the workbench without that part, and says so: %s', async (fragment, part) => {
    await page.goto(`${site.origin}/#${fragment}`);
    await answered(page, /card/);
    await page.getByText(`Part of the address was not understood and is left out: ${part}.`).waitFor();
  });
});

describe('a failure is named, with what to do', () => {
  it('when a story cannot be read; calling again reads it', async () => {
    const stop = await failing('**/workbench/stories/*', { status: 503, json: outcome });
    await page.goto(`${site.origin}${asked}`);
    await answered(page, /Not called/);
    await page.getByText(/answered 503\. The service is down or starting: wait a little, then call again/).waitFor();
    await stop();
    await page.getByRole('button', { name: 'Call again' }).click();
    await cardOf(page, /^INR/).waitFor();
  });

  it.each([
    [503, 'The service is down or starting'],
    [429, 'wait a minute'],
  ])('when discovery answers %i', async (status, advice) => {
    await failing('**/cds-services', { status, json: outcome });
    await page.goto(`${site.origin}${asked}`);
    await page.getByText(new RegExp(`/cds-services answered ${status}\\. .*${advice}`)).waitFor();
    expect(await page.getByText('not registered').count()).toBe(0);
  });

  it('when call and explanation answer 503', async () => {
    for (const pattern of [calls, '**/workbench/explain/*']) await failing(pattern, { status: 503, json: outcome });
    await page.goto(`${site.origin}${asked}`);
    await answered(page, /Failed with 503/);
    await page.getByRole('heading', { name: 'The service failed the call (503)' }).waitFor();
    await page.getByText('wait a little, then call again').waitFor();
    await page.getByRole('tab', { name: 'Why' }).click();
    await page.getByRole('heading', { name: 'The service failed to say why (503)' }).waitFor();
  });

  it('when a proxy answers in HTML', async () => {
    await failing(calls, html);
    await page.goto(`${site.origin}${asked}`);
    await page.getByText(/answered 502 without JSON\. The service is down or starting/).waitFor();
    expect(await page.getByText('Unexpected token').count()).toBe(0);
  });

  it('when nobody answers', async () => {
    await page.route(calls, (route) => route.abort());
    await page.goto(`${site.origin}${asked}`);
    await page.getByText('The service does not answer. Check that it runs').waitFor();
  });
});

describe('what is sent with the call', () => {
  it('stays as chosen when another story or call is chosen, and in the shared address', async () => {
    await page.goto(`${site.origin}${asked}`);
    await cardOf(page, /^INR/).waitFor();
    await page.getByRole('checkbox', { name: /Access to the FHIR server/ }).uncheck();
    await page.getByRole('radio', { name: /Signed by the workbench/ }).check();
    await choose(page, 'Child-Pugh C');
    await cardOf(page, /^Child-Pugh C11/).waitFor();
    await page.getByRole('list', { name: 'To try' }).getByRole('button').first().click();
    await draft(page, 'TACE');
    const shared = await openPage(browser, page.url());
    for (const one of [page, shared]) {
      expect(await one.getByRole('checkbox', { name: /Access to the FHIR server/ }).isChecked()).toBe(false);
      expect(await one.getByRole('radio', { name: /Signed by the workbench/ }).isChecked()).toBe(true);
    }
    await shared.context().close();
  });
});

it('feedback that the service has not heard of is shown so, and can be sent again', async () => {
  await page.goto(`${site.origin}${asked}`);
  await answered(page, /card/);
  const stop = await failing('**/feedback', { status: 503, json: outcome });
  const card = page.locator('.card').first();
  await card
    .getByText(/^Override/)
    .first()
    .click();
  await card.locator('.override-form button').last().click();
  await card.getByText('The service has not acknowledged it').waitFor();
  await stop();
  await card.getByRole('button', { name: 'Send again' }).click();
  await page.getByText('acknowledged by the service', { exact: true }).waitFor();
  expect(await card.getByText('The service has not acknowledged it').count()).toBe(0);
});

it('a laboratory value that is no number is refused at its field, and keeps its unit', async () => {
  await page.goto(`${site.origin}/#story=preserved-function&drafts=tace-snomed&hook=order-select`);
  await answered(page, /./);
  const value = page.getByLabel('Bilirubin', { exact: true });
  const unit = page.getByLabel('Bilirubin: unit');
  const before = await unit.inputValue();
  await value.fill('abc');
  await value.press('Enter');
  expect(await value.evaluate((field: { validationMessage: string }) => field.validationMessage)).toContain('A number');
  expect(new URL(page.url()).hash).not.toContain('abc');
  await value.fill('4.5');
  await value.press('Enter');
  await page.getByText('Bilirubin 4.5 mg/dL').first().waitFor();
  expect(await unit.inputValue()).toBe(before);
});

describe('an answer is about one patient', () => {
  const next = (slug: string) => page.evaluate(`location.hash = '#story=${slug}&drafts=tace-snomed&hook=order-select'`);

  it('and goes at once when another is chosen, although the next answer is late', async () => {
    await page.goto(`${site.origin}/#story=both-at-once&drafts=tace-snomed,atezolizumab&hook=order-select`);
    await answered(page, /card/);
    await page.locator('.card').first().waitFor();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(calls, async (route) => {
      await held;
      await route.continue();
    });
    await next('child-pugh-c');
    await page.getByText('Calling …').waitFor();
    expect(await page.locator('.card').count()).toBe(0);
    release();
    await answered(page, /card/);
    expect(await page.locator('.card').first().textContent()).toContain('Child-Pugh C');
  });

  it('and goes when the next one cannot be had', async () => {
    await page.goto(`${site.origin}${asked}`);
    await answered(page, /card/);
    await page.route('**/workbench/stories/*', (route) => route.abort());
    await page.route(calls, (route) => route.abort());
    await next('child-pugh-c');
    await answered(page, /Not called/);
    expect(await page.locator('.card').count()).toBe(0);
  });

  it('and cannot be acted on while a call is on its way', async () => {
    await page.goto(`${site.origin}${asked}`);
    await answered(page, /card/);
    await page.route(calls, () => undefined);
    await page.getByRole('button', { name: 'Call again' }).click();
    await page.getByText('Calling …').waitFor();
    expect(await page.locator('.cards').getAttribute('inert')).toBe('');
  });
});
