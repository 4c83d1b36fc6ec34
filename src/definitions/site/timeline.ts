import type { LocalChange, Rule } from '../../rules/rule.ts';
import { assemble } from '../assemble.ts';
import { checkDefinitions } from '../check.ts';
import { dayAt } from '../day.ts';
import type { Fault } from '../definition-error.ts';
import type { Definitions, PolicyEntry } from '../definitions.ts';
import type { Module } from '../module.ts';
import { ruleRestsOn } from '../rests-on.ts';
import { applyOverlay } from './apply.ts';
import { contradictions, entriesOf, turningPoints, withoutExpired } from './days.ts';
import { doubtfulDeclarations } from './declarations.ts';
import type { Entry } from './entry.ts';
import { Notes } from './notes.ts';
import type { Overlay } from './read-overlay.ts';

/**
 * What a hospital's policy makes of a module: the definitions of today, and after them those of each later day on which
 * an entry begins or ends. All of them are checked now, so that nothing fails while the service runs. Entries that have
 * expired are warnings, whatever they say.
 */
export function timeline(module: Module, overlay: Overlay, now: Date) {
  const today = dayAt(now, overlay.timeZone);
  const [current, expired] = withoutExpired(overlay, today);
  const faults: Fault[] = [...contradictions(current)];
  const stages = [today, ...turningPoints(entriesOf(current), today)].flatMap((from) => {
    const notes = new Notes();
    const applied = applyOverlay(module, current, from, notes);
    const { definitions, faults: uncompiled } = assemble(applied.module, applied.local);
    const inconsistent = definitions ? checkDefinitions(definitions) : [];
    const found = [...notes.faults, ...[...uncompiled, ...inconsistent].map((fault) => notes.locate(fault))];
    faults.push(...newOn(from, today, found, faults));
    return definitions ? [{ from, definitions, notes }] : [];
  });
  const { site, timeZone } = overlay;
  const doubtful = doubtfulDeclarations(
    overlay,
    stages.map((stage) => stage.definitions),
  );
  const warnings = [...new Set([...expired, ...stages.flatMap(({ notes }) => notes.warnings), ...doubtful])];
  const definitions = stages.reduceRight<Definitions | undefined>((later, { definitions: own, notes }, index) => {
    const next = stages[index + 1];
    return {
      ...own,
      rules: own.rules.map((rule) => withLocal(rule, notes.changes, own)),
      site: { site, timeZone, changes: notes.changes, entries: entriesOf(current).map(policyEntry), warnings },
      ...(later && next && { next: { from: next.from, definitions: later } }),
    };
  }, undefined);
  return { definitions, faults };
}

function policyEntry({ name, reason, approvedBy, from, until }: Entry): PolicyEntry {
  return { name, reason, approvedBy, from, ...(until !== undefined && { until }) };
}

/** What is wrong for the first time on this day; of a day to come the day is told, or nobody could see it. */
function newOn(day: string, today: string, found: readonly Fault[], known: readonly Fault[]): readonly Fault[] {
  const isKnown = ({ file, line, message }: Fault) =>
    known.some((one) => one.file === file && one.line === line && one.message.startsWith(message));
  const suffix = day === today ? '' : ` (from ${day} on)`;
  return found.filter((fault) => !isKnown(fault)).map((fault) => ({ ...fault, message: `${fault.message}${suffix}` }));
}

/** The rule with the changes that it rests on: its own, and those of limits and windows behind it. */
function withLocal(rule: Rule, changes: readonly LocalChange[], definitions: Definitions): Rule {
  const { limits, windows } = ruleRestsOn(rule, definitions);
  const local = changes.filter(({ what }) => {
    if (what.kind === 'threshold') return limits.includes(what.id) || windows.includes(what.id);
    return 'rule' in what && what.rule === rule.id;
  });
  return local.length > 0 ? { ...rule, local } : rule;
}
