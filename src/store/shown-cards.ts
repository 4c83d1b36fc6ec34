import { chunks } from './chunks.ts';
import type { Tables } from './database.ts';
import type { ShownCard } from './store.ts';

/** Adds cards. Those that are there already stay as they are: a write whose outcome is not known is simply repeated. */
export async function insertShownCards(tables: Tables, cards: readonly ShownCard[]): Promise<void> {
  for (const some of chunks(cards)) {
    await tables
      .insertInto('shown_card')
      .values(some.map(row))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const rules = cards.flatMap((card) => card.rules.map(({ id, version }) => ({ card: card.uuid, rule: id, version })));
  for (const some of chunks(rules)) {
    await tables
      .insertInto('shown_rule')
      .values(some)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const suggestions = cards.flatMap((card) =>
    card.suggestions.map(({ uuid, action }) => ({ suggestion: uuid, card: card.uuid, action })),
  );
  for (const some of chunks(suggestions)) {
    await tables
      .insertInto('shown_suggestion')
      .values(some)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

function row({ uuid, service, hook, hookInstance, topic, indicator, knowledge, patient, shownAt }: ShownCard) {
  return {
    card: uuid,
    service,
    hook,
    hook_instance: hookInstance ?? null,
    topic,
    indicator,
    knowledge,
    patient,
    shown_at: shownAt.toISOString(),
  };
}
