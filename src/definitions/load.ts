import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { assemble } from './assemble.ts';
import { checkDefinitions } from './check.ts';
import { unusedNames } from './checks/names.ts';
import { DefinitionError, type Fault } from './definition-error.ts';
import type { Definitions } from './definitions.ts';
import { DefinitionFiles } from './files.ts';
import type { Module } from './module.ts';
import { readModule } from './read-module.ts';
import { readOverlay } from './site/read-overlay.ts';
import { timeline } from './site/timeline.ts';

/** The one knowledge module under `hooks/`. @throws DefinitionError when there is none, or more than one */
export function moduleFolder(hooks: string): string {
  const folders = readdirSync(hooks).filter((name) => existsSync(join(hooks, name, 'service.yaml')));
  const [only] = folders;
  if (only !== undefined && folders.length === 1) return join(hooks, only);
  const message =
    folders.length === 0 ? 'no folder holds a service.yaml' : `one module is possible, found ${folders.join(', ')}`;
  throw new DefinitionError([{ file: hooks, message }]);
}

/** A hospital's overlay, and the time from which it is to be used. */
export interface Site {
  readonly folder: string;
  readonly now: Date;
}

/**
 * Loads a knowledge module, and the hospital's overlay if there is one, and checks all of it.
 *
 * @param folder the module's folder, `hooks/<module>`
 * @returns what holds now; what holds later hangs on it, see `definitionsAt`
 * @throws DefinitionError listing every fault with file and line
 */
export function loadDefinitions(folder: string, site?: Site): Definitions {
  const files = new DefinitionFiles(folder);
  const module = readModule(files);
  const shipped = module && assembled(module, files);
  if (site === undefined) return orThrow(shipped, files.faults);
  const siteFiles = new DefinitionFiles(site.folder);
  const overlay = readOverlay(siteFiles);
  const wellFormed = [...files.faults, ...siteFiles.faults];
  if (module === undefined || shipped === undefined) throw new DefinitionError(unique(wellFormed));
  const { definitions, faults } = timeline(module, overlay, site.now);
  return orThrow(definitions, [...wellFormed, ...faults]);
}

/** The definitions of the module alone, with its faults noted. */
function assembled(module: Module, files: DefinitionFiles): Definitions | undefined {
  const { definitions, faults } = assemble(module);
  const inconsistent = definitions ? [...checkDefinitions(definitions), ...unusedNames(definitions)] : [];
  for (const { file, message, about } of [...faults, ...inconsistent]) {
    const source = about !== undefined && files.has(file) && file.includes('.') ? files.source(file) : undefined;
    files.fault(file, message, source?.find(about ?? '', source.span([])));
  }
  for (const [key, { verification }] of Object.entries(module.evidence)) {
    if (verification === 'site') files.fault('evidence.yaml', `${key}: only a hospital's own evidence is of the site`);
  }
  return definitions;
}

function orThrow(definitions: Definitions | undefined, faults: readonly Fault[]): Definitions {
  if (definitions !== undefined && faults.length === 0) return definitions;
  throw new DefinitionError(unique(faults));
}

/** A fault that holds on many days is told once. */
function unique(faults: readonly Fault[]): readonly Fault[] {
  return [...new Map(faults.map((fault) => [`${fault.file}:${fault.line}: ${fault.message}`, fault])).values()];
}
