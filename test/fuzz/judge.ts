import { faultsOf } from '../support/validate-response.ts';
import type { FuzzedRequest } from './requests.ts';

/** One answer as it came over the wire, and how long it took from the last byte sent [ms]. */
export interface FuzzedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly ms: number;
}

/** Every fault of an answer, whatever was asked; empty when there is none. */
export function faultsIn({ path, body }: FuzzedRequest, { status, headers, text }: FuzzedAnswer): readonly string[] {
  const answer = parsed(text);
  if (answer === undefined) return [`${status}: the answer is no JSON: ${text.slice(0, 100)}`];
  const faults = status >= 500 ? [`${status} is a fault of ours`] : [];
  if (status === 200 && path.includes('/feedback')) return text === '{}' ? faults : [...faults, `feedback: ${text}`];
  const request = typeof body === 'object' && body !== null ? body : {};
  return [...faults, ...faultsOf({ status, headers, text, body: answer }, request)];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The value below which this share of the others lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** How many there are of each kind: '200: 17, 401: 5'. */
export function tally(kinds: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .map(([kind, count]) => `${kind}: ${count}`)
    .sort()
    .join(', ');
}
