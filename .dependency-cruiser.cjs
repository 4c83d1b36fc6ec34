/**
 * Who may import whom: main → app → http → decide → the pure ring → kernel. I/O only at the rim.
 * What cannot be read off an import (clock, environment, words, sizes) is in test/conformance/architecture.test.ts;
 * that test also proves that these rules see every import and catch planted ones.
 *
 * Imports are parsed by swc: dependency-cruiser reads TypeScript through the compiler API, which TypeScript 7 no
 * longer offers in that form. `import type` counts as an import.
 */

/** From the innermost to the outermost. A folder may import its own layer and those before it. */
const LAYERS = [
  ['kernel'],
  ['units', 'terminology', 'outbound', 'fhir', 'cds-hooks'],
  ['measures'],
  ['rules'],
  ['definitions'],
  ['orders'],
  ['facts'],
  ['gaps', 'cards'],
  ['decide.ts', 'summarise.ts', 'read-situation.ts', 'gate.ts', 'decision.ts', 'knowledge'],
  [
    'http',
    'security',
    'store',
    'feedback',
    'observability',
    'pages',
    'sandbox',
    'lock',
    'impact',
    'config.ts',
    'welcome.ts',
  ],
  ['app.ts'],
  [
    'main.ts',
    'check-hooks.ts',
    'lock-rules.ts',
    'rule-docs.ts',
    'compare-impact.ts',
    'impact-answers.ts',
    'feedback-report.ts',
    'purge-store.ts',
  ],
];

const PURE = ['kernel', 'units', 'terminology', 'measures', 'rules', 'orders', 'facts', 'gaps', 'cards', 'knowledge'];
const PAGES = ['pages'];

/** Bundled by scripts/build-pages.mjs: runs in a browser, never in the service. */
const BROWSER = '^src/pages/(design|[^/]+/browser)/';

/** Packages of the pure ring: they compute, they do not read or write. `fhir` is types only. */
const PURE_PACKAGES = ['zod', '@lhncbc/ucum-lhc', 'fhir', '@types/fhir'];

/** Reach the network or the disk; the pure ring sees only the port and the data they deliver. */
const RIM_FILES = [
  '^src/definitions/(files|load)\\.ts$',
  '^src/fhir/(http-fhir-reader|bounded-client)\\.ts$',
  '^src/outbound/(transport|read-text)\\.ts$',
];

/** A path pattern for folders and files below src/. */
const inSrc = (...names) => `^src/(${names.map((name) => (name.endsWith('.ts') ? `${name}$` : `${name}/`)).join('|')})`;
const inPackages = (...names) => `(^|node_modules/)(${names.join('|')})(/|$)`;

const upwardImports = LAYERS.slice(0, -1).map((layer, index) => ({
  name: `no-upward-import-from-${layer[0].replace('.ts', '')}`,
  comment: `${layer.join(', ')}: imports only inward`,
  severity: 'error',
  from: { path: inSrc(...layer) },
  to: { path: inSrc(...LAYERS.slice(index + 1).flat()) },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or a third is missing',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...upwardImports,
    {
      name: 'kernel-imports-nothing',
      severity: 'error',
      from: { path: inSrc('kernel') },
      to: { pathNot: inSrc('kernel') },
    },
    {
      name: 'cds-hooks-imports-nothing-of-ours',
      comment: "The standard's wire shapes stand alone",
      severity: 'error',
      from: { path: inSrc('cds-hooks') },
      to: { path: '^src/', pathNot: inSrc('cds-hooks') },
    },
    {
      name: 'pure-ring-without-node',
      comment: 'No file, network, randomness or process: inputs come as arguments',
      severity: 'error',
      from: { path: inSrc(...PURE) },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-ring-few-packages',
      severity: 'error',
      from: { path: inSrc(...PURE) },
      to: { pathNot: ['^src/', inPackages(...PURE_PACKAGES)], dependencyTypesNot: ['core'] },
    },
    {
      name: 'pure-ring-does-not-reach-the-rim',
      comment: 'Not even through another file',
      severity: 'error',
      from: { path: inSrc(...PURE) },
      to: { path: RIM_FILES, reachable: true },
    },
    {
      name: 'ucum-only-in-units',
      severity: 'error',
      from: { pathNot: inSrc('units') },
      to: { path: inPackages('@lhncbc/ucum-lhc') },
    },
    {
      name: 'fhir-client-only-in-fhir',
      severity: 'error',
      from: { pathNot: inSrc('fhir') },
      to: { path: inPackages('fhir-kit-client') },
    },
    {
      name: 'sql-only-in-store',
      severity: 'error',
      from: { path: '^src/', pathNot: inSrc('store') },
      to: { path: inPackages('kysely', 'libsql', 'pg', '@types/pg') },
    },
    {
      name: 'edge-knows-the-port-of-the-store',
      comment: 'What is kept, and how, is decided in store/',
      severity: 'error',
      from: { path: inSrc('http', 'feedback', 'observability') },
      to: { path: inSrc('store'), pathNot: inSrc('store/store.ts', 'store/store-error.ts') },
    },
    {
      name: 'express-only-at-the-edge',
      severity: 'error',
      from: { path: '^src/', pathNot: inSrc('http', 'sandbox', 'app.ts', ...PAGES) },
      to: { path: inPackages('express', '@types/express', 'cors', 'helmet', 'express-rate-limit') },
    },
    {
      name: 'sockets-only-in-outbound',
      comment: 'One place decides where connections may lead; main.ts and http/ only listen',
      severity: 'error',
      from: { path: '^src/', pathNot: inSrc('outbound', 'http') },
      to: { path: '^(node:)?(http|https|tls|http2|dgram)$' },
    },
    {
      name: 'jose-only-in-security',
      severity: 'error',
      from: { path: '^src/', pathNot: inSrc('security') },
      to: { path: inPackages('jose') },
    },
    {
      name: 'sandbox-only-from-app',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: inSrc('sandbox', 'pages/workbench', 'pages/service-pages.ts', 'app.ts', 'main.ts'),
      },
      to: { path: inSrc('sandbox') },
    },
    {
      name: 'pages-only-from-app',
      comment: 'The service works without them',
      severity: 'error',
      from: { path: '^src/', pathNot: inSrc('pages', 'app.ts', 'main.ts') },
      to: { path: inSrc('pages') },
    },
    {
      name: 'browser-code-stays-in-the-browser',
      severity: 'error',
      from: { path: '^src/', pathNot: BROWSER },
      to: { path: BROWSER },
    },
    {
      name: 'medplum-only-in-sandbox',
      severity: 'error',
      from: { path: '^src/', pathNot: inSrc('sandbox') },
      to: { path: inPackages('@medplum') },
    },
    {
      name: 'src-stays-in-src',
      comment: 'hooks/ and fhir-fixtures/ are read as data; tests and scripts depend on src, never the reverse',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(\\.\\./|hooks/|fhir-fixtures/|test/|scripts/|dist/|docs/)' },
    },
    {
      name: 'no-dev-dependencies',
      comment: 'The image has production packages only',
      severity: 'error',
      from: { path: '^src/', pathNot: BROWSER },
      to: { dependencyTypes: ['npm-dev'], pathNot: inPackages('@types/[^/]+') },
    },
    {
      name: 'no-undeclared-packages',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], pathNot: inPackages('fhir') },
    },
    {
      name: 'no-unresolvable-imports',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: inPackages('fhir') },
    },
  ],
  options: {
    parser: 'swc',
    // Its swc cannot read TSX. What browser code imports is checked by test/conformance/pages.test.ts.
    doNotFollow: { path: ['node_modules', BROWSER] },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      mainFields: ['main'],
    },
  },
};
