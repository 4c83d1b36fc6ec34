import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle, Resource } from 'fhir/r4.js';
import { parse } from 'yaml';
import type { Calls, TriedPatient, TriedSession } from './answers.ts';

/** The day for which the synthetic patients are written. */
export const storyDay = '2026-11-22T12:00:00Z';

/** The day on which the real patients are looked at: shortly after the day their data were given. */
const realDay = '2026-11-05T12:00:00Z';

/**
 * Every synthetic patient and, where they are at hand, the real ones; each with every draft order alone, and with every
 * session of several drafts that a story tells of.
 *
 * @param fixtures the folder fhir-fixtures
 * @param data the folder with sets of real patients: in each, folders `fhir…` with one Bundle a file
 */
export function callsOf(fixtures: string, data: string): Calls {
  const patients = join(fixtures, 'patients');
  const slugs = existsSync(patients) ? folders(patients) : [];
  const stories = slugs.map((slug) => patientOf(slug, storyDay, join(patients, slug, 'bundle.json')));
  const real = recordsIn(data).flatMap((variant) =>
    jsonFiles(join(data, variant)).map((file, index) =>
      patientOf(`real ${index + 1} (${variant})`, realDay, join(data, variant, file)),
    ),
  );
  const drafts = new Map(
    jsonFiles(join(fixtures, 'drafts')).map((file) => [
      file.replace(/\.json$/, ''),
      readJson(join(fixtures, 'drafts', file)) as Resource,
    ]),
  );
  return { patients: [...stories, ...real], sessions: sessionsOf(drafts, join(fixtures, 'patients'), slugs) };
}

function sessionsOf(
  drafts: ReadonlyMap<string, Resource>,
  patients: string,
  slugs: readonly string[],
): readonly TriedSession[] {
  const told = slugs.flatMap((slug) => {
    const file = join(patients, slug, 'expected.yaml');
    const calls: unknown = existsSync(file) ? parse(readFileSync(file, 'utf8')) : [];
    return (Array.isArray(calls) ? calls : []).map((call: { drafts?: readonly string[] }) => call.drafts ?? []);
  });
  const alone = [...drafts.keys()].map((key) => [key]);
  const names = [...alone, ...told.map((keys) => [...keys].sort())].map((keys) => keys.join(' + '));
  return [...new Set(names)].flatMap((name) => {
    const all = name.split(' + ').map((key) => drafts.get(key));
    const known = all.filter((draft) => draft !== undefined);
    return known.length === all.length ? [{ name, drafts: known }] : [];
  });
}

/** 'set/fhir', 'set/fhir-of-another-kind': the same patients may be recorded in several ways. */
function recordsIn(data: string): readonly string[] {
  const sets = existsSync(data) ? folders(data) : [];
  return sets.flatMap((set) =>
    folders(join(data, set)).flatMap((folder) => (folder.startsWith('fhir') ? [join(set, folder)] : [])),
  );
}

function patientOf(name: string, now: string, file: string): TriedPatient {
  const { entry = [] } = readJson(file) as Bundle;
  const resources = entry.flatMap(({ resource }) => resource ?? []);
  const id = resources.find(({ resourceType }) => resourceType === 'Patient')?.id;
  if (id === undefined) throw new Error(`${file}: no Patient with an id`);
  return { name, now, id, resources };
}

function folders(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

function jsonFiles(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort();
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
