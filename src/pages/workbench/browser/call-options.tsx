import type { Start } from '../start.ts';
import { Registration } from './registration.tsx';
import { type Hook, hooks } from './session.ts';
import type { Signing } from './signing.ts';
import type { Workbench } from './use-workbench.ts';

const hookTexts: Readonly<Record<Hook, { readonly title: string; readonly hint: string }>> = {
  'order-select': { title: 'Orders are selected', hint: 'order-select' },
  'order-sign': { title: 'Orders are signed', hint: 'order-sign' },
  'patient-view': { title: 'The record is opened', hint: 'patient-view' },
};

export interface CallOptionsProps {
  readonly start: Start;
  readonly workbench: Workbench;
  readonly signing: Signing | undefined;
}

/** When the service is called, and what is sent with the call. */
export function CallOptions(props: CallOptionsProps) {
  const { workbench } = props;
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
      <AuthorizationChoice {...props} />
    </section>
  );
}

function AuthorizationChoice({ start, workbench, signing }: CallOptionsProps) {
  const { isSigning, change } = workbench;
  return (
    <fieldset class="choices">
      <legend>Authorization</legend>
      <label class="check">
        <input type="radio" name="authorization" checked={!isSigning} onChange={() => change({ sign: false })} />
        <span>None</span>
      </label>
      <label class="check">
        <input
          type="radio"
          name="authorization"
          disabled={signing === undefined}
          checked={isSigning}
          onChange={() => change({ sign: true })}
        />
        <span>
          Signed by the workbench <code>JWT, ES384</code>
        </span>
      </label>
      {start.authentication === undefined && (
        <p class="hint">
          The service runs with <code>AUTH=off</code> and does not look at a token.
        </p>
      )}
      {isSigning && signing && (
        <details>
          <summary>How to register this browser</summary>
          <Registration signing={signing} />
        </details>
      )}
    </fieldset>
  );
}
