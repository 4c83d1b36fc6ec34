import { useState } from 'preact/hooks';
import { Icon } from './icons.tsx';

export interface CopyButtonProps {
  readonly label: string;
  text(): string | Promise<string>;
}

/** Copies, and says whether it could. Browsers refuse it to pages on plain http that are not on loopback. */
export function CopyButton({ label, text }: CopyButtonProps) {
  const [said, setSaid] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(await text());
      setSaid('Copied');
    } catch {
      setSaid('Could not be copied');
    }
  };
  return (
    <button type="button" class="button button-small" onClick={copy}>
      <Icon name="copy" /> {label}
      <span role="status" class="copied">
        {said}
      </span>
    </button>
  );
}
