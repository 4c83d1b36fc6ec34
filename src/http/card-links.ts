import type { Request } from 'express';
import type { CdsResponse, Link } from '../cds-hooks/card.ts';
import type { DecidedCall } from './call.ts';

/**
 * The answer with a link to the SMART app on each card whose topic has one. The orders of the call go along, by our own
 * names for them; nothing of the patient does.
 *
 * @param base where the service is published; the address that was called when it is empty
 */
export function withTimelineLinks(
  response: CdsResponse,
  { decision, definitions }: Pick<DecidedCall, 'decision' | 'definitions'>,
  base: string,
  { socket }: Pick<Request, 'socket'>,
): CdsResponse {
  const { topics, timelineLabel } = definitions.service;
  const linked = new Set(Object.values(topics).flatMap(({ code, timeline }) => (timeline ? [code] : [])));
  const orders = decision.kind === 'cards' ? (decision.trace?.orders ?? []) : [];
  const drafts = [...new Set(orders.map(({ label }) => label))];
  const link: Link = {
    label: timelineLabel,
    url: `${base || `http://127.0.0.1:${socket.localPort}`}/timeline/launch`,
    type: 'smart',
    ...(drafts.length > 0 && { appContext: JSON.stringify({ drafts }) }),
  };
  const cards = response.cards.map((card) => (linked.has(card.source.topic.code) ? { ...card, links: [link] } : card));
  return { ...response, cards };
}
