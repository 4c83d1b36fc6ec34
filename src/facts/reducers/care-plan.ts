import type { CarePlan } from 'fhir/r4.js';
import { asArray, textsOf } from '../../fhir/codeable-concept.ts';
import { between, exactly } from '../../kernel/estimate.ts';
import type { OrderName } from '../../kernel/fact.ts';
import { matchText } from '../../terminology/match-concept.ts';
import { type ReducerContext, resourcesOf, thresholdOf } from '../patient-record.ts';
import { provenanceOf } from '../provenance.ts';
import { dated, daysAgo, isFuture, newestFirst } from './dated.ts';
import { drugsNamedIn } from './named-drugs.ts';
import { notFound, type Reducer, type Source } from './reducer.ts';

const stands: ReadonlySet<unknown> = new Set(['active', 'completed', undefined]);

/**
 * Whether a care plan of the last days says so: it is what the concept names (a board's decision), and its text names an
 * order of each of the groups and speaks of such drugs, none of them denied. With the drugs that it names.
 */
export const agreedPlan: Reducer<'agreed-plan'> = (source, context) => {
  const { definition } = source;
  const { record } = context;
  const { resources, missing } = resourcesOf<CarePlan>(record, definition.from, 'CarePlan');
  const plans = resources
    .filter(({ status }) => stands.has(status))
    .map((plan) => dated(plan, [plan.created, plan.period?.start]));
  const recent = newestFirst(plans).flatMap((plan) => {
    const orders = drugsIn(plan.resource as CarePlan, source, context);
    if (orders === undefined || plan.date === undefined || isFuture(plan.date, record.now)) return [];
    const { min, max } = daysAgo(plan.date, record.now);
    const limit = thresholdOf(context, definition.within);
    return min > limit ? [] : [{ ...plan, orders, value: max <= limit ? exactly(1) : between(0, 1) }];
  });
  const [newest] = recent;
  if (newest === undefined) return notFound(missing);
  const { resource, recorded, value, orders } = newest;
  return { state: 'found', value, unit: '1', orders, provenance: provenanceOf(resource, 'plan', recorded) };
};

function drugsIn(
  { title, description, category, activity, note }: CarePlan,
  { definition, concept }: Source<'agreed-plan'>,
  context: ReducerContext,
): readonly OrderName[] | undefined {
  const details = asArray(activity).map((one) => one?.detail);
  const parts = [
    title,
    description,
    ...asArray(category).flatMap(textsOf),
    ...details.flatMap((detail) => [detail?.description, ...textsOf(detail?.code)]),
    ...asArray(note).map((one) => one?.text),
  ];
  const text = parts.filter((part) => typeof part === 'string').join('. ');
  const stated = { negation: 'statement' } as const;
  const named = (group: string) =>
    context.orders(group).some(({ concept: { names, notNames } }) => matchText(text, { names, notNames }, stated));
  if (matchText(text, concept, stated) === undefined || !definition.mentions.every(named)) return undefined;
  return drugsNamedIn(text, definition, context, stated);
}
