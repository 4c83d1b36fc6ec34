import type { Fault } from '../definition-error.ts';
import { type Entry, faultAt } from './entry.ts';
import type { Overlay } from './read-overlay.ts';

/** Both days are within. */
function isInForce({ from, until }: Entry, day: string): boolean {
  return from <= day && (until === undefined || day <= until);
}

/** Every entry, in the order of the sections. */
export function entriesOf(overlay: Overlay): readonly Entry[] {
  return Object.values(overlay).flatMap((section) => (Array.isArray(section) ? (section as Entry[]) : []));
}

/** The overlay with the entries that hold on this day. */
export function overlayOn(overlay: Overlay, day: string): Overlay {
  return withEntries(overlay, (entry) => isInForce(entry, day));
}

/** The overlay without the entries whose last day has passed, and a sentence about each of those. */
export function withoutExpired(overlay: Overlay, today: string): readonly [Overlay, readonly string[]] {
  const isExpired = ({ until }: Entry) => until !== undefined && until < today;
  const sentences = entriesOf(overlay)
    .filter(isExpired)
    .map(({ name, until, place }) => {
      const { file, line } = faultAt(place, '');
      return `${file}:${line}: ${name} has expired: its last day was ${until}`;
    });
  return [withEntries(overlay, (entry) => !isExpired(entry)), sentences];
}

function withEntries(overlay: Overlay, isWanted: (entry: Entry) => boolean): Overlay {
  const sections = Object.entries(overlay).map(([name, section]) => [
    name,
    Array.isArray(section) ? section.filter(isWanted) : section,
  ]);
  return Object.fromEntries(sections) as Overlay;
}

/** The days after `today` on which something begins to hold or no longer holds, in order. */
export function turningPoints(entries: readonly Entry[], today: string): readonly string[] {
  const days = entries.flatMap(({ from, until }) => [from, ...(until === undefined ? [] : [dayAfter(until)])]);
  return [...new Set(days.filter((day) => day > today))].sort();
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}

/** Entries that set the same thing on the same day: nobody could say which of them holds. */
export function contradictions(overlay: Overlay): readonly Fault[] {
  const entries = entriesOf(overlay).map((entry) => ({ entry, sets: setBy(entry, overlay) }));
  return entries.flatMap(({ entry, sets }, index) =>
    entries.slice(0, index).flatMap((earlier): readonly Fault[] => {
      const shared = sets.filter((one) => earlier.sets.includes(one));
      const [day = ''] = [earlier.entry.from, entry.from].sort().slice(-1);
      if (shared.length === 0 || !isInForce(earlier.entry, day) || !isInForce(entry, day)) return [];
      return [faultAt(entry.place, `${shared.join(', ')}: another entry sets it on ${day} as well`)];
    }),
  );
}

/** What an entry sets. Several entries may set different parts of a rule. */
function setBy(entry: Entry, { rules }: Overlay): readonly string[] {
  const change = rules.find((one) => one === entry)?.content;
  if (change === undefined) return [entry.name];
  const { disabled, silent, indicator, card = {}, options } = change;
  const texts = ['finding', 'summary', 'brief', 'detail'] as const;
  const parts =
    disabled || silent
      ? ['disabled or silent', 'indicator', ...texts, 'options']
      : [...(indicator ? ['indicator'] : []), ...texts.filter((key) => card[key]), ...(options ? ['options'] : [])];
  return parts.map((part) => `${entry.name}.${part}`);
}
