import type { FhirResource } from 'fhir/r4.js';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Card } from '../../../cds-hooks/card.ts';
import type { Start } from '../start.ts';
import { readStory, type Service, sendFeedback } from './api.ts';
import { feedbackBody, type Outcome } from './call.ts';
import { applyActions } from './drafts.ts';
import { type Exchange, runCall, type Signer } from './run-call.ts';
import { readSession, type Session, type SharedSession, writeSession } from './session.ts';
import type { Signing } from './signing.ts';
import { uuid } from './uuid.ts';

/** One feedback that was sent. */
export interface Sent {
  readonly id: number;
  readonly text: string;
  readonly body: unknown;
  /** Undefined until the service has answered. */
  readonly status?: number;
}

/** What became of a card, and the feedback that tells it. */
export interface Settled {
  readonly text: string;
  readonly body: unknown;
  /** The service has not heard of it. */
  readonly isUnheard?: boolean;
}

export interface Workbench {
  readonly session: Session;
  readonly record: readonly FhirResource[] | undefined;
  readonly exchange: Exchange | undefined;
  readonly isCalling: boolean;
  readonly failure: string | undefined;
  /** What became of the cards that are shown, by uuid. */
  readonly outcomes: ReadonlyMap<string, Settled>;
  readonly sent: readonly Sent[];
  readonly sign: Signer;
  /** Whether calls are signed. */
  readonly isSigning: boolean;
  /** What of the address was not understood, in words. */
  readonly ignored: readonly string[];
  change(part: Partial<Session>): void;
  call(): void;
  settle(card: Card, outcome: Outcome): void;
  /** Sends the feedback on a card once more. */
  sendAgain(card: Card): void;
}

/** Calls follow changes after this time [ms]. */
const pause = 150;

/** All that happens on the workbench: every change of the session calls the service, as an EHR does. */
export function useWorkbench(start: Start, services: readonly Service[], signing: Signing | undefined): Workbench {
  const [shared] = useState<SharedSession>(() => sharedSession(start));
  const [session, setSession] = useState<Session>(() => shared.session ?? initialSession(start));
  const [ignored, setIgnored] = useState(shared.ignored);
  const isSigning = signing !== undefined && (session.sign ?? start.authentication !== undefined);
  const sign = isSigning ? signing.sign : unsigned;
  const [record, setRecord] = useState<{ readonly story: string; readonly resources: readonly FhirResource[] }>();
  const [answered, setAnswered] = useState<{ readonly to: string; readonly exchange: Exchange }>();
  const [isCalling, setCalling] = useState(true);
  const [failure, setFailure] = useState<string>();
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Settled>>(new Map());
  const [sent, setSent] = useState<readonly Sent[]>([]);
  const [again, setAgain] = useState(0);
  const newest = useRef(0);
  const copies = useRef(new Map<string, string>());
  const story = 'story' in session.patient ? session.patient.story : undefined;
  const resources = record?.story === story ? record?.resources : undefined;
  const patient = JSON.stringify(session.patient);
  // An answer is about one patient: it must not stand beside another, not even while the next one is on its way.
  const exchange = answered?.to === patient ? answered.exchange : undefined;

  useEffect(() => {
    if (story === undefined || resources !== undefined) return;
    setCalling(true);
    setFailure(undefined);
    readStory(story).then(
      ({ entry = [] }) => setRecord({ story, resources: entry.flatMap(({ resource }) => resource ?? []) }),
      (error) => {
        setCalling(false);
        setAnswered(undefined);
        setFailure(String(error.message ?? error));
      },
    );
  }, [story, resources, again]);

  useEffect(() => {
    history.replaceState(null, '', `#${writeSession(session)}`);
  }, [session]);

  useEffect(() => {
    const restore = () => {
      const restored = sharedSession(start);
      setIgnored(restored.ignored);
      if (restored.session) setSession(restored.session);
    };
    addEventListener('hashchange', restore);
    return () => removeEventListener('hashchange', restore);
  }, [start]);

  useEffect(() => {
    if (story !== undefined && resources === undefined) return;
    newest.current += 1;
    const run = newest.current;
    setCalling(true);
    setFailure(undefined);
    const timer = setTimeout(async () => {
      const surroundings = { start, services, record: resources, sign, copies: copies.current, newId: uuid };
      const result = await runCall(session, surroundings).catch((error: unknown) =>
        error instanceof Error ? error.message : String(error),
      );
      if (run !== newest.current) return;
      setCalling(false);
      setFailure(typeof result === 'string' ? result : undefined);
      if (typeof result === 'string') return setAnswered(undefined);
      setOutcomes(new Map());
      setAnswered({ to: JSON.stringify(session.patient), exchange: result });
    }, pause);
    return () => clearTimeout(timer);
  }, [session, resources, services, sign, start, again]);

  const change = useCallback((part: Partial<Session>) => setSession((before) => ({ ...before, ...part })), []);
  const call = useCallback(() => setAgain((count) => count + 1), []);

  const service = exchange?.service.id;
  const send = useCallback(
    async (card: Card, settled: Settled) => {
      if (service === undefined) return;
      const { text, body } = settled;
      const id = Date.now();
      setOutcomes((before) => new Map(before).set(card.uuid, { text, body }));
      setSent((before) => [{ id, text, body }, ...before]);
      const token = await sign(`/cds-services/${service}/feedback`);
      const { status } = await sendFeedback(service, body, token).catch(() => ({ status: 0 }));
      setSent((before) => before.map((one) => (one.id === id ? { ...one, status } : one)));
      if (status !== 200) setOutcomes((before) => new Map(before).set(card.uuid, { text, body, isUnheard: true }));
    },
    [service, sign],
  );

  const settle = useCallback(
    (card: Card, outcome: Outcome) => {
      if (isCalling) return;
      if ('accepted' in outcome) {
        setSession((before) => ({ ...before, drafts: applyActions(before.drafts, outcome.accepted.actions) }));
      }
      void send(card, { text: outcomeText(card, outcome), body: feedbackBody(card.uuid, outcome, new Date()) });
    },
    [isCalling, send],
  );

  const sendAgain = useCallback(
    (card: Card) => {
      const settled = outcomes.get(card.uuid);
      if (settled !== undefined) void send(card, settled);
    },
    [outcomes, send],
  );

  return useMemo(
    () => ({
      ...{ session, record: resources, exchange, isCalling, failure, outcomes, sent },
      ...{ sign, isSigning, ignored },
      change,
      call,
      settle,
      sendAgain,
    }),
    [
      ...[session, resources, exchange, isCalling, failure, outcomes, sent, sign, isSigning, ignored],
      ...[change, call, settle, sendAgain],
    ],
  );
}

function outcomeText(card: Card, outcome: Outcome): string {
  if ('accepted' in outcome) return `Accepted: ${outcome.accepted.label}`;
  const { reason, comment } = outcome.overridden;
  return `Overridden: ${reason?.display ?? (comment || 'no reason given')} (${card.source.topic.display})`;
}

const unsigned: Signer = async () => undefined;

function sharedSession({ drafts, groups }: Start): SharedSession {
  return readSession(location.hash, {
    drafts,
    stories: groups.flatMap(({ stories }) => stories.map(({ slug }) => slug)),
  });
}

function initialSession(start: Start): Session {
  return { ...callOfStory(start, firstStory), prefetch: true, access: true };
}

const firstStory = 'tace-while-atezo-bev-runs';

/** A story with one of its calls; what is sent with a call stays as it was chosen. */
export function callOfStory(
  { groups, drafts }: Start,
  slug: string,
  index = 0,
): Pick<Session, 'patient' | 'edits' | 'drafts' | 'hook'> {
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
  };
}
