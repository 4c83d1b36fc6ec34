import { findingOf } from '../cards/finding.ts';
import { type CasesFile, type RuleCase, situationOf } from '../definitions/cases.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { type PlaceholderPart, placeholder } from '../definitions/placeholder.ts';
import { evaluateRules } from '../rules/evaluate.ts';
import type { Rule } from '../rules/rule.ts';
import type { Vocabulary } from '../rules/situation.ts';
import { limitText } from './amount.ts';
import { ordersText } from './statement.ts';

/** A text of a card: limits are filled in, «…» stands for what differs from patient to patient. */
function cardText(text: string, definitions: Definitions): string {
  return text.trim().replace(placeholder, (_, name: string, part?: PlaceholderPart) => {
    if (part === 'date') return '«date»';
    if (part === 'ago') return '«… days ago»';
    return name in definitions.thresholds ? limitText(name, definitions) : `«${standIn(name, definitions)}»`;
  });
}

const ownNames: Readonly<Record<string, string>> = {
  order: 'the orders',
  because: 'the records that made it true',
  found: 'what was found',
};

function standIn(name: string, definitions: Definitions): string {
  const { facts, groups, measureTitles } = definitions;
  if (ownNames[name] !== undefined) return ownNames[name];
  if (groups.has(name)) return ordersText(name, definitions).replace(/^an? /, 'the ');
  const definition = facts.get(name)?.definition;
  if (definition !== undefined && 'drugs' in definition) return 'the drugs that it names';
  return measureTitles.get(name) ?? definition?.title ?? name.replaceAll('-', ' ');
}

/** What a rule prints and offers. */
export interface CardText {
  readonly summary: string;
  readonly brief?: string;
  readonly finding: string;
  readonly detail: string;
  readonly options: readonly string[];
  readonly suggestions: readonly string[];
  readonly overrideReasons: readonly string[];
  readonly example?: Example;
}

/** What the card says in a case, as the service writes it. */
export interface Example {
  readonly of: string;
  readonly summary: string;
  readonly detail: string;
}

/** What an example is made of. */
export interface Firing {
  /** The first case in which the rule fires. */
  readonly firing: RuleCase | undefined;
  readonly baseline: CasesFile['baseline'];
  readonly definitions: Definitions;
  readonly vocabulary: Vocabulary;
}

export function cardOf(rule: Rule, firing: Firing): CardText {
  const { definitions } = firing;
  const { card, options, overrideReasons, suggestions } = rule;
  const example = exampleOf(rule, firing);
  return {
    summary: cardText(card.summary, definitions),
    ...(card.brief !== undefined && { brief: cardText(card.brief, definitions) }),
    finding: cardText(card.finding, definitions),
    detail: cardText(card.detail, definitions),
    options,
    suggestions: suggestions.map((id) => suggestionText(id, definitions)),
    overrideReasons: overrideReasons.map((key) => definitions.overrideReasons.reasons[key] ?? key),
    ...(example && { example }),
  };
}

function suggestionText(id: string, definitions: Definitions): string {
  const suggestion = definitions.suggestions[id];
  if (suggestion === undefined) return id;
  const label = cardText(suggestion.label.replaceAll('{order}', '«the draft»'), definitions);
  if ('delete' in suggestion)
    return `“${label}”, for each draft of ${ordersText(suggestion.delete, definitions)} in this call.`;
  const offered = suggestion.offered === 'always' ? '' : ', where the hospital has put its own template in its overlay';
  return `“${label}”: creates a draft order${offered}.`;
}

/** The rule's own words in a case; none for a rule that is not evaluated. */
function exampleOf({ id }: Rule, { firing, baseline, definitions, vocabulary }: Firing): Example | undefined {
  if (firing === undefined) return undefined;
  const situation = situationOf(firing, baseline, definitions);
  const verdict = evaluateRules(definitions.rules, situation, vocabulary).find(({ rule }) => rule.id === id);
  if (verdict?.truth !== 'true') return undefined;
  const { summary, detail } = findingOf(verdict, { definitions, situation, vocabulary });
  return { of: firing.case, summary, detail };
}
