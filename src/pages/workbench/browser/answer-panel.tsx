import { useState } from 'preact/hooks';
import type { Card, CdsResponse } from '../../../cds-hooks/card.ts';
import { type CardLink, type CardOutcome, CardView } from '../../design/card-view.tsx';
import { ScrollPane } from '../../design/scroll-pane.tsx';
import { type Tab, Tabs } from '../../design/tabs.tsx';
import type { Explanation } from '../explanation.ts';
import type { Outcome } from './call.ts';
import { linkAddress } from './card-link.ts';
import { ExchangeView } from './exchange-view.tsx';
import { unreadAdvice } from './failure.ts';
import { focusOn } from './focus-on.ts';
import { Refusal, Silence, silenceText } from './no-cards.tsx';
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
  const silence = exchange && explanation && silenceText(explanation, exchange.body);
  const tabs: readonly Tab<View>[] = [
    { id: 'cards', label: 'Cards', note: exchange?.answer.status === 200 ? String(cards.length) : undefined },
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
        {failure !== undefined && <p class="failure">{failure.text}</p>}
        {exchange && view === 'cards' && <CardsView workbench={workbench} exchange={exchange} cards={cards} />}
        {exchange && view === 'why' && explanation && <WhyView explanation={explanation} silence={silence} />}
        {exchange && view === 'why' && !explanation && <Refusal answer={exchange.explanation} what="to say why" />}
        {exchange && view === 'exchange' && <ExchangeView exchange={exchange} sign={workbench.sign} />}
      </Tabs>
    </section>
  );
}

function statusText({ exchange, failure, isCalling }: Workbench, cards: readonly Card[]): string {
  if (isCalling) return 'Calling …';
  if (failure?.isCalled === false) return 'Not called';
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
  const { answer, body } = exchange;
  const explanation = explanationOf(exchange);
  const advice = answer.status === 412 ? unreadAdvice(body, explanation?.refusal) : undefined;
  return (
    <>
      {answer.status !== 200 && <Refusal answer={answer} what="the call" advice={advice} />}
      {answer.status === 200 && cards.length === 0 && <Silence explanation={explanation} body={body} />}
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
