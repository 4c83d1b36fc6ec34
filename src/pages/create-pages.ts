import express, { type Request, type Response, type Router } from 'express';
import { loadAssets } from './assets.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';
import type { Html } from './html.ts';
import { type Edition, type Page, shell } from './shell.ts';

/** A page with what the server does for it. */
export interface ServedPage extends Page {
  /** What is seen before, and without, any script. */
  main(request: Request): Html;
  /** Origins besides our own that its scripts may call. */
  connect?(request: Request): readonly string[];
  /** What its scripts ask the server for. */
  readonly router?: Router;
}

export interface PagesOptions {
  /** Where scripts/build-pages.mjs has written the built files. */
  readonly folder: string;
  readonly edition: Edition;
  /** In the order of the header. */
  readonly pages: readonly ServedPage[];
}

/** The pages, their assets, and what their scripts ask for. Mount it at the root. */
export function createPages({ folder, edition, pages }: PagesOptions): Router {
  const assets = loadAssets(folder);
  const router = express.Router();
  router.use(assets.serve);
  for (const page of pages) {
    router.get(page.path, (request: Request, response: Response) => {
      response.set('Content-Security-Policy', contentSecurityPolicy(page.connect?.(request)));
      response.set({ 'Cache-Control': 'no-cache', 'Referrer-Policy': 'no-referrer' });
      response.type('html').send(shell({ page, pages, edition, assets, main: page.main(request) }));
    });
    if (page.router) router.use(page.router);
  }
  return router;
}
