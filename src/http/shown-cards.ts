import type { Action, Card } from '../cds-hooks/card.ts';
import type { HookRequest } from '../cds-hooks/request.ts';
import type { Decision } from '../decision.ts';
import { isUuid } from '../observability/call-log.ts';
import type { ShownCard, Store } from '../store/store.ts';

/** What it takes to keep a record of cards. */
export interface Records {
  readonly store: Store;
  /** Names the knowledge that is in force: another one whenever a rule, a limit or a text is another. */
  readonly knowledgeHash: string;
  /** Stands for the patient. */
  patientHash(patientId: string): string;
}

/** The cards of an answer as they are kept: no name, no id of the patient, no text of the card. */
export function shownCards(
  service: string,
  { hook, hookInstance, context }: HookRequest,
  decision: Decision,
  shownAt: Date,
  { knowledgeHash, patientHash }: Records,
): readonly ShownCard[] {
  const written = decision.kind === 'cards' ? (decision.written ?? []) : [];
  if (written.length === 0) return [];
  const patient = patientHash(context.patientId);
  return written.map(({ card, rules }) => ({
    uuid: card.uuid,
    service,
    hook,
    ...(isUuid(hookInstance) ? { hookInstance: hookInstance.toLowerCase() } : {}),
    topic: card.source.topic.code,
    indicator: card.indicator,
    rules,
    suggestions: suggestionsOf(card),
    knowledge: knowledgeHash,
    patient,
    shownAt,
  }));
}

function suggestionsOf({ suggestions = [] }: Card): ShownCard['suggestions'] {
  return suggestions.map(({ uuid, actions }) => ({ uuid, action: actions.map(nameOf).join(', ') }));
}

/** `create ServiceRequest`; which one it is, is the patient's business. */
function nameOf({ type, resource, resourceId }: Action): string {
  return `${type} ${resource?.resourceType ?? resourceId?.split('/')[0] ?? ''}`.trim();
}
