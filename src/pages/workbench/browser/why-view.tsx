import { Icon } from '../../design/icons.tsx';
import type { ExplainedCondition, ExplainedOrder, ExplainedRule, Explanation } from '../explanation.ts';
import { FactsTable } from './facts-table.tsx';
import { MeasureLists } from './measure-lists.tsx';

export interface WhyViewProps {
  readonly explanation: Explanation;
  /** Why there is no card, in words. */
  readonly silence: string | undefined;
}

/** Facts with provenance → measures → every rule's verdict with its trace. */
export function WhyView({ explanation, silence }: WhyViewProps) {
  const { orders, facts, measures, rules, dropped, refusal, outcome } = explanation;
  if (facts.length === 0) {
    const reason = outcome.kind === 'refused' ? `: ${outcome.reason}.` : `. ${silence}`;
    return <p class="empty">The call was answered before the record was looked at{reason}</p>;
  }
  return (
    <div class="why">
      {refusal !== undefined && <p class="failure">The FHIR server is not read: {refusal}.</p>}
      {orders.length > 0 && <Orders orders={orders} />}
      <section aria-labelledby="rules-heading">
        <h3 id="rules-heading">Rules</h3>
        {rules.length === 0 ? (
          <p class="hint">When a record is opened no rule is evaluated.</p>
        ) : (
          <Rules rules={rules} />
        )}
      </section>
      <MeasureLists measures={measures} />
      <FactsTable facts={facts} />
      {dropped > 0 && <p class="hint">{dropped} resources about another patient were left out.</p>}
    </div>
  );
}

function Orders({ orders }: { readonly orders: readonly ExplainedOrder[] }) {
  return (
    <section aria-labelledby="recognised-heading">
      <h3 id="recognised-heading">Recognised orders</h3>
      <ul class="plain-list">
        {orders.map(({ reference, label, recognisedBy, advised, otherIndication }) => (
          <li key={reference}>
            <strong>{label}</strong>, {recognisedBy}
            {advised ? '' : ', not selected: context only'}
            {otherIndication ? ', meant for another disease' : ''} <code>{reference}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}

const verdicts = [
  {
    ...{ truth: 'true', title: 'Fire', badge: 'fires' },
    hint: 'What they ask is so. Of the rules of one family only the worst is told on a card.',
  },
  {
    ...{ truth: 'undetermined', title: 'Undetermined', badge: 'undetermined' },
    hint: 'The record does not decide. Each is marked with the indicator that it would have.',
  },
  {
    ...{ truth: 'false', title: 'Do not fire', badge: 'does not fire' },
    hint: 'Something that they ask is certainly not so, whatever is missing.',
  },
] as const;

function Rules({ rules }: { readonly rules: readonly ExplainedRule[] }) {
  return (
    <>
      {verdicts.map(({ truth, title, badge, hint }) => {
        const of = rules.filter((rule) => rule.truth === truth).sort((a, b) => weight(b) - weight(a));
        if (of.length === 0) return null;
        const list = (
          <>
            <p class="hint">{hint}</p>
            <ul class="rules">
              {of.map((rule) => (
                <RuleItem key={rule.id} rule={rule} badge={badge} />
              ))}
            </ul>
          </>
        );
        if (truth !== 'false') {
          return (
            <div key={truth}>
              <h4>
                {title} <span class="count">{of.length}</span>
              </h4>
              {list}
            </div>
          );
        }
        return (
          <details key={truth} class="folded">
            <summary>
              {title} <span class="count">{of.length}</span>
            </summary>
            {list}
          </details>
        );
      })}
    </>
  );
}

const severity = { info: 0, warning: 1, critical: 2 } as const;

/** First what made a card, or could make one; of these the most urgent. */
function weight({ asks, told, indicator }: ExplainedRule): number {
  return (told && 'card' in told ? 20 : 0) + (asks ? 10 : 0) + severity[indicator];
}

/** The pages of the knowledge are not served where discovery is for registered clients only. */
function hasKnowledge(): boolean {
  return document.querySelector('nav a[href="/knowledge"]') !== null;
}

function RuleItem({ rule, badge }: { readonly rule: ExplainedRule; readonly badge: string }) {
  const { id, ref, version, title, indicator, truth, when, unless, missing, status, asks, told } = rule;
  return (
    <li class={`rule rule-${truth}`}>
      <details>
        <summary>
          <span class={`verdict verdict-${truth}`}>
            <Icon name={truth} /> {badge}
          </span>
          <span class="rule-title">
            <strong>{ref}</strong> {title}
          </span>
          <span class={`badge badge-${indicator}`}>
            {indicator}
            {status === 'active' ? '' : `, ${status}`}
          </span>
        </summary>
        <div class="rule-trace">
          <p class="hint">
            {hasKnowledge() && <a href={`/knowledge/rules/${id}`}>The rule, its limits and sources</a>}{' '}
            <code>
              {id}@{version}
            </code>
          </p>
          <Trace title="When" condition={when} />
          {unless && <Trace title="Unless" condition={unless} />}
        </div>
      </details>
      {told && (
        <p class="rule-told">
          {'card' in told ? `On the card “${told.card}”` : `Not told: the worst of its family is, ${told.outdoneBy}`}
        </p>
      )}
      {missing.length > 0 && (
        <p class="rule-missing">
          Missing: <strong>{missing.join(', ')}</strong>
          {asks ? '; asked for where it could change a card' : '; silent while unknown'}
        </p>
      )}
    </li>
  );
}

function Trace({ title, condition }: { readonly title: string; readonly condition: ExplainedCondition }) {
  return (
    <div class="trace">
      <p class="trace-title">{title}</p>
      <ul>
        <TraceItem condition={condition} />
      </ul>
    </div>
  );
}

const truthWords = { true: 'true', false: 'false', undetermined: 'undetermined' } as const;

function TraceItem({ condition }: { readonly condition: ExplainedCondition }) {
  const { says, truth, parts, missing } = condition;
  return (
    <li>
      <span class={`verdict verdict-${truth}`}>
        <Icon name={truth} /> {truthWords[truth]}
      </span>{' '}
      {says}
      {parts.length === 0 && missing.length > 0 && <em> (missing: {missing.join(', ')})</em>}
      {parts.length > 0 && (
        <ul>
          {parts.map((part, index) => (
            <TraceItem key={index} condition={part} />
          ))}
        </ul>
      )}
    </li>
  );
}
