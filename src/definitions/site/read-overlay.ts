import { basename, join } from 'node:path';
import type { Resource } from 'fhir/r4.js';
import type { z } from 'zod';
import type { Rule } from '../../rules/rule.ts';
import type { CodeMapping } from '../../terminology/concept-map.ts';
import type { ValueSetDefinition } from '../../terminology/value-set.ts';
import type { DefinitionFiles } from '../files.ts';
import { readConceptMap, readOrderTemplate, readValueSet } from '../read-resources.ts';
import { EvidenceFile, ThresholdsFile } from '../schemas/evidence.ts';
import { ConditionsFile } from '../schemas/rules.ts';
import {
  AskBedsideEntry,
  FileEntry,
  PrefetchKeyEntry,
  RuleEntry,
  ServiceEntry,
  SiteFile,
  SiteRuleFile,
  ThresholdEntry,
} from '../schemas/site.ts';
import type { Source } from '../source.ts';
import { type Entry, faultAt, type Place } from './entry.ts';

/** A file that an entry puts into force. */
export interface FileContent<T> {
  readonly file: Place;
  readonly content: T;
}

/** What the site declares for its own rules. */
export interface Declared<T> {
  readonly names: Readonly<Record<string, T>>;
  readonly source?: Source;
}

/** A hospital's folder, read: well-formed, not yet held against the module. */
export interface Overlay {
  readonly site: string;
  readonly timeZone: string;
  readonly thresholds: readonly Entry<ThresholdEntry>[];
  readonly rules: readonly Entry<RuleEntry>[];
  readonly ownRules: readonly Entry<Rule>[];
  readonly services: readonly Entry<ServiceEntry>[];
  readonly askBedside: readonly Entry<AskBedsideEntry>[];
  readonly prefetchKeys: readonly Entry<PrefetchKeyEntry>[];
  readonly valueSets: readonly Entry<FileContent<ValueSetDefinition>>[];
  readonly conceptMaps: readonly Entry<FileContent<readonly CodeMapping[]>>[];
  readonly orderTemplates: readonly Entry<FileContent<Resource>>[];
  readonly ownThresholds: Declared<ThresholdsFile[string]>;
  readonly ownConditions: Declared<ConditionsFile[string]>;
  readonly ownEvidence: Declared<EvidenceFile[string]>;
}

const folders = ['rules', 'value-sets', 'concept-maps', 'order-templates'];
const known = ['site.yaml', 'thresholds.yaml', 'conditions.yaml', 'evidence.yaml', 'cases.yaml', ...folders];

/** Reads a hospital's folder. What is not well-formed is left out, and its faults are noted. */
export function readOverlay(files: DefinitionFiles): Overlay {
  refuseUnread(files);
  const source = files.source('site.yaml');
  const skeleton = source && files.parse(source, SiteFile);
  const written = record(source?.data);
  const section = <T>(name: Section, schema: z.ZodType<T>): readonly Entry<T>[] =>
    Object.entries(record(written[name])).flatMap(([id, one]) =>
      source ? listed(source, [name, id], one, schema, files) : [],
    );
  const ofFiles = <T>(name: Section, folder: string, read: (file: string, files: DefinitionFiles) => T | undefined) => {
    refuseUnapproved(folder, name, record(written[name]), files);
    return section(name, FileEntry).flatMap((entry) => withFile(entry, folder, read, files) ?? []);
  };
  return {
    site: skeleton?.site ?? '',
    timeZone: skeleton?.timeZone ?? 'UTC',
    thresholds: section('thresholds', ThresholdEntry),
    rules: section('rules', RuleEntry),
    services: section('services', ServiceEntry),
    prefetchKeys: section('prefetchKeys', PrefetchKeyEntry),
    askBedside:
      source && 'askBedside' in written
        ? listed(source, ['askBedside'], written.askBedside, AskBedsideEntry, files)
        : [],
    valueSets: ofFiles('valueSets', 'value-sets', readValueSet),
    conceptMaps: ofFiles('conceptMaps', 'concept-maps', readConceptMap),
    orderTemplates: ofFiles('orderTemplates', 'order-templates', readOrderTemplate),
    ownRules: files.list('rules', '.yaml').flatMap((file) => readOwnRule(file, files) ?? []),
    ownThresholds: declared('thresholds.yaml', ThresholdsFile, files),
    ownConditions: declared('conditions.yaml', ConditionsFile, files),
    ownEvidence: declared('evidence.yaml', EvidenceFile, files),
  };
}

type Section = Exclude<keyof SiteFile, 'site' | 'timeZone' | 'askBedside'>;

/** A file that nobody reads is a change that nobody made: a misspelt folder is no small thing. */
function refuseUnread(files: DefinitionFiles): void {
  const isIgnored = (name: string) => name.startsWith('.') || /^(README|LICENSE)/.test(name);
  for (const name of files.names()) {
    if (!isIgnored(name) && !known.includes(name)) files.fault(name, `is not read; possible are ${known.join(', ')}`);
  }
  for (const folder of folders) {
    const ending = folder === 'rules' ? '.yaml' : '.json';
    for (const name of files.names(folder)) {
      if (!isIgnored(name) && !name.endsWith(ending))
        files.fault(join(folder, name), `is not read: its name does not end in ${ending}`);
    }
  }
}

/** One entry, or several in a list: for other days, or of other parts of the same thing. */
function listed<T>(
  source: Source,
  path: readonly string[],
  written: unknown,
  schema: z.ZodType<T>,
  files: DefinitionFiles,
): readonly Entry<T>[] {
  const each = Array.isArray(written)
    ? written.map((one, index) => [one, [...path, index]] as const)
    : [[written, path] as const];
  return each.flatMap(([one, at]) => {
    const content = files.parse(source, schema, one, at);
    if (content === undefined) return [];
    return [
      { name: path.join('.'), id: path.at(-1) ?? '', content, ...approvalOf(content), place: { source, path: at } },
    ];
  });
}

/** Each file has its entry, which says who approved it. */
function refuseUnapproved(folder: string, section: string, entries: object, files: DefinitionFiles): void {
  for (const file of files.list(folder, '.json')) {
    if (!(basename(file, '.json') in entries))
      files.fault(file, `has no entry in site.yaml under ${section}: nobody has approved it`, 1);
  }
}

/** Joins an entry with the file of its name. */
function withFile<T>(
  entry: Entry<unknown>,
  folder: string,
  read: (file: string, files: DefinitionFiles) => T | undefined,
  files: DefinitionFiles,
): Entry<FileContent<T>> | undefined {
  const file = join(folder, `${entry.id}.json`);
  if (!files.has(file)) {
    files.faults.push(faultAt(entry.place, `${entry.name}: there is no file ${file}`));
    return undefined;
  }
  const content = read(file, files);
  const source = content === undefined ? undefined : files.source(file);
  return content !== undefined && source ? { ...entry, content: { content, file: { source, path: [] } } } : undefined;
}

function readOwnRule(file: string, files: DefinitionFiles): Entry<Rule> | undefined {
  const source = files.source(file);
  const written = source && files.parse(source, SiteRuleFile);
  if (source === undefined || written === undefined) return undefined;
  const { reason: _, approvedBy: __, from: ___, until: ____, ...rule } = written;
  if (`${rule.id}.yaml` !== basename(file)) files.fault(file, `the id '${rule.id}' must be the name of the file`, 1);
  return { name: file, id: rule.id, content: rule as Rule, ...approvalOf(written), place: { source, path: [] } };
}

function declared<T>(file: string, schema: z.ZodType<Record<string, T>>, files: DefinitionFiles): Declared<T> {
  if (!files.has(file)) return { names: {} };
  const source = files.source(file);
  const names = source && files.parse(source, schema);
  return { names: names ?? {}, ...(source && { source }) };
}

type Approval = Pick<Entry, 'reason' | 'approvedBy' | 'from' | 'until'>;

function approvalOf(written: unknown): Approval {
  const { reason, approvedBy, from, until } = written as Approval;
  return { reason, approvedBy, from, ...(until !== undefined && { until }) };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
