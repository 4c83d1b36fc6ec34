import { type BracketTag, stripBracketTags } from './bracket-tag.ts';
import { canonicalSystem, codeSystems, normaliseCode } from './code-systems.ts';
import { possibleNames } from './name-index.ts';
import { findName, type NamePattern } from './name-pattern.ts';
import { isNegated, type NegationMode } from './negation.ts';
import { findCode, findNormalised, type ValueSetDefinition } from './value-set.ts';
import { type Word, wordsOf } from './words.ts';

/** A thing that may be meant by a CodeableConcept: by code first, then by name in text or display. */
export interface ConceptMatcher {
  readonly valueSet?: ValueSetDefinition;
  /** A coding of this set means that something else is meant, whatever else matches. */
  readonly exclude?: ValueSetDefinition;
  readonly names: readonly NamePattern[];
  /** Names of something else; they win over every match. */
  readonly notNames: readonly NamePattern[];
  /** Remarks in brackets to remove before names are looked for. */
  readonly strip?: readonly BracketTag[];
  /** An abbreviation does not count when a diagnosis code of the concept says something else. */
  readonly abbreviationNeedsNoForeignCode?: boolean;
  /** Codes outside `valueSet` that an abbreviation may nevertheless stand beside. */
  readonly compatible?: readonly ValueSetDefinition[];
}

/** Why a concept was recognised. `code` is normalised, `text` is what was searched (first 2 000 characters, without
 * bracket tags), `name` is the pattern as its author wrote it. */
export type ConceptMatch =
  | {
      readonly by: 'code';
      readonly system: string;
      readonly code: string;
      readonly display?: string;
      readonly ordinal?: number;
    }
  | { readonly by: 'text'; readonly text: string; readonly name: string };

export interface MatchOptions {
  readonly negation: NegationMode;
}

const everyMention: MatchOptions = { negation: 'none' };

/**
 * Recognises a CodeableConcept, however malformed: all codings by code, then `text` and all displays by name.
 * A code is not subject to negation; a name is, as `options.negation` says.
 *
 * @param concept CodeableConcept as received
 */
export function matchConcept(
  concept: unknown,
  matcher: ConceptMatcher,
  options: MatchOptions = everyMention,
): ConceptMatch | undefined {
  const read = readOnce(concept);
  const known = read.matches[options.negation].get(matcher);
  if (known !== undefined) return known === 'none' ? undefined : known;
  const match = matchRead(read, matcher, options);
  read.matches[options.negation].set(matcher, match ?? 'none');
  return match;
}

function matchRead(
  { codings, texts, words }: ReadConcept,
  matcher: ConceptMatcher,
  options: MatchOptions,
): ConceptMatch | undefined {
  const { exclude, notNames, strip = [] } = matcher;
  const readable = strip.length === 0 ? texts : texts.map((text) => stripBracketTags(text, strip));
  const match = byCode(codings, matcher) ?? byName(codings, readable, words, matcher, options.negation);
  // What it is not is looked at last: most concepts match nothing.
  if (match === undefined) return undefined;
  if (exclude && codings.some(({ system, code }) => findNormalised(exclude, system, code) !== undefined))
    return undefined;
  return readable.some((text) => isNamed(words(text), notNames)) ? undefined : match;
}

function byCode(codings: readonly Coding[], { valueSet }: ConceptMatcher): ConceptMatch | undefined {
  if (valueSet === undefined) return undefined;
  for (const { system, code } of codings) {
    const found = findNormalised(valueSet, system, code);
    if (found) return { by: 'code', system, code, ...found };
  }
  return undefined;
}

function byName(
  codings: readonly Coding[],
  texts: readonly string[],
  words: ReadConcept['words'],
  matcher: ConceptMatcher,
  negation: NegationMode,
): ConceptMatch | undefined {
  if (matcher.names.length === 0) return undefined;
  const foreign =
    matcher.abbreviationNeedsNoForeignCode === true && codings.some((coding) => isForeign(coding, matcher));
  const allowed = (name: NamePattern) => !foreign || name.alongside === undefined;
  return firstNamed(texts, words, matcher.names, allowed, negation);
}

/** Recognises a free text by name. */
export function matchText(
  text: string,
  matcher: ConceptMatcher,
  options: MatchOptions = everyMention,
): ConceptMatch | undefined {
  return matchConcept({ text }, matcher, options);
}

/** A name is looked at in its context this often; a text that repeats it more is no record. */
const mostMentions = 50;

function isNamed(words: readonly Word[], names: readonly NamePattern[]): boolean {
  return possibleNames(names, words).some((name) => findName(name, words).length > 0);
}

function firstNamed(
  texts: readonly string[],
  wordsIn: (text: string) => readonly Word[],
  names: readonly NamePattern[],
  allowed: (name: NamePattern) => boolean,
  negation: NegationMode,
): ConceptMatch | undefined {
  for (const text of texts) {
    const words = wordsIn(text);
    const name = possibleNames(names, words).find(
      (pattern) =>
        allowed(pattern) &&
        findName(pattern, words)
          .slice(0, mostMentions)
          .some((place) => !isNegated(text, place, negation)),
    );
    if (name !== undefined) return { by: 'text', text, name: name.source };
  }
  return undefined;
}

interface Coding {
  readonly system: string;
  readonly code: string;
}

/** Names stand in the first few texts; the rest of a hostile concept is not read. */
const mostTexts = 40;

/** A concept, read: codings under their canonical systems, texts, and the words of a text. */
interface ReadConcept {
  readonly codings: readonly Coding[];
  readonly texts: readonly string[];
  words(text: string): readonly Word[];
  /** What matchers said of it: many facts ask the same of one concept. */
  readonly matches: Readonly<Record<NegationMode, Map<ConceptMatcher, ConceptMatch | 'none'>>>;
}

/** What has been read of a concept is kept as long as the concept itself: many matchers look at the same one. */
const alreadyRead = new WeakMap<object, ReadConcept>();

function readOnce(concept: unknown): ReadConcept {
  if (typeof concept !== 'object' || concept === null) return read(concept);
  const known = alreadyRead.get(concept) ?? read(concept);
  alreadyRead.set(concept, known);
  return known;
}

function read(concept: unknown): ReadConcept {
  const source = record(concept);
  const coding: unknown = source.coding ?? [];
  const entries = (Array.isArray(coding) ? coding : [coding]).map(record);
  const codings = entries.flatMap(({ system, code }) => {
    const canonical = typeof system === 'string' ? canonicalSystem(system) : undefined;
    if (canonical === undefined || typeof code !== 'string' || code.trim() === '') return [];
    return [{ system: canonical, code: normaliseCode(canonical, code) }];
  });
  const texts = [source.text, ...entries.map(({ display }) => display)].filter(
    (text): text is string => typeof text === 'string' && text.trim() !== '',
  );
  const split = new Map<string, readonly Word[]>();
  const words = (text: string) => {
    const known = split.get(text) ?? wordsOf(text);
    split.set(text, known);
    return known;
  };
  const matches = { order: new Map(), statement: new Map(), none: new Map() };
  return { codings, texts: [...new Set(texts)].slice(0, mostTexts), words, matches };
}

/** A well-formed diagnosis code of a standard system that means something else. Local and pseudo codes do not. */
function isForeign({ system, code }: Coding, { valueSet, compatible = [] }: ConceptMatcher): boolean {
  const isIcd = system === codeSystems.icd10 || system === codeSystems.icd10cm;
  if (!isIcd && system !== codeSystems.snomed) return false;
  if (!(isIcd ? /^[A-Z][0-9][0-9A-Z](?:\.|$)/ : /^[0-9]{6,18}$/).test(code)) return false;
  return ![valueSet, ...compatible].some((set) => set !== undefined && findCode(set, system, code) !== undefined);
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
