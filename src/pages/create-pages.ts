import express, { type Request, type RequestHandler, type Router } from 'express';
import { loadAssets } from './assets.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { type Html, html } from './html.ts';
import { type Edition, type Page, shell } from './shell.ts';

/** A page with what the server does for it. */
export interface ServedPage extends Page {
  /** What is seen before, and without, any script. */
  main(request: Request): Html;
  /** What else it has, at addresses of their own. */
  readonly further?: readonly FurtherAddress[];
  /** Origins besides our own that its scripts may call. */
  connect?(request: Request): readonly string[];
  /** Hashes of the styles that a library writes into it. */
  readonly styles?: readonly string[];
  /** Origins that may show it in a frame. */
  readonly frames?: readonly string[];
  /** What its scripts ask the server for. */
  readonly router?: Router;
}

/** An address below a page; undefined where there is nothing at it. */
export interface FurtherAddress {
  readonly path: string;
  content(request: Request): Content | undefined;
}

export interface Content {
  readonly title: string;
  readonly main: Html;
}

export interface PagesOptions {
  /** Where scripts/build-pages.mjs has written the built files. */
  readonly folder: string;
  readonly edition: Edition;
  /** In the order of the header. */
  readonly pages: readonly ServedPage[];
}

const nothing: Content = {
  title: 'Not found',
  main: html`<h1>There is nothing at this address</h1>
<p>What you look for may have another name in this edition of the knowledge.</p>`,
};

/** The pages, their assets, and what their scripts ask for. Mount it at the root. */
export function createPages({ folder, edition, pages }: PagesOptions): Router {
  const assets = loadAssets(folder);
  const router = express.Router();
  router.use(assets.serve);
  const serve = (page: ServedPage, contentOf: FurtherAddress['content']): RequestHandler => {
    return (request, response) => {
      const content = contentOf(request);
      response.status(content === undefined ? 404 : 200);
      const { styles, frames } = page;
      const policy = contentSecurityPolicy({ connect: page.connect?.(request), styles, frames });
      response.set('Content-Security-Policy', policy);
      // It knows one origin at most; where frames are allowed the policy above says which.
      if (frames && frames.length > 0) response.removeHeader('X-Frame-Options');
      response.set({ 'Cache-Control': 'no-cache', 'Referrer-Policy': 'no-referrer' });
      response.type('html').send(shell({ page, pages, edition, assets, ...(content ?? nothing) }));
    };
  };
  for (const page of pages) {
    const first = serve(page, (request) => ({ title: page.title, main: page.main(request) }));
    router.get(page.path, first);
    for (const { path, content } of page.further ?? []) router.get(path, serve(page, content));
    if (page.router) router.use(page.router);
  }
  return router;
}
