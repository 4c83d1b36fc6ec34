/**
 * Bundles what the browser loads: one entry for each `src/pages/<page>/browser/main.tsx` (or .ts), shared code
 * once.
 * Writes `<out>/assets` with names that carry a hash, each file also compressed, and `<out>/manifest.json`.
 *
 * node scripts/build-pages.mjs [--out DIR]    default: dist/public
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const PAGES = join(ROOT, 'src', 'pages');

const { values } = parseArgs({ options: { out: { type: 'string', default: join(ROOT, 'dist', 'public') } } });
const out = resolve(values.out);

rmSync(out, { recursive: true, force: true });
const { outputs } = await bundle();
const assets = join(out, 'assets');
for (const name of readdirSync(assets)) compress(join(assets, name));
mkdirSync(out, { recursive: true });
writeFileSync(join(out, 'manifest.json'), JSON.stringify(manifest(outputs), null, 2));

async function bundle() {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: { ...entries(), icon: join(PAGES, 'design', 'icon.svg') },
    outdir: out,
    entryNames: 'assets/[name]-[hash]',
    chunkNames: 'assets/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    tsconfigRaw: '{}',
    loader: { '.svg': 'copy' },
    metafile: true,
    logLevel: 'warning',
  });
  return metafile;
}

/** Each folder under src/pages that has something for the browser is a page. */
function entries() {
  const mains = readdirSync(PAGES).flatMap((page) => {
    const files = ['main.tsx', 'main.ts'].map((name) => join(PAGES, page, 'browser', name));
    return files.filter((file) => existsSync(file)).map((file) => [page, file]);
  });
  return Object.fromEntries(mains);
}

function manifest(outputs) {
  const made = Object.entries(outputs).map(([path, output]) => ({ href: hrefOf(path), ...output }));
  const icon = made.find(({ href }) => /\/icon-[^/]*\.svg$/.test(href)).href;
  const pages = made.filter(({ entryPoint }) => entryPoint?.includes('/browser/main.'));
  const entry = ({ entryPoint, href, cssBundle }) => [
    entryPoint.split('/').at(-3),
    { script: href, styles: cssBundle === undefined ? [] : [hrefOf(cssBundle)] },
  ];
  return { icon, entries: Object.fromEntries(pages.map(entry)) };
}

function hrefOf(path) {
  return `/${relative(out, resolve(ROOT, path)).replaceAll('\\', '/')}`;
}

function compress(file) {
  const content = readFileSync(file);
  writeFileSync(`${file}.br`, brotliCompressSync(content));
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
}
