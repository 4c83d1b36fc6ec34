import { z } from 'zod';
import { isLoopback } from './security/fhir-servers.ts';

const whole = (low: number, high: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(low).max(high));
const onOff = z.enum(['on', 'off']);
const url = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ''));
const origins = z
  .string()
  .transform((list) => list.split(/[\s,]+/).filter((one) => one !== ''))
  .pipe(z.array(z.url({ protocol: /^https$/, error: 'must be https' }).transform((value) => new URL(value).origin)));

const Environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: whole(0, 65_535).default(3000),
  SANDBOX: onOff.default('on'),
  AUTH: z.literal('off', 'only off is possible: this version does not verify tokens').default('off'),
  ALLOW_OPEN_BIND: z.stringbool().default(false),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  HOOK_BUDGET_MS: whole(50, 60_000).default(3000),
  PUBLIC_BASE_URL: url.optional(),
  FHIR_ALLOWED_ORIGINS: origins.default([]),
  SITE_POLICY_DIR: z.string().min(1).optional(),
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
  readonly sitePolicyDir?: string;
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
  const { HOST = '127.0.0.1', ALLOW_OPEN_BIND } = environment;
  const open = HOST !== '' && !isLoopback(HOST);
  if (open && ALLOW_OPEN_BIND !== 'true') {
    faults.push(
      `HOST: ${HOST} is not loopback. Without authentication anyone who reaches the port can ask; set ALLOW_OPEN_BIND=true only behind a proxy that authenticates.`,
    );
  }
  if (!result.success || faults.length > 0) throw new ConfigError(faults);
  const env = result.data;
  const warnings = open ? [`Calls are not authenticated, and ${HOST} is not loopback.`] : [];
  if (env.DATABASE_URL !== undefined && env.DATA_DIR === undefined) {
    warnings.push('DATABASE_URL without DATA_DIR: the key of the patient hashes ends with the process.');
  }
  if (env.SANDBOX === 'off' && env.DATABASE_URL === undefined && env.DATA_DIR === undefined) {
    warnings.push('Neither DATA_DIR nor DATABASE_URL is set: what is recorded ends with the process.');
  }
  return {
    host: env.HOST,
    port: env.PORT,
    sandbox: env.SANDBOX === 'on',
    logLevel: env.LOG_LEVEL,
    hookBudgetMs: env.HOOK_BUDGET_MS,
    fhirAllowedOrigins: env.FHIR_ALLOWED_ORIGINS,
    ...(env.PUBLIC_BASE_URL === undefined ? {} : { publicBaseUrl: env.PUBLIC_BASE_URL }),
    ...(env.SITE_POLICY_DIR === undefined ? {} : { sitePolicyDir: env.SITE_POLICY_DIR }),
    ...(env.DATA_DIR === undefined ? {} : { dataDir: env.DATA_DIR }),
    ...(env.DATABASE_URL === undefined ? {} : { databaseUrl: env.DATABASE_URL }),
    warnings,
  };
}

function isPostgresUrl(url: string): boolean {
  return /^postgres(?:ql)?:$/.test(URL.canParse(url) ? new URL(url).protocol : '');
}
