/** A Coding of which only well-formed, non-empty strings are left. */
export interface ReadCoding {
  readonly system?: string;
  readonly code?: string;
  readonly display?: string;
}

/** The elements of something that should be an array: a lone element is an array of one, nothing is an empty one. */
export function asArray<T>(value: T | readonly T[] | null | undefined): readonly T[] {
  if (value === undefined || value === null) return [];
  return isArray(value) ? value : [value];
}

/** The codings of a CodeableConcept (or of several, as in `category`), in their order. Junk is passed over. */
export function codingsOf(concept: unknown): readonly ReadCoding[] {
  return asArray(concept)
    .flatMap((one) => asArray(elementOf(one, 'coding')))
    .map(readCoding)
    .filter((coding) => Object.keys(coding).length > 0);
}

/** What a CodeableConcept says in words: its text first, then the displays. Never an empty string. */
export function textsOf(concept: unknown): readonly string[] {
  const texts = asArray(concept).map((one) => elementOf(one, 'text'));
  const displays = codingsOf(concept).map(({ display }) => display);
  return [...texts, ...displays].filter(isText);
}

function readCoding(coding: unknown): ReadCoding {
  const [system, code, display] = ['system', 'code', 'display'].map((name) => elementOf(coding, name));
  return { ...(isText(system) && { system }), ...(isText(code) && { code }), ...(isText(display) && { display }) };
}

function elementOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** Unlike `Array.isArray`, keeps the element type of a readonly array. */
function isArray<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}
