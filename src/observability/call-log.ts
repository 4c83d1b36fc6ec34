import type { HookRequest } from '../cds-hooks/request.ts';
import type { Decision } from '../decision.ts';
import type { Definitions } from '../definitions/definitions.ts';
import type { Rule } from '../rules/rule.ts';

/** What is logged of a call: nothing of the patient, no id, no text of the record. */
export function callLogLine(service: string, request: HookRequest, decision: Decision, ms: number) {
  const line = { service, hookInstance: instance(request.hookInstance), ms: Math.round(ms * 10) / 10 };
  if (decision.kind === 'refused') {
    // The keys of a bad request are words of the client; ours are said.
    const keys = decision.status === 412 ? decision.keys : decision.keys.length;
    const unread = decision.why === undefined ? {} : { unread: reasonsOf(decision.keys, decision.why) };
    return { ...line, status: decision.status, reason: decision.reason, keys, ...unread };
  }
  const { response, silence, trace, overview } = decision;
  return {
    ...line,
    status: 200,
    cards: response.cards.length,
    ...(silence === undefined ? {} : { silence }),
    ...(trace === undefined
      ? {}
      : {
          orders: trace.orders.map(({ name, advised }) => (advised ? name : `(${name})`)),
          fired: trace.verdicts.filter(({ truth }) => truth === 'true').map(({ rule }) => ruleName(rule)),
          undetermined: trace.verdicts.filter(({ truth }) => truth === 'undetermined').length,
          unread: reasonsOf(trace.gaps.unavailable, trace.failed),
          dropped: trace.dropped,
        }),
    ...(overview === undefined
      ? {}
      : { unread: reasonsOf(overview.unread, overview.failed), dropped: overview.dropped }),
  };
}

/** Reads that failed, each with the reason: `labs: timed out`. */
function reasonsOf(keys: readonly string[], why: ReadonlyMap<string, string>): readonly string[] {
  return keys.map((key) => `${key}: ${why.get(key) ?? 'unknown'}`);
}

/** The entries of a hospital's policy under which the call was answered. */
export function localLogLine({ site }: Definitions) {
  const entries = [...new Set(site?.changes.map(({ entry }) => entry))];
  return entries.length > 0 ? { local: entries } : {};
}

/** With what became of it at the site: its own or changed, and not shown. */
function ruleName({ id, version, local, status }: Rule): string {
  return `${id}@${version}${local ? '+local' : ''}${status === 'silent' ? ' (silent)' : ''}`;
}

/** A UUID says nothing; what else a client puts there might. */
function instance(hookInstance: string): string {
  return isUuid(hookInstance) ? hookInstance : 'not a UUID';
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
