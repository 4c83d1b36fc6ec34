/** What a reader looks for: a row, or a value set with rows of its own. */
const entries = ':is(table.rules, table.limits, table.evidence) > tbody > tr, details.value-set';

/** Puts a field above the entries of a page that shows those only which hold every word in it. */
export function addFilter(): void {
  const lead = document.querySelector('.knowledge .lead');
  const found = [...document.querySelectorAll<HTMLElement>(entries)];
  if (lead === null || found.length === 0) return;
  const sections = [...document.querySelectorAll<HTMLElement>('.knowledge section')];
  const groups = sections.filter((section) => found.some((entry) => section.contains(entry)));
  const { form, field, status } = filterForm();
  lead.after(form);
  const filter = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const entry of found) show(entry, words);
    for (const group of groups) group.hidden = found.every((entry) => entry.hidden || !group.contains(entry));
    status.textContent = words.length === 0 ? '' : counted(found);
  };
  field.addEventListener('input', filter);
  addEventListener('hashchange', () => {
    field.value = '';
    filter();
    reveal();
  });
  reveal();
}

function filterForm() {
  const form = document.createElement('search');
  const label = document.createElement('label');
  const field = document.createElement('input');
  const status = document.createElement('p');
  form.className = 'filter';
  label.textContent = 'Show only what holds these words';
  label.htmlFor = field.id = 'filter';
  field.type = 'search';
  field.autocomplete = 'off';
  status.className = 'quiet';
  status.setAttribute('role', 'status');
  form.append(label, field, status);
  return { form, field, status };
}

function show(entry: HTMLElement, words: readonly string[]): void {
  entry.hidden = !holds(entry, words);
  if (entry instanceof HTMLDetailsElement) showCodes(entry, words);
}

/** A value set that is called so is shown whole, and folded; of another only the codes that were looked for. */
function showCodes(set: HTMLDetailsElement, words: readonly string[]): void {
  const title = set.querySelector('h2');
  const further = words.filter((word) => !holds(title, [word]));
  const codes = [...set.querySelectorAll<HTMLElement>('tbody tr')];
  const looked = further.length === 0 ? [] : codes.filter((code) => holds(code, further));
  for (const code of codes) code.hidden = looked.length > 0 && !looked.includes(code);
  set.open = looked.length > 0;
}

function holds(element: Element | null, words: readonly string[]): boolean {
  const text = element?.textContent?.toLowerCase() ?? '';
  return words.every((word) => text.includes(word));
}

/** Each once: the limits that a hospital has set stand in two tables, and in one of them without an address. */
function counted(found: readonly HTMLElement[]): string {
  const all = found.filter((entry) => entry.id !== '' || entry instanceof HTMLDetailsElement);
  const shown = all.filter(({ hidden }) => !hidden).length;
  return shown === 0 ? 'Nothing holds them all.' : `${shown} of ${all.length} shown`;
}

/** Unfolds what the address leads to, where the browser does not do so itself. */
function reveal(): void {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  target?.closest('details')?.setAttribute('open', '');
  target?.scrollIntoView();
}
