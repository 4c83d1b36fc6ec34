import { sql } from 'kysely';
import type { Tables } from './database.ts';
import type { OutcomeCount } from './store.ts';

export interface Period {
  /** First and last month, inclusive. */
  readonly from?: string;
  readonly to?: string;
}

/** Each card counts once for each rule that it showed, and has one outcome. */
export async function countOutcomes(tables: Tables, { from, to }: Period = {}): Promise<readonly OutcomeCount[]> {
  const month = sql<string>`substr(shown_card.shown_at, 1, 7)`;
  const moment = sql<string>`feedback.outcome_at || ' ' || feedback.event`;
  let query = tables
    .with('said', (db) =>
      db
        .selectFrom('feedback')
        .select([
          'card',
          sql<number>`max(case when outcome = 'accepted' then 1 else 0 end)`.as('accepted'),
          sql<string | null>`max(case when outcome = 'overridden' then ${moment} end)`.as('last_override'),
        ])
        .groupBy('card'),
    )
    .selectFrom('shown_rule')
    .innerJoin('shown_card', 'shown_card.card', 'shown_rule.card')
    .leftJoin('said', 'said.card', 'shown_rule.card')
    .leftJoin('feedback', (join) =>
      join
        .onRef('feedback.card', '=', 'said.card')
        .on('said.accepted', '=', 0)
        .on(sql<boolean>`${moment} = said.last_override`),
    )
    .select([
      month.as('month'),
      'shown_rule.rule',
      'shown_rule.version',
      sql<
        OutcomeCount['outcome']
      >`case said.accepted when 1 then 'accepted' when 0 then 'overridden' else 'none' end`.as('became'),
      'feedback.reason_system as system',
      'feedback.reason_code as code',
      sql<number | string>`count(*)`.as('cards'),
    ])
    .groupBy([
      'month',
      'shown_rule.rule',
      'shown_rule.version',
      'became',
      'feedback.reason_system',
      'feedback.reason_code',
    ]);
  if (from !== undefined) query = query.where(month, '>=', from);
  if (to !== undefined) query = query.where(month, '<=', to);
  const rows = await query.execute();
  return rows.map(({ system, code, cards, became, ...row }) => ({
    ...row,
    outcome: became,
    cards: Number(cards),
    ...(system === null ? {} : { reasonSystem: system }),
    ...(code === null ? {} : { reasonCode: code }),
  }));
}

/** Feedback on cards that are not known: of another service, of another store, or older than what is kept. */
export async function countUnknown(tables: Tables): Promise<number> {
  const { events } = await tables
    .selectFrom('feedback')
    .leftJoin('shown_card', 'shown_card.card', 'feedback.card')
    .where('shown_card.card', 'is', null)
    .select(sql<number | string>`count(*)`.as('events'))
    .executeTakeFirstOrThrow();
  return Number(events);
}
