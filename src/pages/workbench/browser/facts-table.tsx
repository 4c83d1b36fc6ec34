import { useState } from 'preact/hooks';
import { ScrollPane } from '../../design/scroll-pane.tsx';
import type { ExplainedFact } from '../explanation.ts';
import { readableUnits } from './readable-units.ts';

const states = {
  found: 'found',
  stale: 'too old',
  unusable: 'cannot be used',
  absent: 'not recorded',
  unavailable: 'could not be read',
} as const;

/** Every fact that the service looked for, with where it came from and what was done to it. */
export function FactsTable({ facts }: { readonly facts: readonly ExplainedFact[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? facts : facts.filter(({ state }) => state !== 'absent');
  return (
    <section aria-labelledby="facts-heading">
      <div class="exchange-header">
        <h3 id="facts-heading">Facts</h3>
        <label class="check">
          <input type="checkbox" checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />
          <span>show also the {facts.filter(({ state }) => state === 'absent').length} that are not recorded</span>
        </label>
      </div>
      <ScrollPane label="Table of facts" class="table-scroll">
        <table class="facts">
          <thead>
            <tr>
              <th scope="col">Fact</th>
              <th scope="col">Reads as</th>
              <th scope="col">Where from</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((fact) => (
              <FactRow key={fact.id} fact={fact} />
            ))}
          </tbody>
        </table>
      </ScrollPane>
    </section>
  );
}

function FactRow({ fact }: { readonly fact: ExplainedFact }) {
  const { title, state, text, reason, source, recorded, asRecorded, steps = [], closedWorld } = fact;
  return (
    <tr>
      <th scope="row">{title}</th>
      <td>
        {state === 'found' ? text : <span class={`badge badge-${state}`}>{states[state]}</span>}
        {state === 'absent' && closedWorld && <p class="hint">counts as no</p>}
        {reason !== undefined && state !== 'absent' && reason !== 'it is too old' && <p class="hint">{reason}</p>}
      </td>
      <td>
        {source !== undefined && <code>{source}</code>}
        {recorded !== undefined && <p class="hint">{recorded.slice(0, 10)}</p>}
        {asRecorded !== undefined && <p class="hint">recorded as “{readableUnits(asRecorded)}”</p>}
        {steps.map((step) => (
          <p class="hint" key={step}>
            {readableUnits(step)}
          </p>
        ))}
      </td>
    </tr>
  );
}
