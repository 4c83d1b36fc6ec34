import { CopyButton } from '../../design/copy-button.tsx';
import { ScrollPane } from '../../design/scroll-pane.tsx';
import type { Signing } from './signing.ts';

/** What the service has to be told of this browser before it takes its calls. */
export function Registration({ signing }: { readonly signing: Signing }) {
  // YAML takes JSON as it is, as one more entry of the list.
  const entry = `  - ${JSON.stringify(signing.registration, null, 2).replaceAll('\n', '\n    ')}\n`;
  return (
    <div class="registration">
      <p class="hint">
        The key was made in this browser and stays in it. Put this entry under <code>clients:</code> in{' '}
        <code>CLIENTS_FILE</code>, as it is, and start the service again.
      </p>
      <CopyButton label="Copy the entry" text={() => entry} />
      <ScrollPane label="Entry for the clients file">
        <pre>{entry}</pre>
      </ScrollPane>
    </div>
  );
}
