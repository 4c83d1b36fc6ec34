import type { Response } from 'express';
import type { Store } from '../store/store.ts';

export interface ReadinessDependencies {
  readonly store: Store;
  /** The process is going down: no new calls should be sent. */
  isStopping?(): boolean;
}

/** Whether everything works, and if not, what does not. Cards are answered also without the store. */
export async function answerReadiness(
  response: Response,
  module: string,
  { store, isStopping }: ReadinessDependencies,
): Promise<void> {
  const parts = { store: (await store.isAvailable()) ? 'ok' : 'unavailable' };
  const working = Object.values(parts).every((part) => part === 'ok');
  const status = isStopping?.() === true ? 'stopping' : working ? 'ok' : 'unavailable';
  response.status(status === 'ok' ? 200 : 503).json({ status, module, parts });
}
