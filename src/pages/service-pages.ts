import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Router } from 'express';
import type { Definitions } from '../definitions/definitions.ts';
import type { PatientCopies } from '../sandbox/patient-copies.ts';
import type { Story } from '../sandbox/stories.ts';
import { createPages } from './create-pages.ts';
import { workbenchPage } from './workbench/workbench-page.ts';

export interface ServicePagesOptions {
  /** The folder of the service: `dist/public` with the built files, `fhir-fixtures`, `package.json`. */
  readonly root: string;
  readonly definitions: Definitions;
  readonly knowledgeHash: string;
  /** Where the service is reached, when calls need a token. */
  readonly authenticatedAt?: string;
  /** With the sandbox. */
  readonly workbench?: { readonly stories: readonly Story[]; readonly copies: PatientCopies; readonly movedTo: Date };
  now(): Date;
}

/** Every page that the service has, in the order of the header. */
export function servicePages(options: ServicePagesOptions): Router {
  const { root, definitions, knowledgeHash, authenticatedAt, workbench, now } = options;
  const { title: module, evidencePack } = definitions.service;
  const { version } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as { version: string };
  const fixtures = resolve(root, 'fhir-fixtures');
  const pages = workbench
    ? [
        workbenchPage({
          ...workbench,
          definitions,
          fixtures,
          now,
          ...(authenticatedAt !== undefined && { authenticatedAt }),
        }),
      ]
    : [];
  const edition = { module, evidencePack, version, hash: knowledgeHash };
  return createPages({ folder: resolve(root, 'dist', 'public'), edition, pages });
}
