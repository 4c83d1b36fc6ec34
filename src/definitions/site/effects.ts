import { evaluateRules } from '../../rules/evaluate.ts';
import { type CasesFile, type RuleCase, runCases, situationOf } from '../cases.ts';
import { type Definitions, vocabularyOn } from '../definitions.ts';

/** A rule that says something else of a case because of a hospital's policy. */
export interface Effect {
  readonly case: string;
  readonly rule: string;
  readonly expected: string;
  readonly now: string;
}

/** Case by case, what a hospital's policy changes in what the module's own cases expect. */
export function effectsOf(file: CasesFile, shipped: Definitions, local: Definitions, day: Date): readonly Effect[] {
  return file.cases.flatMap((one) => {
    const expected = outcomesOf(one, file, shipped, day);
    const now = outcomesOf(one, file, local, day);
    return [...new Set([...expected.keys(), ...now.keys()])].flatMap((rule) => {
      const [before, after] = [expected.get(rule) ?? 'does not fire', now.get(rule) ?? notEvaluated];
      // A rule of the site that does not fire, a shipped one that did not and is disabled: nothing has changed.
      const isQuiet = (text: string) => text === 'does not fire' || text === notEvaluated;
      return before === after || (isQuiet(before) && isQuiet(after))
        ? []
        : [{ case: one.case, rule, expected: before, now: after }];
    });
  });
}

const notEvaluated = 'not evaluated';

/** What each rule does in a case, as far as a clinician sees it. */
function outcomesOf(one: RuleCase, { baseline }: CasesFile, definitions: Definitions, day: Date) {
  const situation = situationOf(one, baseline, definitions);
  const verdicts = evaluateRules(definitions.rules, situation, vocabularyOn(definitions, day));
  return new Map(
    verdicts.map(({ rule, truth }) => {
      if (truth === 'false') return [rule.id, 'does not fire'];
      const text = truth === 'true' ? `fires (${rule.card.indicator})` : 'is undetermined';
      return [rule.id, rule.status === 'silent' ? `${text}, silent` : text];
    }),
  );
}

/** The cases of a hospital's overlay. */
export interface SiteCases {
  readonly cases: CasesFile;
  /** The rules that the overlay holds, in force or not. */
  readonly ownRules: readonly string[];
  /** 'overlay/cases.yaml:12' */
  placeOf(name: string): string;
}

export interface SiteCaseResults {
  readonly faults: readonly string[];
  readonly warnings: readonly string[];
  readonly held: number;
}

/** Runs the cases of the overlay under its policy. Those about a rule of its own that is not in force are left out. */
export function runSiteCases({ cases, ownRules, placeOf }: SiteCases, local: Definitions, day: Date): SiteCaseResults {
  const inForce = new Set(local.rules.map(({ id }) => id));
  const waiting = ({ fires, undetermined }: RuleCase) =>
    [...fires, ...undetermined].find((id) => ownRules.includes(id) && !inForce.has(id));
  const left = cases.cases.flatMap((one) => {
    const rule = waiting(one);
    return rule === undefined ? [] : [`${placeOf(one.case)}: '${one.case}' is not run: ${rule} is not in force`];
  });
  const run = cases.cases.filter((one) => waiting(one) === undefined);
  const results = run.map((one) => {
    try {
      const failures = runCases({ ...cases, cases: [one] }, local, vocabularyOn(local, day));
      return failures.map(({ message }) => `${placeOf(one.case)}: case '${one.case}': ${message}`);
    } catch (error) {
      return [`${placeOf(one.case)}: ${error instanceof Error ? error.message : String(error)}`];
    }
  });
  return { faults: results.flat(), warnings: left, held: results.filter((faults) => faults.length === 0).length };
}
