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
  'nothing-to-say': 'No rule fires on what is recorded, and nothing that is missing is asked for.',
  'silent-with-open-bedside-facts':
    'No rule fires on what is recorded. Ascites, encephalopathy or performance status are not exactly known, and are not asked for with this order.',
};

const noDraft = 'There is no draft order: choose one at “Order to draft” and press “Draft order”.';

/** Why there is no card; undefined where there is one. */
export function silenceText({ outcome }: Explanation, { context }: CallBody): string | undefined {
  if (outcome.kind !== 'silent') return undefined;
  const drafts = context.draftOrders as Bundle | undefined;
  if (outcome.reason === 'no-recognised-order' && drafts?.entry?.length === 0) return noDraft;
  return silences[outcome.reason] ?? outcome.reason;
}

/** Silence where rules were judged. */
const judged = new Set(['nothing-to-say', 'silent-with-open-bedside-facts']);

/** Silence is no clearance: rules may be undecided, and others look at what no rule looks at. */
export function undecidedText({ outcome, rules }: Explanation): string | undefined {
  if (outcome.kind !== 'silent' || !judged.has(outcome.reason)) return undefined;
  const count = rules.filter(({ truth }) => truth === 'undetermined').length;
  const undecided = `${count === 1 ? '1 rule is' : `${count} rules are`} undetermined, for what is missing: see “Why”. `;
  return `${count > 0 ? undecided : ''}No card is no clearance: the service knows its own rules only.`;
}

interface SilenceProps {
  readonly explanation: Explanation | undefined;
  readonly body: CallBody;
}

export function Silence({ explanation, body }: SilenceProps) {
  const undecided = explanation && undecidedText(explanation);
  return (
    <div class="notice">
      <h3>
        <Icon name="info" /> No card
      </h3>
      <p>{(explanation && silenceText(explanation, body)) ?? 'There is nothing to say.'}</p>
      {undecided && <p>{undecided}</p>}
    </div>
  );
}
