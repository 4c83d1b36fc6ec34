import { Icon } from '../../design/icons.tsx';
import type {
  ExplainedCondition,
  ExplainedMeasure,
  ExplainedOrder,
  ExplainedRule,
  Explanation,
} from '../explanation.ts';
import { FactsTable } from './facts-table.tsx';

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
      <section aria-labelledby="measures-heading">
        <h3 id="measures-heading">Measures</h3>
        <ul class="measures">
          {measures.map((measure) => (
            <MeasureItem key={measure.id} measure={measure} />
          ))}
        </ul>
      </section>
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
            <strong>{label}</strong> {recognisedBy}
            {advised ? '' : ', not selected: context only'}
            {otherIndication ? ', meant for another disease' : ''} <code>{reference}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}

function MeasureItem({ measure }: { readonly measure: ExplainedMeasure }) {
  const { title, label, inputs, open, notes } = measure;
  return (
    <li class="measure">
      <p class="measure-title">{title}</p>
      <p class="measure-label">{label}</p>
      <MeasureInputs inputs={inputs} open={open} />
      {notes.map((note) => (
        <p class="hint" key={note}>
          {note}
        </p>
      ))}
    </li>
  );
}

/** Where a score has many parts they are counted, and told when asked for. */
function MeasureInputs({ inputs, open }: Pick<ExplainedMeasure, 'inputs' | 'open'>) {
  if (inputs.length === 0) return <p class="hint">from nothing recorded</p>;
  const unknown = open.length > 0 ? `, ${open.length} not known exactly` : '';
  const list = (
    <>
      <p class="hint">from {inputs.join(', ')}</p>
      {open.length > 0 && <p class="hint">not known exactly: {open.join(', ')}</p>}
    </>
  );
  if (inputs.length <= 5) return list;
  return (
    <details class="hint">
      <summary>
        from {inputs.length} facts{unknown}
      </summary>
      {list}
    </details>
  );
}

const verdicts = [
  { truth: 'true', title: 'Fire', badge: 'fires' },
  { truth: 'undetermined', title: 'Undetermined', badge: 'undetermined' },
  { truth: 'false', title: 'Do not fire', badge: 'does not fire' },
] as const;

function Rules({ rules }: { readonly rules: readonly ExplainedRule[] }) {
  return (
    <>
      {verdicts.map(({ truth, title, badge }) => {
        const of = rules.filter((rule) => rule.truth === truth).sort((a, b) => Number(b.asks) - Number(a.asks));
        if (of.length === 0) return null;
        const list = (
          <ul class="rules">
            {of.map((rule) => (
              <RuleItem key={rule.id} rule={rule} badge={badge} />
            ))}
          </ul>
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
          <details key={truth} class="rules-false">
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

function RuleItem({ rule, badge }: { readonly rule: ExplainedRule; readonly badge: string }) {
  const { id, ref, version, title, indicator, truth, when, unless, missing, status, asks } = rule;
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
            <code>
              {id}@{version}
            </code>
          </p>
          <Trace title="When" condition={when} />
          {unless && <Trace title="Unless" condition={unless} />}
        </div>
      </details>
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
