import { CopyButton } from '../../design/copy-button.tsx';
import { ScrollPane } from '../../design/scroll-pane.tsx';
import { addressOf } from './api.ts';
import { curlOf } from './call.ts';
import type { Exchange, Signer } from './run-call.ts';

/** The call and the answer, to copy. */
export function ExchangeView({ exchange, sign }: { readonly exchange: Exchange; readonly sign: Signer }) {
  const { service, body, answer } = exchange;
  const address = `${location.origin}${addressOf(service.id)}`;
  const request = JSON.stringify(body, null, 2);
  const response = JSON.stringify(answer.body, null, 2);
  return (
    <>
      <div class="exchange-part">
        <div class="exchange-header">
          <h3>Request</h3>
          <CopyButton
            label="Copy as curl"
            text={async () => curlOf(address, body, await sign(addressOf(service.id)))}
          />
          <CopyButton label="Copy the request" text={() => request} />
        </div>
        <p class="exchange-line">
          <code>POST {address}</code> <span class="hint">{kilobytes(request)}</span>
        </p>
        <ScrollPane label="Request">
          <pre>{request}</pre>
        </ScrollPane>
      </div>
      <div class="exchange-part">
        <div class="exchange-header">
          <h3>Response</h3>
          <CopyButton label="Copy the response" text={() => response} />
        </div>
        <p class="exchange-line">
          <code>{answer.status}</code> <span class="hint">{Math.round(answer.ms)} ms</span>
        </p>
        <ScrollPane label="Response">
          <pre>{response}</pre>
        </ScrollPane>
      </div>
    </>
  );
}

function kilobytes(text: string): string {
  return `${(text.length / 1000).toFixed(1)} kB`;
}
