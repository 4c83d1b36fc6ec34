import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { z } from 'zod';
import { isLoopback, isNetwork } from '../outbound/addresses.ts';
import type { PrivateKey } from './private-key.ts';

/**
 * The file in which a hospital registers the CDS clients that may call. Unknown keys are refused: a misspelt key is a
 * restriction that silently does not hold.
 */

/** What a token may be signed with: nothing symmetric, and never `none`. */
export const ALGORITHMS = ['ES384', 'RS384', 'ES256', 'RS256'] as const;

const text = z.string().trim().min(1);

const secureUrl = z
  .url({ protocol: /^https?$/, error: 'must be a URL' })
  .refine((url) => isSecure(new URL(url)), 'must be https, without credentials and fragment; http only on loopback');

const origin = secureUrl
  .refine((url) => new URL(url).href === `${new URL(url).origin}/`, 'must be an origin: scheme, host and port, no path')
  .transform((url) => new URL(url).origin);

const PublicKey = z
  .looseObject({ kty: z.enum(['EC', 'RSA'], 'must be EC or RSA: a public key'), kid: text })
  .refine(
    (key) => !['d', 'p', 'q', 'k'].some((part) => part in key),
    'holds a private key; only the public part belongs here',
  )
  .refine(
    (key) => isUsableKey(key as JsonWebKey),
    'is no key that can be used: EC P-256 or P-384, RSA of 2048 bits or more',
  );

/** @param readKey the private key in a file that the clients file names; throws in words that may be printed */
const fhirServer = (readKey: ReadKey) =>
  z.strictObject({
    origin,
    /** How tokens are to be had for this server, for calls that bring none. */
    backendServices: z
      .strictObject({
        clientId: text,
        tokenUrl: secureUrl,
        scope: text,
        keyFile: text.transform((name, context) => {
          try {
            return readKey(name);
          } catch (error) {
            context.addIssue(error instanceof Error ? error.message : 'cannot be read');
            return z.NEVER;
          }
        }),
      })
      .transform(({ keyFile, ...credentials }) => ({ ...credentials, key: keyFile }))
      .optional(),
  });

export type ReadKey = (name: string) => PrivateKey;

const client = (readKey: ReadKey) =>
  z
    .strictObject({
      /** What logs call it. */
      name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be a kebab-case name'),
      /** `iss` of its tokens, compared character by character. */
      issuer: z.url('must be a URI'),
      /** Where its keys are published. A token may name this address as `jku`, and no other. */
      jwksUrl: secureUrl.optional(),
      /** Its keys. Where they are given, none are fetched. */
      keys: z.array(PublicKey).min(1).optional(),
      algorithms: z
        .array(z.enum(ALGORITHMS))
        .min(1)
        .default([...ALGORITHMS]),
      /** Values of `tenant`, one of which a token must have. Without this key, the claim is not looked at. */
      tenants: z.array(text).min(1).optional(),
      /** Ids of the services it may call; all of them without this key. */
      services: z.array(text).min(1).optional(),
      /** Whether its cards link to the SMART app, where the service has one. */
      links: z.boolean().default(true),
      callsPerMinute: z.number().int().min(1).default(1200),
      /** The FHIR servers that may be read for it. */
      fhirServers: z.array(fhirServer(readKey)).default([]),
      /** Private networks into which the names above may lead. Other names lead to public addresses only. */
      networks: z.array(z.string().refine(isNetwork, 'must be a network such as 10.20.0.0/16')).default([]),
    })
    .refine(({ jwksUrl, keys }) => jwksUrl !== undefined || keys !== undefined, 'needs jwksUrl or keys');

/**
 * @param services the ids of the services that there are
 * @param readKey the private key in a file that the clients file names
 */
export function clientsFile(services: readonly string[], readKey: ReadKey) {
  return z
    .strictObject({
      /** Whether the list of services is told without a token. A token that is sent is verified either way. */
      discovery: z.enum(['open', 'authenticated']).default('open'),
      clients: z.array(client(readKey)).min(1),
    })
    .superRefine(({ clients }, context) => {
      const fault = (message: string, ...path: (string | number)[]) => {
        context.addIssue({ code: 'custom', message, path: ['clients', ...path] });
      };
      for (const [index, one] of clients.entries()) {
        const others = clients.slice(0, index);
        if (others.some(({ name }) => name === one.name)) fault('is used twice', index, 'name');
        if (others.some(({ issuer }) => issuer === one.issuer)) fault('is registered twice', index, 'issuer');
        for (const [place, service] of (one.services ?? []).entries())
          if (!services.includes(service)) fault('is no service', index, 'services', place);
        const kids = (one.keys ?? []).map(({ kid }) => kid);
        for (const [place, kid] of kids.entries())
          if (kids.indexOf(kid) < place) fault('is the kid of another key', index, 'keys', place, 'kid');
      }
    });
}

export type ClientsFile = z.infer<ReturnType<typeof clientsFile>>;
export type ClientRegistration = ClientsFile['clients'][number];

function isSecure({ protocol, hostname, username, password, hash }: URL): boolean {
  return (protocol === 'https:' || isLoopback(hostname)) && username === '' && password === '' && hash === '';
}

function isUsableKey(key: JsonWebKey): boolean {
  try {
    const { asymmetricKeyDetails } = createPublicKey({ key, format: 'jwk' });
    return key.kty === 'EC'
      ? ['P-256', 'P-384'].includes(key.crv ?? '')
      : (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048;
  } catch {
    return false;
  }
}
