import type { Request } from 'express';
import type { CdsResponse, Link } from '../cds-hooks/card.ts';
import type { Decision } from '../decision.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { ownAddress } from './own-address.ts';

/**
 * The answer with a link to the SMART app on each card whose topic has one. The orders of the call go along, by our own
 * names for them; nothing of the patient does.
 *
 * @param base where the service is published; when it is empty, its address on its own machine
 */
export function withTimelineLinks(
  response: CdsResponse,
  { decision, definitions }: { readonly decision: Decision; readonly definitions: Definitions },
  base: string,
  request: Pick<Request, 'socket'>,
): CdsResponse {
  const { topics, timeline } = definitions.service;
  const linked = new Set(timeline.topics.map((topic) => topics[topic]?.code));
  const orders = decision.kind === 'cards' ? (decision.trace?.orders ?? []) : [];
  const drafts = [...new Set(orders.map(({ label }) => label))];
  const link: Link = {
    label: timeline.label,
    url: `${base || ownAddress(request)}/timeline/launch`,
    type: 'smart',
    ...(drafts.length > 0 && { appContext: JSON.stringify({ drafts }) }),
  };
  const cards = response.cards.map((card) => (linked.has(card.source.topic.code) ? { ...card, links: [link] } : card));
  return { ...response, cards };
}
