import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parseSync } from '@swc/core';

/** What no import shows: clock, chance, environment, the words of the disease, names and sizes. */

const ROOT = process.cwd();
const PURE = ['kernel', 'units', 'terminology', 'measures', 'rules', 'orders', 'facts', 'gaps', 'cards', 'knowledge'];
const PAGES = ['pages'];

interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly nodes: readonly SyntaxNode[];
}
type SyntaxNode = Readonly<Record<string, unknown>> & { readonly type: string };

const sources = filesBelow('src').filter(isTypeScript).map(parse);
const paths = [...filesBelow('src'), ...filesBelow('test')].filter((path) => !path.startsWith('test/golden/'));

it('finds the sources', () => {
  expect(sources.map(({ path }) => path)).toEqual(expect.arrayContaining(['src/kernel/truth.ts']));
});

describe('effects stay at the rim', () => {
  it('reads the environment in config.ts only, so that every setting is named in one place', () => {
    const elsewhere = sources.filter(({ path }) => !['src/config.ts', 'src/main.ts'].includes(path));
    expect(offences(elsewhere, (node) => isMember(node, 'process', 'env'))).toEqual([]);
  });

  it('keeps clock, chance, timers and the process out of the pure ring, so that the same record gives the same cards', () => {
    expect(offences(sources.filter(isIn(PURE)), isImpure)).toEqual([]);
  });

  it('opens connections in outbound only, where it is decided where they may lead', () => {
    const opens = (node: SyntaxNode) =>
      ['CallExpression', 'NewExpression'].includes(node.type) &&
      ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'].some((name) => isName(node.callee, name));
    const ofTheService = sources.filter(({ path }) => !isBrowserCode(path));
    expect(offences(ofTheService, opens)).toEqual([]);
  });

  it('keeps import.meta out of everything the tests load, which run as CommonJS', () => {
    const commands = ['main', 'check-hooks', 'lock-rules', 'rule-docs', 'compare-impact'].map(
      (name) => `src/${name}.ts`,
    );
    const loaded = sources.filter(({ path }) => !commands.includes(path));
    expect(offences(loaded, (node) => node.type === 'MetaProperty' && node.kind === 'import.meta')).toEqual([]);
  });
});

describe('types are honest', () => {
  it('has no any', () => {
    expect(offences(sources, (node) => node.type === 'TsKeywordType' && node.kind === 'any')).toEqual([]);
  });

  it('silences no checker', () => {
    const silencer = /@ts-(?:ignore|nocheck|expect-error)|biome-ignore lint\/suspicious\/noExplicitAny/g;
    expect(linesWith(sources, silencer)).toEqual([]);
  });
});

describe('the engine knows no disease', () => {
  /** As they begin; `_` stands for any separator. Names are split at their humps first, so `ecogGrade` is `ecog grade`. */
  const WORDS = [
    ...['hcc', 'hepat', 'liver', 'cirrh', 'carcinoma', 'tumou?r', 'cancer', 'oncolog', 'neoplas', 'bclc', 'barcelona'],
    ...['tace\\b', 'chemoemboli', 'emboli[sz]', 'systemic_therapy', 'immunotherap', 'checkpoint_inhibitor', 'tki\\b'],
    ...['bilirubin', 'albumin', 'creatinin', 'platelet', 'prothrombin', 'inr\\b', 'afp\\b', 'fetoprotein'],
    ...['child_pugh', 'albi\\b', 'ecog\\b', 'karnofsky', 'meld\\b', 'up_to_seven', 'milan\\b'],
    ...['ascit', 'encephalopath', 'varice', 'portal', 'paracentes', 'decompensat', 'lactulose', 'rifaximin'],
    ...['atezolizumab', 'bevacizumab', 'durvalumab', 'tremelimumab', 'nivolumab', 'ipilimumab', 'pembrolizumab'],
    ...['lenvatinib', 'sorafenib', 'regorafenib', 'cabozantinib', 'ramucirumab', 'doxorubicin', 'warfarin'],
  ];
  const disease = new RegExp(`\\b(?:${WORDS.join('|').replaceAll('_', '[ _-]?')})[a-z]*`, 'g');
  /** The product's own name is not a word about the disease. */
  const asWords = (line: string) =>
    line
      .replace(/\.?hcc-cds/gi, '')
      .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
      .toLowerCase();

  it('names it in measures and pages only, in comments as little as in code', () => {
    const engine = sources.filter((source) => !isIn(['measures', ...PAGES])(source));
    // {INR} is a unit of UCUM.
    const said = linesWith(engine, disease, asWords).filter((line) => !/^src\/units\/.*: inr$/.test(line));
    expect(said).toEqual([]);
  });

  it('would notice', () => {
    const planted = ['the ECOG grade', 'bilirubinUmolPerL', 'childPughScore', 'HCC', 'hepatic', 'Child-Pugh', 'TACE'];
    const innocent = ['hcc-cds', 'place', 'stace', 'albino', 'inrush', 'melding'];
    expect(planted.filter((line) => asWords(line).search(disease) === -1)).toEqual([]);
    expect(innocent.filter((line) => asWords(line).search(disease) !== -1)).toEqual([]);
  });
});

describe('names and sizes', () => {
  it('names files in kebab-case', () => {
    const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*$/;
    const names = paths.filter(isCode).flatMap((path) => path.split('/'));
    expect([...new Set(names)].filter((name) => !kebab.test(name))).toEqual([]);
  });

  it('has no drawer for odds and ends: what a file does is its name', () => {
    const drawer = /^(?:utils?|helpers?|commons?|libs?|constants?|misc|shared)$/;
    const drawers = paths.filter((path) => path.split('/').some((name) => drawer.test(name.split('.')[0] ?? '')));
    expect(drawers).toEqual([]);
  });

  it.each([
    ['src', 300],
    ['test', 400],
  ])('keeps files in %s within %i lines', (folder, limit) => {
    const long = paths
      .filter((path) => path.startsWith(`${folder}/`) && isCode(path))
      .map((path) => ({ path, lines: readFileSync(join(ROOT, path), 'utf8').trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > limit);
    expect(long).toEqual([]);
  });
});

describe('the import rules', () => {
  const CONFIG = join(ROOT, '.dependency-cruiser.cjs');
  const CRUISER = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

  interface Cruise {
    readonly modules: readonly {
      readonly source: string;
      readonly dependencies: readonly { readonly module: string }[];
    }[];
    readonly summary: {
      readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
    };
  }
  const cruise = (folder: string): Cruise => {
    const args = [CRUISER, 'src', '--config', CONFIG, '--output-type', 'json'];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 });
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout) as Cruise;
  };

  it('see every import: a checker that cannot parse a file finds no fault in it', () => {
    const seen = new Set(
      cruise(ROOT).modules.flatMap(({ source, dependencies }) =>
        dependencies.map(({ module }) => `${source} → ${module.replace(/^node:/, '')}`),
      ),
    );
    const written = sources
      .filter(({ path }) => !isBrowserCode(path))
      .flatMap(({ path, nodes }) =>
        nodes.flatMap(importedName).map((name) => `${path} → ${name.replace(/^node:/, '')}`),
      );
    expect(written.length).toBeGreaterThan(100);
    expect(written.filter((one) => !seen.has(one))).toEqual([]);
  });

  describe('catch', () => {
    const planted: readonly (readonly [rule: string, file: string, text: string])[] = [
      ['no-cycles', 'src/rules/a.ts', "import './b.ts';"],
      [
        'no-upward-import-from-measures',
        'src/measures/up.ts',
        "import type { X } from '../cards/card.ts'; export type Y = X;",
      ],
      ['no-upward-import-from-decide', 'src/decide.ts', "export * from './http/call.ts';"],
      ['no-upward-import-from-http', 'src/http/late.ts', "export const late = () => import('../app.ts');"],
      ['kernel-imports-nothing', 'src/kernel/truth.ts', "import '../units/convert.ts';"],
      ['cds-hooks-imports-nothing-of-ours', 'src/cds-hooks/card.ts', "import '../kernel/fact.ts';"],
      [
        'pure-ring-without-node',
        'src/orders/id.ts',
        "import { randomUUID } from 'node:crypto'; export const id = randomUUID;",
      ],
      ['pure-ring-few-packages', 'src/cards/render.ts', "import { parse } from 'yaml'; export const p = parse;"],
      [
        'pure-ring-does-not-reach-the-rim',
        'src/facts/gather.ts',
        "export { all } from '../definitions/definitions.ts';",
      ],
      ['ucum-only-in-units', 'src/facts/ucum.ts', "import ucum from '@lhncbc/ucum-lhc'; export const u = ucum;"],
      ['fhir-client-only-in-fhir', 'src/http/client.ts', "import 'fhir-kit-client';"],
      ['sql-only-in-store', 'src/feedback/query.ts', "import 'kysely';"],
      ['edge-knows-the-port-of-the-store', 'src/http/query.ts', "import '../store/tables.ts';"],
      [
        'express-only-at-the-edge',
        'src/feedback/store.ts',
        "import type { Request } from 'express'; export type R = Request;",
      ],
      ['sockets-only-in-outbound', 'src/fhir/socket.ts', "import { get } from 'node:https'; export const g = get;"],
      ['jose-only-in-security', 'src/http/token.ts', "import { jwtVerify } from 'jose'; export const v = jwtVerify;"],
      ['sandbox-only-from-app', 'src/http/sandbox.ts', "import '../sandbox/server.ts';"],
      ['pages-only-from-app', 'src/http/page.ts', "import '../pages/page.ts';"],
      ['browser-code-stays-in-the-browser', 'src/pages/shell.ts', "import './workbench/browser/main.tsx';"],
      ['medplum-only-in-sandbox', 'src/http/medplum.ts', "import '@medplum/core';"],
      ['src-stays-in-src', 'src/http/data.ts', "import '../../hooks/data.ts';"],
      ['no-unresolvable-imports', 'src/http/lost.ts', "import './nowhere.ts';"],
      ['no-dev-dependencies', 'src/http/nock.ts', "import 'nock';"],
      ['no-undeclared-packages', 'src/http/left.ts', "import 'acorn';"],
    ];
    const rest: readonly (readonly [file: string, text: string])[] = [
      ['src/rules/b.ts', "import './a.ts';"],
      ['src/definitions/definitions.ts', "export { all } from './load.ts';"],
      ['src/definitions/load.ts', 'export const all = 1;'],
      ...[
        'cards/card',
        'http/call',
        'app',
        'units/convert',
        'kernel/fact',
        'sandbox/server',
        'store/tables',
        'pages/page',
      ].map((name) => [`src/${name}.ts`, 'export type X = 1;'] as const),
      ['hooks/data.ts', 'export const data = 1;'],
      ['src/pages/workbench/browser/main.tsx', 'export const main = <p />;'],
      ['package.json', readFileSync(join(ROOT, 'package.json'), 'utf8')],
    ];
    let caught: readonly string[];
    let folder: string;

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'architecture-'));
      for (const [file, text] of [...planted.map(([, file, text]) => [file, text] as const), ...rest]) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), text);
      }
      for (const name of [
        'yaml',
        '@lhncbc/ucum-lhc',
        'fhir-kit-client',
        'express',
        '@medplum/core',
        'nock',
        'acorn',
        'jose',
        'kysely',
      ]) {
        const stub = join(folder, 'node_modules', name);
        mkdirSync(stub, { recursive: true });
        writeFileSync(join(stub, 'package.json'), JSON.stringify({ name, main: 'index.js' }));
        writeFileSync(join(stub, 'index.js'), '');
      }
      caught = cruise(folder).summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`);
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    it.each(planted)('%s (%s)', (rule, file) => {
      expect(caught).toContain(`${rule}: ${file}`);
    });
  });
});

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`],
  );
}

function isTypeScript(path: string): boolean {
  return /\.tsx?$/.test(path) && !path.endsWith('.d.ts');
}

/** Not read by the checker; test/conformance/pages.test.ts does that. */
function isBrowserCode(path: string): boolean {
  return /^src\/pages\/(?:design|[^/]+\/browser)\//.test(path);
}

function isCode(path: string): boolean {
  return /\.(?:tsx?|cjs|mjs|js|css)$/.test(basename(path));
}

function isIn(folders: readonly string[]) {
  return ({ path }: SourceFile) => folders.some((folder) => path.startsWith(`src/${folder}/`));
}

function parse(path: string): SourceFile {
  const text = readFileSync(join(ROOT, path), 'utf8');
  return {
    path,
    text,
    nodes: nodesIn(parseSync(text, { syntax: 'typescript', tsx: path.endsWith('x'), target: 'es2022' })),
  };
}

function nodesIn(value: unknown): readonly SyntaxNode[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.values(value).flatMap(nodesIn);
  return 'type' in value && typeof value.type === 'string' ? [value as SyntaxNode, ...below] : below;
}

function offences(files: readonly SourceFile[], isOffence: (node: SyntaxNode) => boolean): readonly string[] {
  return files.filter(({ nodes }) => nodes.some(isOffence)).map(({ path }) => path);
}

function linesWith(files: readonly SourceFile[], word: RegExp, prepare = (line: string) => line): readonly string[] {
  return files.flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, index) => (prepare(line).match(word) ?? []).map((found) => `${path}:${index + 1}: ${found}`)),
  );
}

function isImpure(node: SyntaxNode): boolean {
  const now =
    (node.type === 'NewExpression' && isName(node.callee, 'Date') && isEmpty(node.arguments)) ||
    (node.type === 'CallExpression' && isName(node.callee, 'Date'));
  const effects = ['process', 'performance', 'crypto', 'fetch', 'setTimeout', 'setInterval', 'setImmediate', 'console'];
  const named = effects.some(
    (name) => isMember(node, name) || (node.type === 'CallExpression' && isName(node.callee, name)),
  );
  return (
    now || named || isMember(node, 'Date', 'now') || isMember(node, 'Math', 'random') || isName(node, 'randomUUID')
  );
}

function isMember(node: SyntaxNode, object: string, property?: string): boolean {
  return (
    node.type === 'MemberExpression' &&
    isName(node.object, object) &&
    (property === undefined || isName(node.property, property))
  );
}

function isName(node: unknown, name: string): boolean {
  const { type, value } = (node ?? {}) as { readonly type?: unknown; readonly value?: unknown };
  return type === 'Identifier' && value === name;
}

function isEmpty(list: unknown): boolean {
  return !Array.isArray(list) || list.length === 0;
}

/** Of `import … from`, `export … from` and `import()`. */
function importedName(node: SyntaxNode): readonly string[] {
  const call = node.type === 'CallExpression' && (node.callee as SyntaxNode).type === 'Import';
  const [argument] = call ? (node.arguments as readonly { readonly expression: unknown }[]) : [];
  const declares = /^(?:Import|ExportNamed|ExportAll)Declaration$/.test(node.type);
  const source = (declares ? node.source : argument?.expression) as { readonly value?: unknown } | null | undefined;
  return typeof source?.value === 'string' ? [source.value] : [];
}
