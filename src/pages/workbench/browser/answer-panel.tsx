import { useState } from 'preact/hooks';
import type { Card, CdsResponse } from '../../../cds-hooks/card.ts';
import { type CardLink, type CardOutcome, CardView } from '../../design/card-view.tsx';
import { Icon } from '../../design/icons.tsx';
import { ScrollPane } from '../../design/scroll-pane.tsx';
import { type Tab, Tabs } from '../../design/tabs.tsx';
import type { Explanation } from '../explanation.ts';
import { type Answer, problemsOf } from './api.ts';
import type { Outcome } from './call.ts';
import { linkAddress } from './card-link.ts';
import { ExchangeView } from './exchange-view.tsx';
import { adviceFor } from './failure.ts';
import { focusOn } from './focus-on.ts';
import type { Exchange } from './run-call.ts';
import type { Sent, Settled, Workbench } from './use-workbench.ts';
import { WhyView } from './why-view.tsx';

type View = 'cards' | 'why' | 'exchange';

/** What came back: the cards, why they came, and the exchange itself. */
export function AnswerPanel({ workbench }: { readonly workbench: Workbench }) {
  const { exchange, failure, isCalling } = workbench;
  const [view, setView] = useState<View>('cards');
  const cards = exchange ? cardsOf(exchange) : [];
  const explanation = exchange ? explanationOf(exchange) : undefined;
  const tabs: readonly Tab<View>[] = [
    { id: 'cards', label: 'Cards', note: exchange ? String(cards.length) : undefined },
    { id: 'why', label: 'Why' },
    { id: 'exchange', label: 'JSON' },
  ];
  return (
    <section class="panel answer" aria-labelledby="answer-heading" aria-busy={isCalling}>
      <div class="panel-header">
        <h2 id="answer-heading" tabIndex={-1}>
          Answer
        </h2>
        <p class="answer-status" role="status">
          {statusText(workbench, cards)}
        </p>
      </div>
      <Tabs label="Answer" tabs={tabs} selected={view} onSelect={(id) => setView(id)}>
        {failure !== undefined && <p class="failure">{failure}</p>}
        {exchange && view === 'cards' && <CardsView workbench={workbench} exchange={exchange} cards={cards} />}
        {exchange && view === 'why' && explanation && <WhyView explanation={explanation} />}
        {exchange && view === 'why' && !explanation && (
          <Refusal {...refusalOf(exchange.explanation)} what="to say why" />
        )}
        {exchange && view === 'exchange' && <ExchangeView exchange={exchange} sign={workbench.sign} />}
      </Tabs>
    </section>
  );
}

function statusText({ exchange, failure, isCalling }: Workbench, cards: readonly Card[]): string {
  if (isCalling) return 'Calling …';
  if (failure !== undefined || exchange === undefined) return 'The call failed';
  const { status, ms } = exchange.answer;
  const time = `${Math.round(ms)} ms`;
  if (status >= 500) return `Failed with ${status}, ${time}`;
  if (status !== 200) return `Refused with ${status}, ${time}`;
  if (cards.length === 0) return `No card, ${time}`;
  return `${cards.length === 1 ? '1 card' : `${cards.length} cards`}, ${time}`;
}

function cardsOf({ answer }: Exchange): readonly Card[] {
  return answer.status === 200 ? (answer.body as CdsResponse).cards : [];
}

function explanationOf({ explanation }: Exchange): Explanation | undefined {
  return explanation.status === 200 ? (explanation.body as Explanation) : undefined;
}

function linksOf({ links = [] }: Card, { launch, serviceOrigin }: Exchange): readonly CardLink[] {
  const place = { launch, serviceOrigin, origin: location.origin };
  return links.map((link) => ({ label: link.label, address: linkAddress(link, place) }));
}

interface CardsViewProps {
  readonly workbench: Workbench;
  readonly exchange: Exchange;
  readonly cards: readonly Card[];
}

function CardsView({ workbench, exchange, cards }: CardsViewProps) {
  const { outcomes, sent } = workbench;
  const settle = (card: Card, outcome: Outcome) => {
    workbench.settle(card, outcome);
    focusOn('answer-heading');
  };
  const { status } = exchange.answer;
  return (
    <>
      {status !== 200 && <Refusal {...refusalOf(exchange.answer)} what="the call" />}
      {status === 200 && cards.length === 0 && <Silence explanation={explanationOf(exchange)} />}
      <div class="cards" inert={workbench.isCalling}>
        {cards.map((card) => {
          const outcome = outcomes.get(card.uuid);
          return (
            <CardView
              key={card.uuid}
              card={card}
              links={linksOf(card, exchange)}
              outcome={outcome && toldOutcome(outcome, () => workbench.sendAgain(card))}
              onAccept={(accepted) => settle(card, { accepted })}
              onOverride={(reason, comment) => settle(card, { overridden: { reason, comment } })}
            />
          );
        })}
      </div>
      {sent.length > 0 && <SentFeedback sent={sent} />}
    </>
  );
}

function toldOutcome({ text, isUnheard }: Settled, onSendAgain: () => void): CardOutcome {
  return { text, ...(isUnheard === true && { onSendAgain }) };
}

interface RefusalProps {
  readonly status: number;
  readonly problems: readonly string[];
  readonly what: string;
}

function refusalOf({ status, body }: Answer<unknown>) {
  return { status, problems: problemsOf(body) };
}

function Refusal({ status, problems, what }: RefusalProps) {
  const advice = adviceFor(status);
  return (
    <div class="notice notice-critical">
      <h3>
        <Icon name="critical" /> The service {status < 500 ? 'refused' : 'failed'} {what} ({status})
      </h3>
      <ul>
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
      {advice && <p>{advice}</p>}
    </div>
  );
}

const silences: Readonly<Record<string, string>> = {
  'no-recognised-order': 'None of the drafts is an order that the service knows.',
  'no-order-selected': 'None of the orders that the service knows is selected.',
  'gate-closed': 'The record does not say that this patient concerns the service: no active HCC, a minor, or deceased.',
  'nothing-to-say': 'All criteria are met, or nothing that is missing could change the advice.',
  'silent-with-open-bedside-facts':
    'Nothing fires. Ascites, encephalopathy or performance status are not recorded, but nothing suggests that they are abnormal.',
};

function Silence({ explanation }: { readonly explanation: Explanation | undefined }) {
  const outcome = explanation?.outcome;
  return (
    <div class="notice notice-good">
      <h3>
        <Icon name="true" /> No card
      </h3>
      <p>{outcome?.kind === 'silent' ? (silences[outcome.reason] ?? outcome.reason) : 'There is nothing to say.'}</p>
    </div>
  );
}

function SentFeedback({ sent }: { readonly sent: readonly Sent[] }) {
  return (
    <section class="sent" aria-labelledby="sent-heading">
      <h3 id="sent-heading">Feedback sent</h3>
      <ul aria-live="polite">
        {sent.map(({ id, text, status, body }) => (
          <li key={id}>
            <p>
              {text} <span class={status === 200 ? 'badge badge-good' : 'badge'}>{acknowledgement(status)}</span>
            </p>
            <details>
              <summary>
                What was sent<span class="visually-hidden">: {text}</span>
              </summary>
              <ScrollPane label={`What was sent: ${text}`}>
                <pre>{JSON.stringify(body, null, 2)}</pre>
              </ScrollPane>
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}

function acknowledgement(status: number | undefined): string {
  if (status === undefined) return 'sending …';
  return status === 200
    ? 'acknowledged by the service'
    : status === 0
      ? 'not acknowledged: the service does not answer'
      : `not acknowledged (${status})`;
}
