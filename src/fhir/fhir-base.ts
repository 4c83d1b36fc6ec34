/**
 * Parses the base URL of a FHIR server: http or https, without credentials. Query, fragment and the slash at the end
 * are dropped.
 */
export function parseFhirBase(baseUrl: string): URL | undefined {
  if (!URL.canParse(baseUrl)) return undefined;
  const base = new URL(baseUrl);
  if (!/^https?:$/.test(base.protocol) || base.username !== '' || base.password !== '') return undefined;
  base.search = '';
  base.hash = '';
  base.pathname = base.pathname.replace(/\/+$/, '');
  return base;
}

/**
 * The absolute URL of a request or link, if it stays on the same origin and at or under the base path; otherwise
 * undefined. This is what keeps the access token from leaving the server it was issued for.
 */
export function urlUnderBase(target: string, base: URL): string | undefined {
  const basePath = base.pathname.replace(/\/$/, '');
  const start = `${base.origin}${basePath}/`;
  if (!URL.canParse(target, start)) return undefined;
  const url = new URL(target, start);
  if (url.origin !== base.origin || url.username !== '' || url.password !== '') return undefined;
  if (url.pathname !== basePath && !url.pathname.startsWith(`${basePath}/`)) return undefined;
  if (/%2f|%5c/i.test(url.pathname)) return undefined; // An encoded slash may become '../' behind the server's front door.
  url.hash = '';
  return url.href;
}
