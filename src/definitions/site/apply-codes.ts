import type { MappedCode } from '../../terminology/concept-map.ts';
import { findNormalised, mergeValueSets, type ValueSetDefinition, withCode } from '../../terminology/value-set.ts';
import type { Module } from '../module.ts';
import { stepsOf } from '../read-resources.ts';
import type { Entry, Place } from './entry.ts';
import type { Notes } from './notes.ts';
import type { Overlay } from './read-overlay.ts';

type ValueSets = Module['valueSets'];

/** The shipped value sets with the hospital's codes. */
export function addCodes(
  { valueSets, facts }: Module,
  overlay: Pick<Overlay, 'valueSets' | 'conceptMaps'>,
  notes: Notes,
): ValueSets {
  const all = new Map(valueSets);
  const listed = overlay.valueSets.flatMap((entry) => addListed(entry, all, notes));
  const mapped = addMapped(overlay.conceptMaps, valueSets, all, notes);
  refuseAmbiguous([...listed, ...mapped], all, facts, notes);
  return all;
}

function addListed(entry: Overlay['valueSets'][number], all: Map<string, ValueSetDefinition>, notes: Notes) {
  const { content, file } = entry.content;
  const base = all.get(content.id);
  if (base === undefined) {
    notes.fault({ ...entry, place: file }, `there is no shipped value set '${content.id}'`, ['id']);
    return [];
  }
  all.set(content.id, mergeValueSets(base, content));
  touch(file, notes);
  return [...content.codes].flatMap(([system, codes]) =>
    [...codes.keys()].map((code): Added => ({ entry, file, code: { system, code } })),
  );
}

/** A local code stands wherever the code that it is equal to stands. */
function addMapped(
  conceptMaps: Overlay['conceptMaps'],
  shipped: ValueSets,
  all: Map<string, ValueSetDefinition>,
  notes: Notes,
): readonly Added[] {
  const meanings = new Map<string, { readonly of: MappedCode; readonly meaning: string }>();
  return conceptMaps.flatMap((entry) => {
    const { content, file } = entry.content;
    touch(file, notes);
    return content.map(({ local, standard, path }): Added => {
      const place = { ...file, path: stepsOf(path) };
      const sets = setsWith(standard, shipped);
      const meaning = meaningOf(standard, sets);
      const earlier = meanings.get(nameOf(local)) ?? { of: standard, meaning };
      meanings.set(nameOf(local), earlier);
      const problem =
        earlier.meaning === meaning
          ? contradiction(local, standard, sets, shipped)
          : `${said(local)} is mapped to ${earlier.of.code} and to ${standard.code}, which mean different things`;
      if (problem !== undefined) notes.fault({ ...entry, place }, problem);
      for (const set of sets) all.set(set.id, withLocal(all.get(set.id) ?? set, local, standard));
      return { entry, file: place, code: local };
    });
  });
}

interface Added {
  readonly entry: Entry;
  readonly file: Place;
  readonly code: MappedCode;
}

/** Codes change what is recognised and what the templates ask for. */
function touch(file: Place, notes: Notes): void {
  for (const name of ['service.yaml', 'facts.yaml', 'orders.yaml']) notes.touch(name, file);
}

function setsWith({ system, code }: MappedCode, valueSets: ValueSets): readonly ValueSetDefinition[] {
  return [...valueSets.values()].filter((set) => findNormalised(set, system, code) !== undefined);
}

/** Where a code stands, and as which grade. */
function meaningOf({ system, code }: MappedCode, sets: readonly ValueSetDefinition[]): string {
  return JSON.stringify(sets.map((set) => [set.id, findNormalised(set, system, code)?.ordinal]));
}

function withLocal(set: ValueSetDefinition, local: MappedCode & { display?: string }, standard: MappedCode) {
  const { display: _, ...about } = findNormalised(set, standard.system, standard.code) ?? {};
  return withCode(set, local.system, local.code, { ...about, ...(local.display && { display: local.display }) });
}

/** A code that the module knows already cannot come to mean something else. */
function contradiction(
  local: MappedCode,
  standard: MappedCode,
  sets: readonly ValueSetDefinition[],
  shipped: ValueSets,
): string | undefined {
  if (sets.length === 0) return `${said(standard)} is in no shipped value set`;
  const [other] = setsWith(local, shipped).filter((set) => !sets.includes(set));
  return other && `${said(local)} is already in the value set '${other.id}', which the target is not in`;
}

/** One laboratory code for two tests, by a slip of the pen: a value would be read as both. */
function refuseAmbiguous(added: readonly Added[], all: ValueSets, facts: Module['facts'], notes: Notes): void {
  const tests = Object.values(facts).flatMap((fact) => ('plausible' in fact ? (fact.valueSet ?? []) : []));
  for (const { entry, file, code } of new Map(added.map((one) => [nameOf(one.code), one])).values()) {
    const sets = [...new Set(tests)].filter((id) => {
      const set = all.get(id);
      return set && findNormalised(set, code.system, code.code) !== undefined;
    });
    if (sets.length > 1) notes.fault({ ...entry, place: file }, `${said(code)} would mean ${sets.join(' and ')}`);
  }
}

function nameOf({ system, code }: MappedCode): string {
  return `${system}|${code}`;
}

function said({ system, code }: MappedCode): string {
  return `${code} of ${system}`;
}
