import type { Rule } from '../../rules/rule.ts';
import { ruleFile } from '../checks/references.ts';
import { inOrder, type Module } from '../module.ts';
import type { RuleEntry } from '../schemas/site.ts';
import type { Entry } from './entry.ts';
import type { Notes } from './notes.ts';
import type { Overlay } from './read-overlay.ts';

/** The shipped rules as the hospital wants them, and then its own. */
export function changeRules(
  { rules }: Module,
  { rules: changes, ownRules }: Pick<Overlay, 'rules' | 'ownRules'>,
  notes: Notes,
): Module['rules'] {
  const changed = new Map(rules.map((rule) => [rule.id, rule]));
  for (const entry of changes) {
    const rule = changed.get(entry.id);
    const shipped = rules.find(({ id }) => id === entry.id);
    if (rule === undefined || shipped === undefined) notes.fault(entry, `there is no shipped rule '${entry.id}'`);
    else if (!['active', 'silent'].includes(shipped.status)) notes.fault(entry, `the rule is ${shipped.status}`);
    else changed.set(entry.id, changeRule(rule, entry, notes));
  }
  const own = ownRules.filter((entry) => {
    const isShipped = changed.has(entry.id);
    if (isShipped) notes.fault(entry, `a shipped rule has this id`);
    return !isShipped;
  });
  for (const entry of own) {
    notes.touch(ruleFile(entry.id), entry.place);
    notes.change(entry, { kind: 'own-rule', rule: entry.id });
  }
  return [...changed.values(), ...inOrder(own.map(({ content }) => content))];
}

function changeRule(rule: Rule, entry: Entry<RuleEntry>, notes: Notes): Rule {
  const { id } = rule;
  const { disabled, silent, indicator, card = {}, options } = entry.content;
  notes.touch(ruleFile(id), entry.place);
  if (disabled || silent) {
    notes.change(entry, { kind: 'hidden', rule: id, how: disabled ? 'disabled' : 'silent' });
    return { ...rule, status: disabled ? 'retired' : 'silent' };
  }
  if (indicator !== undefined) {
    notes.change(entry, { kind: 'indicator', rule: id, shipped: rule.card.indicator, now: indicator });
    if (indicator === rule.card.indicator) notes.warn(entry, 'sets the indicator that is shipped');
  }
  const texts = Object.fromEntries(Object.entries(card).filter(([, text]) => text !== undefined));
  const replaced = [...Object.keys(texts), ...(options ? ['options'] : [])];
  if (replaced.length > 0) notes.change(entry, { kind: 'texts', rule: id, texts: replaced });
  // A short form speaks for the summary it was written for.
  const { brief, ...shipped } = rule.card;
  const kept = card.summary !== undefined || brief === undefined ? shipped : rule.card;
  return {
    ...rule,
    card: { ...kept, ...texts, indicator: indicator ?? rule.card.indicator },
    options: options ?? rule.options,
  };
}
