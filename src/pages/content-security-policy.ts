export interface Allowed {
  /** Origins besides our own that the page's scripts may call. */
  readonly connect?: readonly string[] | undefined;
  /** Hashes of styles that a library writes into the page: 'sha256-…'. */
  readonly styles?: readonly string[] | undefined;
  /** Origins that may show the page in a frame. */
  readonly frames?: readonly string[] | undefined;
}

/** The policy of a page: its own scripts and styles only, nothing inline, no frame around it. */
export function contentSecurityPolicy({ connect = [], styles = [], frames = [] }: Allowed = {}): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${["'self'", ...styles.map((hash) => `'${hash}'`)].join(' ')}`,
    "img-src 'self'",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frames.length > 0 ? frames.join(' ') : "'none'"}`,
    "require-trusted-types-for 'script'",
  ].join('; ');
}

/** The origin of an address on the web; undefined when it is none. */
export function originOf(address: unknown): string | undefined {
  if (typeof address !== 'string' || !URL.canParse(address)) return undefined;
  const { origin, protocol } = new URL(address);
  return protocol === 'https:' || protocol === 'http:' ? origin : undefined;
}
