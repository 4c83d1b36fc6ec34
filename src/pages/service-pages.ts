import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Router } from 'express';
import type { Definitions } from '../definitions/definitions.ts';
import { loadDefinitions } from '../definitions/load.ts';
import { loadCases, loadSiteCases } from '../definitions/load-cases.ts';
import type { PatientCopies } from '../sandbox/patient-copies.ts';
import type { Story } from '../sandbox/stories.ts';
import { createPages, type ServedPage } from './create-pages.ts';
import { knowledgePage } from './knowledge/knowledge-page.ts';
import type { Edition } from './shell.ts';
import { patientGroups } from './timeline/patient-groups.ts';
import { timelinePage } from './timeline/timeline-page.ts';
import { readStoryGroups } from './workbench/read-stories.ts';
import { workbenchPage } from './workbench/workbench-page.ts';

export interface ServicePagesOptions {
  /** The folder of the service: `dist/public` with the built files, `fhir-fixtures`, `package.json`. */
  readonly root: string;
  readonly definitions: Definitions;
  /** The folder of the knowledge module. */
  readonly module: string;
  readonly sitePolicyDir?: string;
  readonly knowledgeHash: string;
  /** Where the service is reached, when calls need a token. */
  readonly authenticatedAt?: string;
  /** Who does not tell strangers which services there are does not tell them what they know. */
  readonly isDiscoveryOpen: boolean;
  /** As which app the timeline is registered, and with whom. */
  readonly smart: { readonly clientId: string; readonly origins: readonly string[] };
  /** With the sandbox. */
  readonly workbench?: { readonly stories: readonly Story[]; readonly copies: PatientCopies; readonly movedTo: Date };
  now(): Date;
}

/** Every page that the service has, in the order of the header. */
export function servicePages(options: ServicePagesOptions): Router {
  const { root, definitions, knowledgeHash } = options;
  const { title: module, evidencePack } = definitions.service;
  const { version } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as { version: string };
  const edition = { module, evidencePack, version, hash: knowledgeHash };
  const pages = [...workbench(options), ...timeline(options), ...knowledge(edition, options)];
  return createPages({ folder: resolve(root, 'dist', 'public'), edition, pages });
}

function workbench(options: ServicePagesOptions): readonly ServedPage[] {
  const { root, definitions, authenticatedAt, workbench: parts, now } = options;
  if (parts === undefined) return [];
  const fixtures = resolve(root, 'fhir-fixtures');
  return [
    workbenchPage({
      ...parts,
      ...{ definitions, fixtures, now },
      ...(authenticatedAt !== undefined && { authenticatedAt }),
    }),
  ];
}

/** Without a server that it may read, the timeline has nothing to show. */
function timeline({ root, definitions, smart, workbench: parts, now }: ServicePagesOptions): readonly ServedPage[] {
  if (parts === undefined && smart.origins.length === 0) return [];
  const patients = resolve(root, 'fhir-fixtures', 'patients');
  const groups = parts === undefined ? [] : patientGroups(readStoryGroups(patients, parts.stories, definitions));
  return [timelinePage({ definitions, ...smart, groups, now })];
}

function knowledge(edition: Edition, options: ServicePagesOptions): readonly ServedPage[] {
  const { definitions, module, sitePolicyDir, isDiscoveryOpen, now } = options;
  if (!isDiscoveryOpen) return [];
  const cases = loadCases(module);
  const own = sitePolicyDir === undefined ? undefined : loadSiteCases(sitePolicyDir, cases)?.cases;
  const shipped = sitePolicyDir === undefined ? definitions : loadDefinitions(module);
  return [knowledgePage({ definitions, shipped, cases, edition, now, ...(own && { siteCases: own }) })];
}
