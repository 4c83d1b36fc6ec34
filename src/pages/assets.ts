import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Request, RequestHandler } from 'express';

/** What the browser loads for a page. */
export interface Entry {
  readonly script: string;
  readonly styles: readonly string[];
}

/** The files that scripts/build-pages.mjs has made. */
export interface Assets {
  /** By the name of the page's folder. */
  entryOf(page: string): Entry;
  readonly icon: string;
  /** Serves them; whatever it does not have is left to the next handler. */
  readonly serve: RequestHandler;
}

interface Manifest {
  readonly entries: Readonly<Record<string, Entry>>;
  readonly icon: string;
}

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

/**
 * Reads the built files into memory: there are few, and no path of a request ever reaches the disk. Their names carry
 * a hash of their content, so browsers may keep them for good.
 *
 * @param folder `dist/public`
 */
export function loadAssets(folder: string): Assets {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  const names = readdirSync(join(folder, 'assets'));
  const files = new Map(names.map((name) => [`/assets/${name}`, readFileSync(join(folder, 'assets', name))]));
  return {
    icon: manifest.icon,
    entryOf(page) {
      const entry = manifest.entries[page];
      if (entry === undefined) throw new Error(`The page ${page} was not built`);
      return entry;
    },
    serve(request, response, next) {
      const plain = files.get(request.path);
      const type = types[request.path.split('.').at(-1) ?? ''];
      if (plain === undefined || type === undefined || !['GET', 'HEAD'].includes(request.method)) return next();
      const [encoding, suffix] = encodingOf(request);
      if (encoding !== undefined) response.set('Content-Encoding', encoding);
      response.set({ 'Cache-Control': 'public, max-age=31536000, immutable', Vary: 'Accept-Encoding' });
      response.type(type).send(files.get(`${request.path}${suffix}`) ?? plain);
    },
  };
}

function encodingOf(request: Request): readonly [encoding: string | undefined, suffix: string] {
  const encoding = request.acceptsEncodings('br', 'gzip');
  if (encoding === 'br') return ['br', '.br'];
  return encoding === 'gzip' ? ['gzip', '.gz'] : [undefined, ''];
}
