import type { Kysely, Migration, MigrationProvider } from 'kysely';

/**
 * How the tables came to be, step by step, in the order of the names. A step that was released is never changed: write
 * another one. Each runs in a transaction.
 */
const migrations: Readonly<Record<string, Migration>> = {
  '0001-cards-feedback-tokens': { up: cardsFeedbackTokens },
};

export const migrationProvider: MigrationProvider = { getMigrations: async () => ({ ...migrations }) };

async function cardsFeedbackTokens(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('shown_card')
    .addColumn('card', 'text', (column) => column.primaryKey().notNull())
    .addColumn('service', 'text', (column) => column.notNull())
    .addColumn('hook', 'text', (column) => column.notNull())
    .addColumn('hook_instance', 'text')
    .addColumn('topic', 'text', (column) => column.notNull())
    .addColumn('indicator', 'text', (column) => column.notNull())
    .addColumn('knowledge', 'text', (column) => column.notNull())
    .addColumn('patient', 'text', (column) => column.notNull())
    .addColumn('shown_at', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('shown_card_shown_at').on('shown_card').column('shown_at').execute();

  await db.schema
    .createTable('shown_rule')
    .addColumn('card', 'text', (column) => column.notNull().references('shown_card.card').onDelete('cascade'))
    .addColumn('rule', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('shown_rule_key', ['card', 'rule', 'version'])
    .execute();

  await db.schema
    .createTable('shown_suggestion')
    .addColumn('suggestion', 'text', (column) => column.primaryKey().notNull())
    .addColumn('card', 'text', (column) => column.notNull().references('shown_card.card').onDelete('cascade'))
    .addColumn('action', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('shown_suggestion_card').on('shown_suggestion').column('card').execute();

  // No reference to shown_card: feedback on a card that is not known is kept, too.
  await db.schema
    .createTable('feedback')
    .addColumn('event', 'text', (column) => column.primaryKey().notNull())
    .addColumn('card', 'text', (column) => column.notNull())
    .addColumn('service', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('reason_system', 'text')
    .addColumn('reason_code', 'text')
    .addColumn('commented', 'integer', (column) => column.notNull())
    .addColumn('outcome_at', 'text', (column) => column.notNull())
    .addColumn('received_at', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('feedback_card').on('feedback').column('card').execute();
  await db.schema.createIndex('feedback_received_at').on('feedback').column('received_at').execute();

  await db.schema
    .createTable('accepted_suggestion')
    .addColumn('event', 'text', (column) => column.notNull().references('feedback.event').onDelete('cascade'))
    .addColumn('suggestion', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('accepted_suggestion_key', ['event', 'suggestion'])
    .execute();

  await db.schema
    .createTable('used_token')
    .addColumn('token', 'text', (column) => column.primaryKey().notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('used_token_expires_at').on('used_token').column('expires_at').execute();

  await db.schema
    .createTable('heartbeat')
    .addColumn('id', 'integer', (column) => column.primaryKey().notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .execute();
}
