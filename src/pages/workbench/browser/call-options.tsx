import { type Hook, hooks } from './session.ts';
import type { Workbench } from './use-workbench.ts';

const hookTexts: Readonly<Record<Hook, { readonly title: string; readonly hint: string }>> = {
  'order-select': { title: 'Orders are selected', hint: 'order-select' },
  'order-sign': { title: 'Orders are signed', hint: 'order-sign' },
  'patient-view': { title: 'The record is opened', hint: 'patient-view' },
};

/** When the service is called, and what is sent with the call. */
export function CallOptions({ workbench }: { readonly workbench: Workbench }) {
  const { session, change, call } = workbench;
  return (
    <section class="panel" aria-labelledby="call-heading">
      <div class="panel-header">
        <h2 id="call-heading">Call</h2>
        <button type="button" class="button button-quiet" onClick={call}>
          Call again
        </button>
      </div>
      <fieldset class="choices">
        <legend>Hook</legend>
        {hooks.map((hook) => (
          <label key={hook} class="check">
            <input type="radio" name="hook" checked={session.hook === hook} onChange={() => change({ hook })} />
            <span>
              {hookTexts[hook].title} <code>{hookTexts[hook].hint}</code>
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset class="choices">
        <legend>Sent with the call</legend>
        <label class="check">
          <input
            type="checkbox"
            checked={session.prefetch}
            onChange={(event) => change({ prefetch: event.currentTarget.checked })}
          />
          <span>Prefetch, filled from the record by this page</span>
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={session.access}
            onChange={(event) => change({ access: event.currentTarget.checked })}
          />
          <span>Access to the FHIR server</span>
        </label>
      </fieldset>
    </section>
  );
}
