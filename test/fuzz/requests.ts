import { gzipSync } from 'node:zlib';
import { transcripts } from '../support/golden.ts';
import { realRequests } from '../support/real-data.ts';
import { createDice, type Dice } from './dice.ts';
import { mutated } from './mutate.ts';
import { written } from './values.ts';

/** One mutated request, as it goes over the wire. The number and the seed make it again. */
export interface FuzzedRequest {
  readonly number: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Buffer;
  /** What the service reads in it, where it is JSON: suggestions are held against its drafts. */
  readonly body: unknown;
}

type Body = Readonly<Record<string, unknown>> & { readonly hook?: string; readonly prefetch?: object };

const card = '4e0a3a1e-3283-4575-ab82-028d55fe2719';
const outcomeTimestamp = '2026-11-05T11:58:00Z';
const feedback = [
  { card, outcome: 'accepted', acceptedSuggestions: [{ id: card }], outcomeTimestamp },
  {
    card,
    outcome: 'overridden',
    overrideReason: { reason: { system: 'urn:x', code: 'y' }, userComment: 'z' },
    outcomeTimestamp,
  },
  { card, outcome: 'overridden', overrideReasons: [{ reason: { coding: [{ code: 'y' }] } }], outcomeTimestamp },
];

export const goldenBodies = transcripts().map(({ request }) => request as Body);
export const realBodies = realRequests().map(({ body }) => body as Body);

/** @param fhirServer a server of this machine that answers anything, under a path for each request */
export function fuzzedRequest(seed: number, number: number, fhirServer: string): FuzzedRequest {
  const dice = createDice(seed, number);
  const isFeedback = dice.chance(0.12);
  const original = isFeedback
    ? { feedback: [dice.pick(feedback), dice.pick(feedback)] }
    : hookBody(dice, number, fhirServer);
  const changed = mutated(original, dice, dice.pick([1, 2, 4, 12]));
  const text = damaged(written(changed), dice);
  const { headers, payload } = sent(text, dice);
  const path = pathOf(original, isFeedback, dice);
  const method = dice.chance(0.005) ? dice.pick(['GET', 'PUT', 'DELETE', 'PATCH']) : 'POST';
  return { number, method, path, headers, payload, body: parsed(text) };
}

/** Of a golden or a real request; the servers that real ones name are replaced by one that is there. */
function hookBody(dice: Dice, number: number, fhirServer: string): Body {
  const real = realBodies.length > 0 && dice.chance(0.2);
  const body = dice.pick(real ? realBodies : goldenBodies);
  const asksServer = dice.chance(0.04);
  const prefetch = Object.entries(body.prefetch ?? {}).filter(() => !asksServer || dice.chance(0.5));
  const { fhirServer: _, ...others } = body;
  return {
    ...others,
    prefetch: Object.fromEntries(prefetch),
    ...(asksServer && { fhirServer: `${fhirServer}/${number}` }),
  };
}

const services = ['hcc-order-select', 'hcc-order-sign', 'hcc-patient-view'];

function pathOf({ hook }: Body, isFeedback: boolean, dice: Dice): string {
  const service = dice.chance(0.03) || hook === undefined ? dice.pick(services) : `hcc-${hook}`;
  const plain = `/cds-services/${service}${isFeedback ? '/feedback' : ''}`;
  if (dice.chance(0.98)) return plain;
  return dice.pick([
    `/${plain}`,
    `${plain}/`,
    `${plain}?x=${'%41'.repeat(50)}`,
    `${plain}%00`,
    '/cds-services/__proto__',
    '/',
    '/%',
  ]);
}

/** Text that is no longer JSON, or only just. */
function damaged(text: string, dice: Dice): string {
  if (dice.chance(0.96)) return text;
  const at = dice.below(text.length + 1);
  return dice.pick([
    text.slice(0, at),
    `${text.slice(0, at)}${String.fromCharCode(dice.below(128))}${text.slice(at + 1)}`,
    `\ufeff${text}`,
    `${text}${text}`,
    text.replaceAll('"', "'"),
    text.replace(':', ': NaN,'),
    text.replace('{', '{"hook":"order-sign","hook":5,'),
    '',
  ]);
}

const json = 'application/json';

/** The bytes of a text, mostly as they should be. */
function sent(text: string, dice: Dice): Pick<FuzzedRequest, 'headers' | 'payload'> {
  const as = (type: string, payload: Buffer, encoding?: string) => ({
    headers: { ...(type && { 'Content-Type': type }), ...(encoding && { 'Content-Encoding': encoding }) },
    payload,
  });
  const bytes = Buffer.from(text);
  if (dice.chance(0.95)) return as(json, bytes);
  return dice.pick([
    () => as('application/fhir+json; charset=UTF-8', bytes),
    () => as('application/json; charset=utf-16', Buffer.from(text, 'utf16le')),
    () => as('application/json; charset=iso-8859-1', Buffer.from(text, 'latin1')),
    () => as('application/json; charset=klingon', bytes),
    () => as('application/json;;;', bytes),
    () => as('application/xml', bytes),
    () => as('text/plain', bytes),
    () => as('multipart/form-data', bytes),
    () => as('', bytes),
    () => as(json, gzipSync(bytes), 'gzip'),
    () => as(json, bytes, 'gzip'),
    () => as(json, gzipSync(bytes).subarray(0, -9), 'gzip'),
    () => as(json, bytes, 'br'),
    () => as(json, bytes, 'zstd, gzip'),
    () => as(json, Buffer.concat([bytes, Buffer.from([0xff, 0xfe, 0xc0])])),
  ])();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}
