import { renderOverview } from './cards/overview.ts';
import type { HookRequest } from './cds-hooks/request.ts';
import { type Decision, type Dependencies, refused, silent } from './decision.ts';
import { type Definitions, vocabularyOn } from './definitions/definitions.ts';
import { factsOfPatientView } from './definitions/patient-view-facts.ts';
import { faultOfPrefetch } from './facts/check-prefetch.ts';
import { failedReads, unreadRecord } from './facts/patient-record.ts';
import { awaitedTests } from './gaps/awaited-tests.ts';
import { enterGateUnasked, isExcepted } from './gate.ts';
import { readSituation } from './read-situation.ts';

/** Answers the hook patient-view: what is known of the patient whose record was opened. Advises nothing. */
export async function summarise(
  request: HookRequest,
  definitions: Definitions,
  { reader, now, newId }: Dependencies,
): Promise<Decision> {
  const { patientView } = definitions;
  if (patientView === undefined) return silent('nothing-to-say');
  if (isForPatients(request)) return silent('not-for-patients');
  const fault = faultOfPrefetch(request, definitions);
  if (fault !== undefined) return refused(400, fault.reason, fault.keys);

  const vocabulary = vocabularyOn(definitions, now);
  const reading = { request, definitions, reader };
  const gate = await enterGateUnasked(unreadRecord(now), vocabulary, reading);
  if (!gate.open) return gate.answer;
  const known = await readSituation(gate, vocabulary, reading);
  if (!known.read) return known.answer;

  const { situation, record } = known;
  if (isExcepted(definitions, situation, vocabulary)) return silent('gate-closed');
  const failed = failedReads(record, definitions);
  const unread = unreadOf(factsOfPatientView(definitions), failed, definitions);
  const card = renderOverview(patientView, {
    subject: { definitions, situation, vocabulary },
    awaited: awaitedTests(definitions, record, [], vocabulary.thresholds),
    unread: unread.flatMap((key) => definitions.service.reads[key]?.title ?? []),
    newId,
  });
  const overview = { situation, unread, failed, dropped: record.dropped };
  if (card === undefined) return { ...silent('nothing-to-say'), overview };
  const written = [{ card, rules: [{ id: 'patient-view', version: patientView.version }] }];
  return { kind: 'cards', response: { cards: [card] }, written, overview };
}

/** The hook is also called where patients and their relatives look; the card is for clinicians only. */
function isForPatients({ context }: HookRequest): boolean {
  return /^(Patient|RelatedPerson)\//.test(context.userId ?? '');
}

/** The failed reads on which these facts rest. */
function unreadOf(
  ids: ReadonlySet<string>,
  failed: ReadonlyMap<string, string>,
  { facts, service }: Definitions,
): readonly string[] {
  const needed = new Set([...ids].flatMap((id) => facts.get(id)?.definition.from ?? []));
  return Object.keys(service.reads).filter((key) => needed.has(key) && failed.has(key));
}
