import { pino } from 'pino';
import { createApp } from '../../src/app.ts';
import type { Definitions } from '../../src/definitions/definitions.ts';
import { loadDefinitions } from '../../src/definitions/load.ts';
import type { Store } from '../../src/store/store.ts';
import { openTestTransport } from './transport.ts';

export const moduleFolder = 'hooks/hcc-tace-systemic';

let loaded: Definitions | undefined;

/** The shipped knowledge module, loaded once per test file. */
export function shippedDefinitions(): Definitions {
  loaded ??= loadDefinitions(moduleFolder);
  return loaded;
}

/** uuids in the order in which they are asked for. */
export function countingIds(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;
  };
}

/** Keeps nothing. */
const idleStore: Store = {
  cardsShown: () => {},
  keepFeedback: async () => ({ repeated: 0, unknown: 0 }),
  isAvailable: async () => true,
};

/** The service as tests use it: a fixed clock, counted ids, no log. */
export function testApp(options: Partial<Parameters<typeof createApp>[0]> = {}) {
  return createApp({
    definitions: shippedDefinitions(),
    logger: pino({ level: 'silent' }),
    hookBudgetMs: 3000,
    fhirAllowedOrigins: [],
    transport: openTestTransport(),
    sandbox: false,
    now: () => new Date('2026-11-05T12:00:00Z'),
    newId: countingIds(),
    store: idleStore,
    knowledgeHash: 'knowledge',
    patientHash: () => 'patient',
    ...options,
  });
}
