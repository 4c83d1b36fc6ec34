import type { Bundle } from 'fhir/r4.js';
import { Icon } from '../../design/icons.tsx';
import type { Explanation } from '../explanation.ts';
import { type Answer, problemsOf } from './api.ts';
import type { CallBody } from './call.ts';
import { adviceFor } from './failure.ts';

export interface RefusalProps {
  readonly answer: Answer<unknown>;
  readonly what: string;
  /** What to do about it, where more is known than the status. */
  readonly advice?: string | undefined;
}

export function Refusal({ answer: { status, body }, what, advice = adviceFor(status) }: RefusalProps) {
  return (
    <div class="notice notice-critical">
      <h3>
        <Icon name="critical" /> The service {status < 500 ? 'refused' : 'failed'} {what} ({status})
      </h3>
      <ul>
        {problemsOf(body).map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
      {advice && <p>{advice}</p>}
    </div>
  );
}

const silences: Readonly<Record<string, string>> = {
  'no-recognised-order': 'None of the drafts is an order that the service knows.',
  'no-order-selected': 'None of the orders that the service knows is selected: tick “selected” beside one.',
  'gate-closed': 'The record does not say that this patient concerns the service: no active HCC, a minor, or deceased.',
  'nothing-to-say': 'All criteria are met, or nothing that is missing could change the advice.',
  'silent-with-open-bedside-facts':
    'Nothing fires. Ascites, encephalopathy or performance status are not recorded, but nothing suggests that they are abnormal.',
};

const noDraft = 'There is no draft order: choose one at “Order to draft” and press “Draft order”.';

/** Why there is no card; undefined where there is one. */
export function silenceText({ outcome }: Explanation, { context }: CallBody): string | undefined {
  if (outcome.kind !== 'silent') return undefined;
  const drafts = context.draftOrders as Bundle | undefined;
  if (outcome.reason === 'no-recognised-order' && drafts?.entry?.length === 0) return noDraft;
  return silences[outcome.reason] ?? outcome.reason;
}

/** Nothing was asked for which the service has an answer: no reason to be content. */
const unasked = new Set(['no-recognised-order', 'no-order-selected']);

interface SilenceProps {
  readonly explanation: Explanation | undefined;
  readonly body: CallBody;
}

export function Silence({ explanation, body }: SilenceProps) {
  const isUnasked = explanation?.outcome.kind === 'silent' && unasked.has(explanation.outcome.reason);
  return (
    <div class={isUnasked ? 'notice' : 'notice notice-good'}>
      <h3>
        <Icon name={isUnasked ? 'info' : 'true'} /> No card
      </h3>
      <p>{(explanation && silenceText(explanation, body)) ?? 'There is nothing to say.'}</p>
    </div>
  );
}
