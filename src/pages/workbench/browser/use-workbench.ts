import type { FhirResource } from 'fhir/r4.js';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Card } from '../../../cds-hooks/card.ts';
import type { Start } from '../start.ts';
import { readStory, type Service, sendFeedback } from './api.ts';
import { feedbackBody, type Outcome } from './call.ts';
import { applyActions } from './drafts.ts';
import { type Exchange, runCall, type Signer } from './run-call.ts';
import { readSession, type Session, writeSession } from './session.ts';
import { uuid } from './uuid.ts';

/** One feedback that was sent. */
export interface Sent {
  readonly id: number;
  readonly text: string;
  readonly body: unknown;
  /** Undefined until the service has answered. */
  readonly status?: number;
}

export interface Workbench {
  readonly session: Session;
  readonly record: readonly FhirResource[] | undefined;
  readonly exchange: Exchange | undefined;
  readonly isCalling: boolean;
  readonly failure: string | undefined;
  /** What became of the cards that are shown, by uuid. */
  readonly outcomes: ReadonlyMap<string, string>;
  readonly sent: readonly Sent[];
  readonly sign: Signer;
  change(part: Partial<Session>): void;
  call(): void;
  settle(card: Card, outcome: Outcome): void;
}

/** Calls follow changes after this time [ms]. */
const pause = 150;

/** All that happens on the workbench: every change of the session calls the service, as an EHR does. */
export function useWorkbench(start: Start, services: readonly Service[], sign: Signer): Workbench {
  const [session, setSession] = useState<Session>(() => initialSession(start));
  const [record, setRecord] = useState<{ readonly story: string; readonly resources: readonly FhirResource[] }>();
  const [exchange, setExchange] = useState<Exchange>();
  const [isCalling, setCalling] = useState(true);
  const [failure, setFailure] = useState<string>();
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, string>>(new Map());
  const [sent, setSent] = useState<readonly Sent[]>([]);
  const [again, setAgain] = useState(0);
  const newest = useRef(0);
  const copies = useRef(new Map<string, string>());
  const story = 'story' in session.patient ? session.patient.story : undefined;
  const resources = record?.story === story ? record?.resources : undefined;

  useEffect(() => {
    if (story === undefined) return;
    readStory(story).then(
      ({ entry = [] }) => setRecord({ story, resources: entry.flatMap(({ resource }) => resource ?? []) }),
      (error) => setFailure(String(error.message ?? error)),
    );
  }, [story]);

  useEffect(() => {
    history.replaceState(null, '', `#${writeSession(session)}`);
  }, [session]);

  useEffect(() => {
    const restore = () => {
      const shared = readSession(location.hash, start.drafts);
      if (shared) setSession(shared);
    };
    addEventListener('hashchange', restore);
    return () => removeEventListener('hashchange', restore);
  }, [start]);

  useEffect(() => {
    if (story !== undefined && resources === undefined) return;
    newest.current += 1;
    const run = newest.current;
    setCalling(true);
    const timer = setTimeout(async () => {
      const surroundings = { start, services, record: resources, sign, copies: copies.current, newId: uuid };
      const result = await runCall(session, surroundings).catch((error: unknown) =>
        error instanceof Error ? error.message : String(error),
      );
      if (run !== newest.current) return;
      setCalling(false);
      setFailure(typeof result === 'string' ? result : undefined);
      if (typeof result === 'string') return setExchange(undefined);
      setOutcomes(new Map());
      setExchange(result);
    }, pause);
    return () => clearTimeout(timer);
  }, [session, resources, services, sign, start, again]);

  const change = useCallback((part: Partial<Session>) => setSession((before) => ({ ...before, ...part })), []);
  const call = useCallback(() => setAgain((count) => count + 1), []);

  const settle = useCallback(
    async (card: Card, outcome: Outcome) => {
      if (exchange === undefined) return;
      const text = outcomeText(card, outcome);
      const body = feedbackBody(card.uuid, outcome, new Date());
      const id = Date.now();
      setOutcomes((before) => new Map(before).set(card.uuid, text));
      setSent((before) => [{ id, text, body }, ...before]);
      if ('accepted' in outcome) {
        setSession((before) => ({ ...before, drafts: applyActions(before.drafts, outcome.accepted.actions) }));
      }
      const path = `/cds-services/${exchange.service.id}/feedback`;
      const { status } = await sendFeedback(exchange.service.id, body, await sign(path)).catch(() => ({ status: 0 }));
      setSent((before) => before.map((one) => (one.id === id ? { ...one, status } : one)));
    },
    [exchange, sign],
  );

  return useMemo(
    () => ({
      ...{ session, record: resources, exchange, isCalling, failure, outcomes, sent },
      sign,
      change,
      call,
      settle,
    }),
    [session, resources, exchange, isCalling, failure, outcomes, sent, sign, change, call, settle],
  );
}

function outcomeText(card: Card, outcome: Outcome): string {
  if ('accepted' in outcome) return `Accepted: ${outcome.accepted.label}`;
  const { reason, comment } = outcome.overridden;
  return `Overridden: ${reason?.display ?? (comment || 'no reason given')} (${card.source.topic.display})`;
}

/** The one of the address, else the first story of the first group with its first call. */
function initialSession(start: Start): Session {
  const shared = readSession(location.hash, start.drafts);
  return shared ?? sessionOfStory(start, firstStory);
}

const firstStory = 'tace-while-atezo-bev-runs';

/** A story with one of its calls. */
export function sessionOfStory({ groups, drafts }: Start, slug: string, index = 0): Session {
  const story = groups.flatMap(({ stories }) => stories).find((one) => one.slug === slug);
  const call = story?.calls[index];
  const keys = call?.drafts ?? [];
  return {
    patient: { story: slug },
    edits: {},
    drafts: keys.flatMap((key) => {
      const resource = drafts[key];
      return resource ? [{ key, resource, selected: call?.select.includes(key) ?? true }] : [];
    }),
    hook: call?.hook ?? 'order-select',
    prefetch: true,
    access: true,
  };
}
