import type { Definitions, OrderMatcher } from '../definitions/definitions.ts';
import { parseReference } from '../fhir/references.ts';
import type { OrderInSession } from '../rules/situation.ts';
import { type ConceptMatch, type ConceptMatcher, matchConcept } from '../terminology/match-concept.ts';
import type { Draft } from './draft.ts';

/** An order that concerns us, and how it was recognised. */
export interface RecognisedOrder extends OrderInSession {
  readonly reference: string;
  readonly by: ConceptMatch;
  /** Said in the detail when the code leaves room for something else. */
  readonly note?: string;
  readonly draft: Draft;
}

/** How a concept is recognised as an order, before the rest of the session is looked at. */
interface Match {
  readonly label: string;
  readonly by: ConceptMatch;
  readonly note?: string;
}

/**
 * Recognises the orders among the drafts: by code first, then by the hospital's codes, then by name.
 *
 * @param selections the references that the client says were just selected; undefined when the hook has none, and then
 *   every draft is advised on
 */
export function recogniseOrders(
  drafts: readonly Draft[],
  selections: readonly string[] | undefined,
  definitions: Definitions,
): readonly RecognisedOrder[] {
  const session = drafts.map(({ concept }) => concept);
  const selected = selections && new Set(selections.flatMap(selectionKey));
  return drafts.flatMap((draft) => {
    for (const matcher of definitions.orders.values()) {
      const match = matchDraft(draft, matcher, session, definitions);
      if (match === undefined) continue;
      const advised = selected === undefined || isSelected(draft, selected);
      return [{ name: matcher.name, ...match, advised, otherIndication: false, reference: draft.reference, draft }];
    }
    return [];
  });
}

/** A selection names an order as 'Type/id'; some clients send the bare id. */
function selectionKey(reference: string): readonly string[] {
  const parsed = parseReference(reference);
  return parsed === undefined ? [] : [`${parsed.type}/${parsed.id}`];
}

function isSelected({ reference, fullUrl }: Draft, selected: ReadonlySet<string>): boolean {
  return [reference, fullUrl].some((name) => {
    const parsed = parseReference(name);
    return parsed !== undefined && (selected.has(`${parsed.type}/${parsed.id}`) || selected.has(`/${parsed.id}`));
  });
}

function matchDraft(
  draft: Draft,
  matcher: OrderMatcher,
  session: readonly unknown[],
  { procedureNotFor }: Definitions,
): Match | undefined {
  const { definition } = matcher;
  if (definition.kind === 'procedure') {
    const other: ConceptMatcher = { names: procedureNotFor, notNames: [] };
    const concepts = [draft.concept, ...draft.reasons];
    if (concepts.some((concept) => matchConcept(concept, other, { negation: 'statement' }))) return undefined;
    return matchProcedure(draft, matcher, session);
  }
  const by = matchConcept(draft.concept, matcher.concept, { negation: 'order' });
  if (by === undefined || (draft.resourceType === 'ServiceRequest' && by.by === 'text')) return undefined;
  if (draft.routes.some((route) => matchConcept(route, { names: matcher.concept.notNames, notNames: [] })))
    return undefined;
  return { label: definition.label, by };
}

function matchProcedure(draft: Draft, matcher: OrderMatcher, session: readonly unknown[]): Match | undefined {
  const { concept, drugs, definition } = matcher;
  const by = matchConcept(draft.concept, concept, { negation: 'order' });
  if (by !== undefined) return { label: labelOf(draft.concept, matcher), by };
  const drug = drugs && draft.resourceType === 'MedicationRequest' && matchConcept(draft.concept, drugs.concept);
  if (drug) {
    const route =
      draft.routes.some((one) => matchConcept(one, drugs.route)) || matchConcept(draft.concept, drugs.route);
    if (route) return { label: definition.label, by: drug };
  }
  return matchProbable(draft.concept, matcher, session);
}

/**
 * A code that means this procedure or another one. A companion code in the session settles it, a code of the other
 * procedure rules it out.
 */
export function matchProbable(
  concept: unknown,
  { probable, definition }: OrderMatcher,
  session: readonly unknown[],
): Match | undefined {
  const by = probable && matchConcept(concept, probable.concept, { negation: 'order' });
  if (!by) return undefined;
  const { companion, excluded } = companyIn(session, probable);
  if (companion) return { label: definition.label, by };
  if (excluded) return undefined;
  return { label: probable.label, by, ...(definition.probable && { note: definition.probable.note }) };
}

/** A variant that is counted as this procedure is called by its own name. */
export function labelOf(concept: unknown, { variants, definition }: OrderMatcher): string {
  return variants.find((variant) => matchConcept(concept, variant.concept))?.label ?? definition.label;
}

interface Company {
  readonly companion: boolean;
  readonly excluded: boolean;
}

/** What else a session holds, looked at once for all its orders. */
const companies = new WeakMap<readonly unknown[], Map<object, Company>>();

function companyIn(session: readonly unknown[], probable: NonNullable<OrderMatcher['probable']>): Company {
  const ofSession = companies.get(session) ?? new Map<object, Company>();
  companies.set(session, ofSession);
  const { exclude } = probable.concept;
  const company = ofSession.get(probable) ?? {
    companion: session.some((one) => matchConcept(one, probable.companions)),
    excluded:
      exclude !== undefined && session.some((one) => matchConcept(one, { valueSet: exclude, names: [], notNames: [] })),
  };
  ofSession.set(probable, company);
  return company;
}
