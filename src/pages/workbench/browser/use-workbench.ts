import type { FhirResource } from 'fhir/r4.js';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Card } from '../../../cds-hooks/card.ts';
import type { Start } from '../start.ts';
import { readStory, type Service, sendFeedback } from './api.ts';
import { feedbackBody, type Outcome } from './call.ts';
import { applyActions } from './drafts.ts';
import { NotCalledError } from './failure.ts';
import { type Exchange, runCall, type Signer } from './run-call.ts';
import type { Session } from './session.ts';
import type { Signing } from './signing.ts';
import { useSession } from './use-session.ts';
import { uuid } from './uuid.ts';

/** One feedback that was sent. */
export interface Sent {
  readonly id: number;
  /** Of whom the card spoke. */
  readonly to: string;
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

/** Why there is no answer. */
export interface Failure {
  /** For the reader. */
  readonly text: string;
  /** Whether the service was called at all. */
  readonly isCalled: boolean;
}

export interface Workbench {
  readonly session: Session;
  readonly record: readonly FhirResource[] | undefined;
  readonly exchange: Exchange | undefined;
  readonly isCalling: boolean;
  readonly failure: Failure | undefined;
  /** What became of the cards that are shown, by uuid. */
  readonly outcomes: ReadonlyMap<string, Settled>;
  /** Feedback on cards about this patient. */
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
  const { session, setSession, ignored, markSeen } = useSession(start);
  const isSigning = signing !== undefined && (session.sign ?? start.authentication !== undefined);
  const sign = isSigning ? signing.sign : unsigned;
  const [record, setRecord] = useState<{ readonly story: string; readonly resources: readonly FhirResource[] }>();
  const [answered, setAnswered] = useState<{ readonly to: string; readonly exchange: Exchange }>();
  const [isCalling, setCalling] = useState(true);
  const [failure, setFailure] = useState<Failure>();
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
    let isLeft = false;
    setCalling(true);
    setFailure(undefined);
    readStory(story).then(
      ({ entry = [] }) => {
        if (!isLeft) setRecord({ story, resources: entry.flatMap(({ resource }) => resource ?? []) });
      },
      (error) => {
        if (isLeft) return;
        setCalling(false);
        setAnswered(undefined);
        setFailure({ text: String(error.message ?? error), isCalled: false });
      },
    );
    return () => {
      isLeft = true;
    };
  }, [story, resources, again]);

  useEffect(() => {
    newest.current += 1;
    if (story !== undefined && resources === undefined) return;
    const run = newest.current;
    setCalling(true);
    setFailure(undefined);
    const timer = setTimeout(async () => {
      const surroundings = { start, services, record: resources, sign, copies: copies.current, newId: uuid };
      const result = await runCall(session, surroundings).catch(failureOf);
      if (run !== newest.current) return;
      markSeen();
      setCalling(false);
      setFailure('text' in result ? result : undefined);
      if ('text' in result) return setAnswered(undefined);
      setOutcomes(new Map());
      setAnswered({ to: JSON.stringify(session.patient), exchange: result });
    }, pause);
    return () => clearTimeout(timer);
  }, [session, resources, services, sign, start, again, markSeen]);

  const change = useCallback(
    (part: Partial<Session>) => setSession((before) => ({ ...before, ...part })),
    [setSession],
  );
  const call = useCallback(() => setAgain((count) => count + 1), []);

  const service = exchange?.service.id;
  const send = useCallback(
    async (card: Card, settled: Settled) => {
      if (service === undefined) return;
      const { text, body } = settled;
      const id = Date.now();
      setOutcomes((before) => new Map(before).set(card.uuid, { text, body }));
      setSent((before) => [{ id, to: patient, text, body }, ...before]);
      const token = await sign(`/cds-services/${service}/feedback`);
      const { status } = await sendFeedback(service, body, token).catch(() => ({ status: 0 }));
      setSent((before) => before.map((one) => (one.id === id ? { ...one, status } : one)));
      if (status !== 200) setOutcomes((before) => new Map(before).set(card.uuid, { text, body, isUnheard: true }));
    },
    [service, patient, sign],
  );

  const settle = useCallback(
    (card: Card, outcome: Outcome) => {
      if (isCalling) return;
      if ('accepted' in outcome) {
        setSession((before) => ({ ...before, drafts: applyActions(before.drafts, outcome.accepted.actions) }));
      }
      void send(card, { text: outcomeText(card, outcome), body: feedbackBody(card.uuid, outcome, new Date()) });
    },
    [isCalling, send, setSession],
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
      ...{ session, record: resources, exchange, isCalling, failure, outcomes },
      sent: sent.filter(({ to }) => to === patient),
      ...{ sign, isSigning, ignored },
      change,
      call,
      settle,
      sendAgain,
    }),
    [
      ...[session, resources, exchange, isCalling, failure, outcomes, sent, patient, sign, isSigning, ignored],
      ...[change, call, settle, sendAgain],
    ],
  );
}

function failureOf(error: unknown): Failure {
  const text = error instanceof Error ? error.message : String(error);
  return { text, isCalled: !(error instanceof NotCalledError) };
}

function outcomeText(card: Card, outcome: Outcome): string {
  if ('accepted' in outcome) return `Accepted: ${outcome.accepted.label}`;
  const { reason, comment } = outcome.overridden;
  return `Overridden: ${reason?.display ?? (comment || 'no reason given')} (${card.source.topic.display})`;
}

const unsigned: Signer = async () => undefined;
