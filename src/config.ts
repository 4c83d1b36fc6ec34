import { z } from 'zod';
import { isEveryAddress, isLoopback, isNetwork } from './outbound/addresses.ts';

const whole = (low: number, high: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(low).max(high));
const onOff = z.enum(['on', 'off']);
const url = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ''));
const places = z
  .string()
  .transform((list) => list.split(/[\s,]+/).filter((one) => one !== ''))
  .pipe(
    z.array(z.string().refine((one) => isNetwork(one) || isHttps(one), 'must be https, or a network: 10.20.0.0/16')),
  )
  .transform((list) => ({
    origins: list.filter((one) => !isNetwork(one)).map((one) => new URL(one).origin),
    networks: list.filter(isNetwork),
  }));

const origins = z
  .string()
  .transform((list) => list.split(/[\s,]+/).filter((one) => one !== ''))
  .pipe(z.array(z.string().refine((one) => isHttps(one) || isLoopbackUrl(one), 'must be https, except on loopback')))
  .transform((list) => list.map((one) => new URL(one).origin));

const Environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: whole(0, 65_535).default(3000),
  SANDBOX: onOff.default('on'),
  AUTH: onOff.default('off'),
  CLIENTS_FILE: z.string().min(1).optional(),
  ALLOW_OPEN_BIND: z.stringbool().default(false),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  HOOK_BUDGET_MS: whole(50, 60_000).default(3000),
  PUBLIC_BASE_URL: url.optional(),
  FHIR_ALLOWED_ORIGINS: places.default({ origins: [], networks: [] }),
  SITE_POLICY_DIR: z.string().min(1).optional(),
  SMART_CLIENT_ID: z.string().min(1).default('hcc-cds-timeline'),
  SMART_ORIGINS: origins.default([]),
  TIMELINE_LINK: onOff.optional(),
  DATA_DIR: z.string().min(1).optional(),
  DATABASE_URL: z.string().refine(isPostgresUrl, 'must be a URL like postgresql://user@host:5432/database').optional(),
});

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly sandbox: boolean;
  readonly logLevel: string;
  readonly hookBudgetMs: number;
  readonly publicBaseUrl?: string;
  readonly fhirAllowedOrigins: readonly string[];
  /** Private networks into which the names of those servers may lead. */
  readonly fhirAllowedNetworks: readonly string[];
  readonly sitePolicyDir?: string;
  /** As which SMART app the timeline is registered, and the servers it may call. */
  readonly smart: { readonly clientId: string; readonly origins: readonly string[] };
  /** Whether cards link to the timeline. */
  readonly timelineLink: boolean;
  /** Undefined when calls are not authenticated. */
  readonly authentication?: { readonly clientsFile: string; readonly publicBaseUrl: string };
  readonly dataDir?: string;
  readonly databaseUrl?: string;
  /** Said at start. */
  readonly warnings: readonly string[];
}

/** The environment cannot be used. Lists every fault. */
export class ConfigError extends Error {
  readonly code = 'ERR_CONFIG';

  constructor(faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** Reads the configuration. Empty variables count as not set. @throws ConfigError */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = Environment.safeParse(set);
  const faults = (result.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
  faults.push(...faultsTogether(set));
  if (!result.success || faults.length > 0) throw new ConfigError(faults);
  const env = result.data;
  return {
    host: env.HOST,
    port: env.PORT,
    sandbox: env.SANDBOX === 'on',
    logLevel: env.LOG_LEVEL,
    hookBudgetMs: env.HOOK_BUDGET_MS,
    fhirAllowedOrigins: env.FHIR_ALLOWED_ORIGINS.origins,
    fhirAllowedNetworks: env.FHIR_ALLOWED_ORIGINS.networks,
    ...(env.PUBLIC_BASE_URL === undefined ? {} : { publicBaseUrl: env.PUBLIC_BASE_URL }),
    ...(env.SITE_POLICY_DIR === undefined ? {} : { sitePolicyDir: env.SITE_POLICY_DIR }),
    ...(env.DATA_DIR === undefined ? {} : { dataDir: env.DATA_DIR }),
    ...(env.DATABASE_URL === undefined ? {} : { databaseUrl: env.DATABASE_URL }),
    ...(env.AUTH === 'on' && env.CLIENTS_FILE !== undefined && env.PUBLIC_BASE_URL !== undefined
      ? { authentication: { clientsFile: env.CLIENTS_FILE, publicBaseUrl: env.PUBLIC_BASE_URL } }
      : {}),
    smart: { clientId: env.SMART_CLIENT_ID, origins: env.SMART_ORIGINS },
    timelineLink: (env.TIMELINE_LINK ?? env.SANDBOX) === 'on',
    warnings: warningsOf(env),
  };
}

/** What is wrong with values that are right by themselves. */
function faultsTogether({
  HOST,
  AUTH,
  ALLOW_OPEN_BIND,
  CLIENTS_FILE,
  PUBLIC_BASE_URL,
  SANDBOX,
  TIMELINE_LINK,
  SMART_ORIGINS,
}: Partial<Record<string, string>>) {
  const faults: string[] = [];
  if (HOST !== undefined && !isLoopback(HOST) && !isEveryAddress(HOST) && SANDBOX !== 'off')
    faults.push(
      `HOST: at ${HOST} alone the sandbox cannot reach its own FHIR server; set HOST=0.0.0.0 (or ::), or SANDBOX=off`,
    );
  if (TIMELINE_LINK === 'on' && SANDBOX === 'off' && PUBLIC_BASE_URL === undefined)
    faults.push('PUBLIC_BASE_URL: TIMELINE_LINK=on needs the address that cards link to');
  if (TIMELINE_LINK === 'on' && SANDBOX === 'off' && !SMART_ORIGINS)
    faults.push('SMART_ORIGINS: TIMELINE_LINK=on needs the FHIR servers that the timeline may read');
  if (AUTH === 'on') {
    if (CLIENTS_FILE === undefined) faults.push('CLIENTS_FILE: AUTH=on needs the file of registered clients');
    if (PUBLIC_BASE_URL === undefined)
      faults.push('PUBLIC_BASE_URL: AUTH=on needs the address that tokens are meant for');
    else if (!isPublishable(PUBLIC_BASE_URL))
      faults.push('PUBLIC_BASE_URL: AUTH=on needs https, except on loopback, and nothing behind the path');
  } else if (HOST !== undefined && !isLoopback(HOST) && ALLOW_OPEN_BIND !== 'true') {
    faults.push(
      `HOST: ${HOST} is not loopback. Without authentication anyone who reaches the port can ask; set AUTH=on, or ALLOW_OPEN_BIND=true only behind a proxy that authenticates.`,
    );
  }
  return faults;
}

function isHttps(value: string): boolean {
  return URL.canParse(value) && new URL(value).protocol === 'https:';
}

function isLoopbackUrl(value: string): boolean {
  return URL.canParse(value) && isLoopback(new URL(value).hostname);
}

function isPublishable(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, username, search, hash } = new URL(value);
  return (protocol === 'https:' || isLoopback(hostname)) && username === '' && search === '' && hash === '';
}

function isPostgresUrl(url: string): boolean {
  return /^postgres(?:ql)?:$/.test(URL.canParse(url) ? new URL(url).protocol : '');
}

function warningsOf(env: z.infer<typeof Environment>): string[] {
  const isOpen = !isLoopback(env.HOST);
  const isKept = env.DATABASE_URL !== undefined || env.DATA_DIR !== undefined;
  const warnings: string[] = [];
  if (env.AUTH === 'off' && isOpen) warnings.push(`Calls are not authenticated, and ${env.HOST} is not loopback.`);
  if (env.AUTH === 'off' && env.CLIENTS_FILE !== undefined)
    warnings.push('CLIENTS_FILE is set, but AUTH is off: tokens are not verified.');
  if (env.AUTH === 'on' && env.FHIR_ALLOWED_ORIGINS.origins.length > 0)
    warnings.push('FHIR_ALLOWED_ORIGINS is not used with AUTH=on: the clients file names the FHIR servers.');
  if (env.SANDBOX === 'on' && isOpen)
    warnings.push(
      `SANDBOX is on, and ${env.HOST} is not loopback: anyone who reaches the port can write to the embedded FHIR server.`,
    );
  if (env.DATABASE_URL !== undefined && env.DATA_DIR === undefined)
    warnings.push('DATABASE_URL without DATA_DIR: the key of the patient hashes ends with the process.');
  if (env.SANDBOX === 'off' && !isKept)
    warnings.push('Neither DATA_DIR nor DATABASE_URL is set: what is recorded ends with the process.');
  return warnings;
}
