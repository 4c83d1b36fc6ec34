import type { Locator, Page } from 'playwright-core';
import type { ServedPage } from '../../src/pages/create-pages.ts';
import { workbenchPage } from '../../src/pages/workbench/workbench-page.ts';
import type { ClientRegistry } from '../../src/security/client-registry.ts';
import { memoryReplayGuard } from '../../src/security/replay-guard.ts';
import type { FeedbackEvent } from '../../src/store/store.ts';
import { shippedDefinitions } from '../support/app.ts';
import { fixtures, storyTime } from '../support/stories.ts';
import { type ServedSite, type SiteParts, startSite } from './browser.ts';

type AppOptions = ReturnType<NonNullable<Parameters<typeof startSite>[1]>>;

/** The service with the workbench. Feedback that it keeps is put into `kept`. */
export function startWorkbench(
  kept: FeedbackEvent[] = [],
  { furtherPages = [], ...options }: AppOptions & { readonly furtherPages?: readonly ServedPage[] } = {},
): Promise<ServedSite> {
  const store = {
    cardsShown: () => {},
    keepFeedback: async (events: readonly FeedbackEvent[]) => {
      kept.push(...events);
      return { repeated: 0, unknown: 0 };
    },
    isAvailable: async () => true,
  };
  return startSite(
    (parts) => [workbenchPage(workbenchOptions(parts)), ...furtherPages],
    () => ({ store, ...options }),
  );
}

/** The workbench of a service that takes calls of these clients only. */
export function startClosedWorkbench(clients: ClientRegistry): Promise<ServedSite> {
  return startSite(
    (parts) => [workbenchPage({ ...workbenchOptions(parts), authenticatedAt: parts.origin })],
    ({ origin }): AppOptions => {
      const replayGuard = memoryReplayGuard(() => storyTime);
      return { authentication: { clients, publicBaseUrl: origin, discovery: 'authenticated', replayGuard } };
    },
  );
}

function workbenchOptions({ sandbox, stories }: SiteParts) {
  const definitions = shippedDefinitions();
  return { definitions, fixtures, stories, copies: sandbox.copies, movedTo: sandbox.movedTo, now: () => storyTime };
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
