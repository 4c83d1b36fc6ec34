import { useState } from 'preact/hooks';
import { Icon } from '../../design/icons.tsx';
import type { Start } from '../start.ts';
import { addDrafts, catalogue, type Draft, labelOf, notesOf, referenceOf } from './drafts.ts';
import { focusOn } from './focus-on.ts';
import type { Workbench } from './use-workbench.ts';

export interface OrderListProps {
  readonly start: Start;
  readonly workbench: Workbench;
}

/** The draft orders of the session. */
export function OrderList({ start, workbench }: OrderListProps) {
  const { session, change } = workbench;
  const { drafts, hook } = session;
  const [choice, setChoice] = useState('0.0');
  const add = (event: Event) => {
    event.preventDefault();
    const [group = 0, index = 0] = choice.split('.').map(Number);
    change({ drafts: addDrafts(drafts, catalogue[group]?.choices[index]?.keys ?? [], start.drafts) });
  };
  const select = (draft: Draft, selected: boolean) =>
    change({ drafts: drafts.map((one) => (one === draft ? { ...one, selected } : one)) });
  return (
    <section class="panel" aria-labelledby="orders-heading">
      <div class="panel-header">
        <h2 id="orders-heading" tabIndex={-1}>
          Draft orders
        </h2>
      </div>
      {hook === 'patient-view' && <p class="hint">Opening a record is a call without orders.</p>}
      {drafts.length === 0 ? (
        <p class="empty">No drafts.</p>
      ) : (
        <ul class="orders" aria-labelledby="orders-heading">
          {drafts.map((draft) => (
            <li key={referenceOf(draft)} class={draft.key === undefined ? 'order order-suggested' : 'order'}>
              <div class="order-text">
                <p class="order-name">{labelOf(draft)}</p>
                <p class="order-notes">
                  {notesOf(draft).map((note) => (
                    <span key={note}>{note}</span>
                  ))}
                </p>
              </div>
              {hook === 'order-select' && (
                <label class="check">
                  <input
                    type="checkbox"
                    checked={draft.selected}
                    onChange={(event) => select(draft, event.currentTarget.checked)}
                  />
                  <span>
                    selected<span class="visually-hidden"> just now: {labelOf(draft)}</span>
                  </span>
                </label>
              )}
              <button
                type="button"
                class="button button-icon"
                onClick={() => {
                  change({ drafts: drafts.filter((one) => one !== draft) });
                  focusOn('orders-heading');
                }}
              >
                <Icon name="remove" />
                <span class="visually-hidden">Remove {labelOf(draft)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <form class="add-order" onSubmit={add}>
        <label class="field">
          <span>Order to draft</span>
          <select value={choice} onChange={(event) => setChoice(event.currentTarget.value)}>
            {catalogue.map(({ title, choices }, group) => (
              <optgroup key={title} label={title}>
                {choices.map(({ label }, index) => (
                  <option key={label} value={`${group}.${index}`}>
                    {label}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        </label>
        <button type="submit" class="button">
          Draft order
        </button>
      </form>
    </section>
  );
}
