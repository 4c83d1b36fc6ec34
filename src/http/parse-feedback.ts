import { z } from 'zod';
import { isUuid } from '../observability/call-log.ts';
import type { FeedbackEvent } from '../store/store.ts';
import { HttpProblem } from './operation-outcome.ts';

/** More than a client gathers. */
const mostEvents = 1000;
const mostSuggestions = 20;

/** What we rely on: which card, and what became of it. Everything else is read as far as it can be. */
const Body = z.looseObject({
  feedback: z
    .array(
      z.looseObject({
        card: z.string().trim().min(1).max(1024),
        outcome: z
          .string()
          .trim()
          .toLowerCase()
          .pipe(z.enum(['accepted', 'overridden'])),
      }),
    )
    .max(mostEvents),
});

/**
 * Parses the body of a feedback call. Only uuids, codes and times come out of it: text that somebody typed stays behind.
 *
 * @param service the service that is addressed
 * @param digest stands for a card id that is no uuid, and so none of ours
 * @throws HttpProblem 400 with the path of every fault; then nothing of the body is used
 */
export function parseFeedback(
  body: unknown,
  service: string,
  digest: (text: string) => string,
): readonly FeedbackEvent[] {
  const result = Body.safeParse(body);
  if (result.success) {
    return result.data.feedback.map(({ card, outcome, ...more }) => ({
      card: uuidIn(card) ?? `foreign:${digest(card)}`,
      service,
      outcome,
      acceptedSuggestions: outcome === 'accepted' ? suggestionsIn(more.acceptedSuggestions) : [],
      commented: candidates(more).some(hasComment),
      ...optional('reason', outcome === 'overridden' ? reasonIn(more) : undefined),
      ...optional('outcomeAt', timeIn(more.outcomeTimestamp)),
    }));
  }
  throw new HttpProblem(
    400,
    result.error.issues.map(({ path, message }) => ({
      code: 'invalid',
      text: `The request is not CDS Hooks feedback: ${path.join('.') || 'body'}: ${message}`,
      ...(path.length > 0 && { expression: path.join('.') }),
    })),
  );
}

type Loose = Readonly<Record<string, unknown>>;

/** Our uuids are lower case and bare; clients write them in capitals, or as `urn:uuid:`. */
function uuidIn(value: unknown): string | undefined {
  const text =
    typeof value === 'string'
      ? value
          .trim()
          .toLowerCase()
          .replace(/^urn:uuid:/, '')
      : '';
  return isUuid(text) ? text : undefined;
}

/** `[{id}]` by the standard, also a single one, or bare ids. */
function suggestionsIn(value: unknown): readonly string[] {
  const ids = listOf(value).flatMap((one) => uuidIn(isObject(one) ? one.id : one) ?? []);
  return [...new Set(ids)].slice(0, mostSuggestions);
}

/** `overrideReason` by the standard, `overrideReasons` from Epic, one or a list. */
function candidates({ overrideReason, overrideReasons }: Loose): readonly unknown[] {
  return [...listOf(overrideReason), ...listOf(overrideReasons)];
}

function hasComment(candidate: unknown): boolean {
  const comment = isObject(candidate) ? candidate.userComment : undefined;
  return typeof comment === 'string' && comment.trim() !== '';
}

/** The first reason with a code that can be kept; a reason without one is kept as just that. */
function reasonIn(item: Loose): FeedbackEvent['reason'] {
  const given = candidates(item).flatMap((candidate) =>
    listOf(isObject(candidate) ? (candidate.reason ?? candidate) : candidate),
  );
  const codings = given.flatMap((reason) => (isObject(reason) && reason.coding ? listOf(reason.coding) : [reason]));
  const reasons = codings.flatMap((coding) => {
    const code = tokenIn(isObject(coding) ? coding.code : coding, 64);
    return code === undefined
      ? []
      : [{ code, ...optional('system', tokenIn(isObject(coding) ? coding.system : undefined, 256)) }];
  });
  return reasons[0] ?? (codings.some(saysSomething) ? { code: 'without-code' } : undefined);
}

/** An object that holds a comment only, or nothing, gives no reason. */
function saysSomething(coding: unknown): boolean {
  if (!isObject(coding)) return typeof coding === 'string' && coding.trim() !== '';
  return ['code', 'display', 'system', 'text'].some((key) => typeof coding[key] === 'string' && coding[key] !== '');
}

/** A word without blanks, as codes and addresses are. Sentences and names are none. */
function tokenIn(value: unknown, longest: number): string | undefined {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  return /^[^\s\p{C}]+$/u.test(text) && text.length <= longest ? text : undefined;
}

/** RFC 3339, also without a zone (which the standard says is UTC) and without seconds. */
function timeIn(value: unknown): Date | undefined {
  const [, day, time, zone = 'Z'] =
    /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)([Zz]|[+-]\d{2}:?\d{2})?$/.exec(
      typeof value === 'string' ? value : '',
    ) ?? [];
  const date = new Date(`${day}T${time}${zone.toUpperCase().replace(/^(.\d{2})(\d{2})$/, '$1:$2')}`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function optional<Key extends string, T>(key: Key, value: T | undefined): { readonly [K in Key]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [K in Key]: T });
}
