import type { Locator, Page } from 'playwright-core';
import { workbenchPage } from '../../src/pages/workbench/workbench-page.ts';
import type { FeedbackEvent } from '../../src/store/store.ts';
import { shippedDefinitions } from '../support/app.ts';
import { fixtures, storyTime } from '../support/stories.ts';
import { type ServedSite, startSite } from './browser.ts';

/** The service with the workbench. Feedback that it keeps is put into `kept`. */
export function startWorkbench(kept: FeedbackEvent[] = []): Promise<ServedSite> {
  const pagesOf: Parameters<typeof startSite>[0] = ({ sandbox, stories }) => [
    workbenchPage({
      definitions: shippedDefinitions(),
      fixtures,
      stories,
      copies: sandbox.copies,
      authentication: false,
      now: () => storyTime,
    }),
  ];
  const store = {
    cardsShown: () => {},
    keepFeedback: async (events: readonly FeedbackEvent[]) => {
      kept.push(...events);
      return { repeated: 0, unknown: 0 };
    },
    isAvailable: async () => true,
  };
  return startSite(pagesOf, () => ({ store }));
}

/** Waits until the service has answered so. */
export async function answered(page: Page, status: RegExp): Promise<void> {
  await page.getByRole('region', { name: 'Answer' }).getByRole('status').filter({ hasText: status }).waitFor();
}

/** The card with this summary. */
export function cardOf(page: Page, summary: string | RegExp): Locator {
  return page.getByRole('article', { name: summary });
}

export async function choose(page: Page, story: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Story' }).selectOption({ label: story });
}

export async function draft(page: Page, order: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Order to draft' }).selectOption({ label: order });
  await page.getByRole('button', { name: 'Draft order' }).click();
}

export function orders(page: Page): Locator {
  return page.getByRole('list', { name: 'Draft orders' }).getByRole('listitem');
}

/** The value of a laboratory test in the editor. */
export function result(page: Page, test: string): Locator {
  return page.getByRole('textbox', { name: new RegExp(`^${test}( changed)?$`) });
}
