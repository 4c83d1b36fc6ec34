import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { parseSync } from '@swc/core';

/** What runs in the browser: it may compute as the service does, and nothing else of it comes along. */
const PURE = ['kernel', 'units', 'measures', 'cds-hooks', 'facts'];
/** Besides, where only a part of a folder is pure, or is meant to come along. */
const PURE_FILES = ['cards/format.ts', 'fhir/fhir-reader.ts', 'fhir/read-result.ts', 'fhir/references.ts'];
/** Bundled for the browser; the image does not have them. */
const PACKAGES = ['preact', 'preact/hooks', 'marked', 'zod/mini', 'fhir/r4.js', '@observablehq/plot', 'fhirclient'];

const browserCode = filesBelow('src/pages').filter((path) => /^src\/pages\/(?:design|[^/]+\/browser)\//.test(path));
const scripts = browserCode.filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'));

it('finds the scripts of the pages', () => {
  expect(scripts).toContain('src/pages/workbench/browser/main.tsx');
});

it('imports pages, pure code and a handful of packages', () => {
  expect(scripts.flatMap((path) => faultsOf(path, readFileSync(path, 'utf8')))).toEqual([]);
});

it.each([
  "import '../../../cards/card.ts';",
  "import '../../../definitions/definitions.ts';",
  "import { readFileSync } from 'node:fs';",
  "export const late = () => import('express');",
  "export { decide } from '../../../decide.ts';",
])('would notice %s', (text) => {
  expect(faultsOf('src/pages/workbench/browser/planted.tsx', text)).toHaveLength(1);
});

it('puts nothing inline and loads nothing from elsewhere, as the policy demands', () => {
  const loads = /dangerouslySetInnerHTML|innerHTML|insertAdjacentHTML|@import url|url\(["']?http/;
  expect(browserCode.filter((path) => loads.test(readFileSync(path, 'utf8')))).toEqual([]);
});

function faultsOf(path: string, text: string): readonly string[] {
  return importedBy(text)
    .filter((name) => !isAllowed(path, name))
    .map((name) => `${path}: ${name}`);
}

function isAllowed(path: string, name: string): boolean {
  if (!name.startsWith('.')) return PACKAGES.includes(name);
  const target = posix.join(posix.dirname(path), name);
  const isPure = ['pages', ...PURE].some((folder) => target.startsWith(`src/${folder}/`));
  return isPure || PURE_FILES.some((file) => target === `src/${file}`);
}

interface SyntaxNode {
  readonly type?: string;
  readonly source?: { readonly value: string } | null;
  readonly callee?: SyntaxNode;
  readonly arguments?: readonly { readonly expression: { readonly value?: unknown } }[];
}

/** Of `import … from`, `export … from` and `import()`. */
function importedBy(text: string): readonly string[] {
  const found: string[] = [];
  JSON.stringify(parseSync(text, { syntax: 'typescript', tsx: true, target: 'es2022' }), (_key, value: unknown) => {
    const node = (value ?? {}) as SyntaxNode;
    if (/^(?:Import|ExportNamed|ExportAll)Declaration$/.test(node.type ?? '') && node.source)
      found.push(node.source.value);
    if (node.type === 'CallExpression' && node.callee?.type === 'Import')
      found.push(String(node.arguments?.[0]?.expression.value));
    return value;
  });
  return found;
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`],
  );
}
