import type { Definitions } from '../definitions/definitions.ts';
import { restsOn } from '../definitions/rests-on.ts';
import type { Gaps } from '../gaps/find-gaps.ts';
import { evaluate } from '../rules/evaluate.ts';
import type { LocalChange } from '../rules/rule.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { thresholdText } from './fact-text.ts';
import type { Finding } from './finding.ts';
import { formatList } from './format.ts';
import type { Subject } from './subject.ts';

/** What of a card is the hospital's: by entry of its policy, with the day since when. Empty when nothing is. */
export function localPolicyBlock(findings: readonly Finding[], subject: Subject): string {
  const { site } = subject.definitions;
  if (site === undefined) return '';
  const behind = new Set([
    ...findings.flatMap(({ local }) => local),
    ...changesBehindNotes(subject),
    ...changesOfOrders(findings, subject.definitions),
  ]);
  const changes = site.changes.filter((change) => behind.has(change));
  const entries = [...new Set(changes.map(({ entry, from }) => `${entry} (since ${from})`))];
  const lines = entries.map((entry) => {
    const ofEntry = changes.filter((change) => `${change.entry} (since ${change.from})` === entry);
    const [first] = ofEntry;
    const name = first === undefined ? '' : titleOfChange(first, subject.definitions);
    return `- ${name} (since ${first?.from}): ${ofEntry.map(({ what }) => sayingOf(what, subject)).join('; ')}`;
  });
  return lines.length > 0 ? [`**Local policy of ${escapeMarkdown(site.site)}**`, ...lines].join('\n') : '';
}

/** What was changed, by the title of the rule or the description of the limit; the name of an entry says nothing. */
function titleOfChange({ entry, what }: LocalChange, { rules, thresholds }: Definitions): string {
  if ('rule' in what) return rules.find(({ id }) => id === what.rule)?.title ?? what.rule;
  if (what.kind === 'threshold') return thresholds[what.id]?.description ?? what.id;
  return what.kind === 'ask-bedside' ? 'Bedside findings' : entry;
}

function sayingOf(what: LocalChange['what'], subject: Subject): string {
  switch (what.kind) {
    case 'own-rule':
      return 'a rule of this hospital';
    case 'hidden':
      return what.how;
    case 'indicator':
      return `indicator ${what.now} instead of ${what.shipped}`;
    case 'texts':
      return `${formatList(what.texts)} in the words of this hospital`;
    case 'threshold': {
      const source = subject.definitions.evidence[what.evidence]?.cite ?? what.evidence;
      const [now, shipped] = [what.now, what.shipped].map((values) => thresholdText(what.id, values, subject));
      return `${now} instead of ${shipped} (${source})`;
    }
    case 'ask-bedside':
      return `${what.now}, so that this is asked for`;
    case 'order-template':
      return 'the suggested order is that of this hospital';
  }
}

/** The changes because of which something missing is asked for, or asked for in this way. */
export function changesBehindGap(
  kind: 'laboratory' | 'bedside' | 'unusable' | 'unavailable',
  { summary, detail }: { readonly summary: string; readonly detail: string },
  asked: readonly string[],
  { askedBy, suspicious }: Gaps,
  definitions: Definitions,
): readonly LocalChange[] {
  const { gaps, site } = definitions;
  if (site === undefined) return [];
  const { limits, windows } = restsOn(kind === 'bedside' ? [gaps.suspicion] : [], [summary, detail], definitions);
  const rules = askedBy.filter(({ when }) => when.open.some((id) => asked.includes(id)));
  // How another card is worded does not change what is asked for.
  const ofRules = rules.flatMap(({ rule }) => (rule.local ?? []).filter(({ what }) => what.kind !== 'texts'));
  const isOnlyAskedHere = kind === 'bedside' && !(suspicious && asked.every((id) => gaps.bedside.facts.includes(id)));
  return site.changes.filter(
    (change) =>
      ofRules.includes(change) ||
      (change.what.kind === 'threshold' && [...limits, ...windows, gaps.pending].includes(change.what.id)) ||
      (change.what.kind === 'ask-bedside' && isOnlyAskedHere),
  );
}

/** The limits behind the notes that every card of this call carries. */
function changesBehindNotes({ definitions, situation, vocabulary }: Subject): readonly LocalChange[] {
  const notes = definitions.service.notes.filter(({ when }) => evaluate(when, situation, vocabulary).truth === 'true');
  const { limits } = restsOn(
    notes.map(({ when }) => when),
    notes.map(({ says }) => says),
    definitions,
  );
  const changes = definitions.site?.changes ?? [];
  return changes.filter(({ what }) => what.kind === 'threshold' && limits.includes(what.id));
}

/** The order templates of the hospital's own that the card can offer. */
function changesOfOrders(findings: readonly Finding[], { facts, suggestions, site }: Definitions) {
  const templates = findings.flatMap(({ tests, suggestions: offered }) => [
    ...tests.map((id) => (facts.get(id)?.definition as { orderTemplate?: string } | undefined)?.orderTemplate),
    ...offered.map((name) => (suggestions[name] as { create?: string } | undefined)?.create),
  ]);
  const changes = site?.changes ?? [];
  return changes.filter(({ what }) => what.kind === 'order-template' && templates.includes(what.name));
}
