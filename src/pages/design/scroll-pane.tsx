import type { ComponentChildren } from 'preact';

export interface ScrollPaneProps {
  readonly label: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** What scrolls by itself can be reached by keyboard, and is called something. */
export function ScrollPane({ label, class: name, children }: ScrollPaneProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: WCAG 2.1.1, arrows scroll what has the focus
    <section class={`scroll-pane ${name ?? ''}`} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
