import type { CarePlan } from 'fhir/r4.js';
import { asArray, textsOf } from '../../fhir/codeable-concept.ts';
import { between, exactly } from '../../kernel/estimate.ts';
import type { OrderName } from '../../kernel/fact.ts';
import { matchText } from '../../terminology/match-concept.ts';
import { compileName, findName, hasName, type NamePattern, type NamePlace } from '../../terminology/name-pattern.ts';
import { wordsOf } from '../../terminology/words.ts';
import { type ReducerContext, resourcesOf, thresholdOf } from '../patient-record.ts';
import { provenanceOf } from '../provenance.ts';
import { dated, daysAgo, isFuture, newestFirst } from './dated.ts';
import { drugNames, drugsNamedIn, type NamedDrugs } from './named-drugs.ts';
import { notFound, type Reducer, type Source } from './reducer.ts';

const stands: ReadonlySet<unknown> = new Set(['active', 'completed', undefined]);

/** Of a CarePlan that is more than somebody's suggestion. */
const decided: ReadonlySet<unknown> = new Set(['plan', 'order', undefined]);

/**
 * Whether a care plan of the last days says so: it is what the concept names (a board's decision), and its text names an
 * order of each of the groups and speaks of such drugs, none of them denied. With the drugs that it names. Certain only
 * where the text joins the two and says nothing by which it could mean one after the other, or neither.
 */
export const agreedPlan: Reducer<'agreed-plan'> = (source, context) => {
  const { definition } = source;
  const { record } = context;
  const { resources, missing } = resourcesOf<CarePlan>(record, definition.from, 'CarePlan');
  const plans = resources
    .filter(({ status, intent }) => stands.has(status) && decided.has(intent))
    .map((plan) => dated(plan, [plan.created, plan.period?.start]));
  const recent = newestFirst(plans).flatMap((plan) => {
    const text = textOf(plan.resource as CarePlan);
    const orders = drugsIn(text, source, context);
    if (orders === undefined || plan.date === undefined || isFuture(plan.date, record.now)) return [];
    const { min, max } = daysAgo(plan.date, record.now);
    const limit = thresholdOf(context, definition.within);
    const isCertain = max <= limit && areJoined(text, definition, context);
    return min > limit ? [] : [{ ...plan, orders, value: isCertain ? exactly(1) : between(0, 1) }];
  });
  const [newest] = recent;
  if (newest === undefined) return notFound(missing);
  const { resource, recorded, value, orders } = newest;
  return { state: 'found', value, unit: '1', orders, provenance: provenanceOf(resource, 'plan', recorded) };
};

function textOf({ title, description, category, activity, note }: CarePlan): string {
  const details = asArray(activity).map((one) => one?.detail);
  const parts = [
    title,
    description,
    ...asArray(category).flatMap(textsOf),
    ...details.flatMap((detail) => [detail?.description, ...textsOf(detail?.code)]),
    ...asArray(note).map((one) => one?.text),
  ];
  return parts
    .filter((part) => typeof part === 'string')
    .join('. ')
    .replace(/[+&]/g, ' plus ');
}

function drugsIn(
  text: string,
  { definition, concept }: Source<'agreed-plan'>,
  context: ReducerContext,
): readonly OrderName[] | undefined {
  const stated = { negation: 'statement' } as const;
  const named = (group: string) =>
    context.orders(group).some(({ concept: { names, notNames } }) => matchText(text, { names, notNames }, stated));
  if (matchText(text, concept, stated) === undefined || !definition.mentions.every(named)) return undefined;
  return drugsNamedIn(text, definition, context, stated);
}

type Words = Pick<Source<'agreed-plan'>['definition'], 'mentions' | 'joining' | 'parting'>;

/** Whether a sentence names an order and a drug with a joining word between them, and the whole text parts nothing. */
function areJoined(text: string, definition: Words & NamedDrugs, context: ReducerContext): boolean {
  if (isNamed(text, definition.parting)) return false;
  const orders = definition.mentions.flatMap((group) => context.orders(group)).flatMap(({ concept }) => concept.names);
  const drugs = drugNames(definition, context);
  return text.split(/[.;\n]/).some((sentence) => {
    const words = wordsOf(sentence);
    const places = (names: readonly NamePattern[]) => names.flatMap((name) => findName(name, words));
    const others = places(drugs);
    return places(orders).some((one) =>
      others.some((other) => isNamed(sentence.slice(...gap(one, other)), definition.joining)),
    );
  });
}

/** What stands between two mentions, whichever is first. */
function gap(one: NamePlace, other: NamePlace): [number, number] {
  return one.start < other.start ? [one.end, other.start] : [other.end, one.start];
}

function isNamed(text: string, names: readonly string[]): boolean {
  return names.some((name) => hasName(compileName(name), text));
}
