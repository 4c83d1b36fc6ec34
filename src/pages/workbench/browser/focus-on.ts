/** Where the keyboard goes on when the button that was pressed is no longer there. */
export function focusOn(id: string): void {
  document.getElementById(id)?.focus();
}
