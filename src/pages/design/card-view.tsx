import { useId, useState } from 'preact/hooks';
import type { Card, Coding, Suggestion } from '../../cds-hooks/card.ts';
import { Icon } from './icons.tsx';
import { Markdown } from './markdown.tsx';

/** What became of a card: said on it, instead of what could be done about it. */
export interface CardOutcome {
  readonly text: string;
  /** Given where the service has not heard of it. */
  onSendAgain?(): void;
}

/** A link of a card; without an address it is named, with the reason. */
export interface CardLink {
  readonly label: string;
  readonly address: string | undefined;
}

export interface CardViewProps {
  readonly card: Card;
  readonly links: readonly CardLink[];
  readonly outcome?: CardOutcome | undefined;
  onAccept(suggestion: Suggestion): void;
  onOverride(reason: Required<Coding> | undefined, comment: string): void;
}

const indicatorWords = { info: 'Information', warning: 'Warning', critical: 'Critical' } as const;

/** A card as an EHR shows it: indicator by word, icon and colour, detail as Markdown, suggestions as buttons, links. */
export function CardView({ card, links, outcome, onAccept, onOverride }: CardViewProps) {
  const { summary, detail, indicator, source, suggestions = [] } = card;
  const heading = useId();
  return (
    <article class={`card card-${indicator}`} aria-labelledby={heading}>
      <header class="card-header">
        <p class="card-indicator">
          <Icon name={indicator} /> {indicatorWords[indicator]}
        </p>
        <p class="card-topic">{source.topic.display}</p>
      </header>
      <h3 id={heading} class="card-summary">
        {summary}
      </h3>
      <Markdown text={detail} />
      {outcome ? (
        <Outcome {...outcome} heading={heading} />
      ) : (
        <div class="card-actions">
          {suggestions.length > 0 && (
            <ul class="button-row" aria-label="Suggestions">
              {suggestions.map((suggestion) => (
                <li key={suggestion.uuid}>
                  <button
                    type="button"
                    class="button button-primary"
                    aria-describedby={heading}
                    onClick={() => onAccept(suggestion)}
                  >
                    {suggestion.label}
                  </button>
                </li>
              ))}
            </ul>
          )}
          <Override heading={heading} reasons={card.overrideReasons ?? []} onOverride={onOverride} />
        </div>
      )}
      {links.length > 0 && <CardLinks heading={heading} links={links} />}
      <p class="card-source">Source: {source.label}</p>
    </article>
  );
}

/** Several cards offer the same: what is offered is described by the summary of its card. */
interface OfCard {
  /** The id of the summary. */
  readonly heading: string;
}

function Outcome({ text, onSendAgain, heading }: CardOutcome & OfCard) {
  if (onSendAgain === undefined) {
    return (
      <p class="card-outcome">
        <Icon name="true" /> {text}
      </p>
    );
  }
  return (
    <p class="card-outcome card-outcome-unheard">
      <Icon name="warning" /> {text}. The service has not acknowledged it.
      <button type="button" class="button" aria-describedby={heading} onClick={onSendAgain}>
        Send again
      </button>
    </p>
  );
}

function CardLinks({ links, heading }: OfCard & { readonly links: readonly CardLink[] }) {
  return (
    <ul class="button-row card-links" aria-label="Links">
      {links.map(({ label, address }) => (
        <li key={label}>
          {address === undefined ? (
            <span class="hint">{label}: cannot be opened from this call</span>
          ) : (
            <a class="button" href={address} target="_blank" rel="noopener noreferrer" aria-describedby={heading}>
              {label}
              <span class="visually-hidden"> (opens in a new tab)</span>
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}

interface OverrideProps extends OfCard {
  readonly reasons: readonly Required<Coding>[];
  onOverride: CardViewProps['onOverride'];
}

/** Opens below its button; a reason is offered, never demanded. */
function Override({ heading, reasons, onOverride }: OverrideProps) {
  const [open, setOpen] = useState(false);
  const [code, setCode] = useState('');
  const [comment, setComment] = useState('');
  const id = useId();
  const submit = (event: Event) => {
    event.preventDefault();
    onOverride(
      reasons.find((reason) => reason.code === code),
      comment.trim(),
    );
  };
  return (
    <div class="override">
      <button
        type="button"
        class="button"
        aria-expanded={open}
        aria-controls={id}
        aria-describedby={heading}
        onClick={() => setOpen(!open)}
      >
        Override …
      </button>
      <form id={id} class="override-form" hidden={!open} onSubmit={submit}>
        <label class="field">
          <span>Reason</span>
          <select value={code} aria-describedby={heading} onChange={(event) => setCode(event.currentTarget.value)}>
            <option value="">No reason given</option>
            {reasons.map((reason) => (
              <option key={reason.code} value={reason.code}>
                {reason.display}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>Comment (optional, without patient data)</span>
          <input
            value={comment}
            maxLength={500}
            aria-describedby={heading}
            onInput={(event) => setComment(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="button button-primary" aria-describedby={heading}>
          Override the card
        </button>
      </form>
    </div>
  );
}
