import { compareIndicators, type Rule } from '../../rules/rule.ts';
import type { Fault } from '../definition-error.ts';
import { type Definitions, valuesOn } from '../definitions.ts';
import { comparisonsOf, ruleFile } from './references.ts';

/**
 * Grades of one family, whose conditions differ in their thresholds only, stand in order: a worse one that begins
 * before a milder one hides it altogether.
 */
export function checkGrades(definitions: Definitions): readonly Fault[] {
  const shown = definitions.rules.filter(({ status }) => status === 'active');
  return shown.flatMap((worse) =>
    shown
      .filter((milder) => milder.family === worse.family && shapeOf(milder) === shapeOf(worse))
      .filter((milder) => compareIndicators(worse.card.indicator, milder.card.indicator) > 0)
      .flatMap((milder) => hiding(worse, milder, definitions)),
  );
}

function hiding(worse: Rule, milder: Rule, { thresholds }: Definitions): readonly Fault[] {
  const limits = (rule: Rule) => comparisonsOf(rule.when).map(({ threshold = '' }) => threshold);
  const limitsOfMilder = limits(milder);
  return comparisonsOf(worse.when).flatMap(({ operator, threshold = '' }, index) => {
    const [of, other] = [thresholds[threshold], thresholds[limitsOfMilder[index] ?? '']];
    if (of === undefined || other === undefined) return [];
    const days = new Set([...Object.keys(of.values), ...Object.keys(other.values)]);
    const isReached = [...days].some((day) => {
      const [ofWorse, ofMilder] = [valuesOn(of, day), valuesOn(other, day)];
      return [...ofWorse].some(([unit, value]) => {
        const before = ofMilder.get(unit) ?? value;
        return operator === 'atLeast' || operator === 'above' ? value < before : value > before;
      });
    });
    if (!isReached) return [];
    const message =
      `the ${worse.card.indicator} of '${worse.id}' ('${threshold}') begins before the ${milder.card.indicator} of ` +
      `'${milder.id}' ('${limitsOfMilder[index]}'), which would never be shown`;
    return [{ file: ruleFile(worse.id), message, about: threshold }];
  });
}

/** The condition without the names of its thresholds; whether a limit itself counts makes no other grade. */
function shapeOf({ when, unless }: Rule): string {
  const directions: Readonly<Record<string, string>> = { above: 'atLeast', atMost: 'below' };
  return JSON.stringify([when, unless], (key, value) => {
    if (key === 'threshold') return '';
    return key === 'operator' ? (directions[value] ?? value) : value;
  });
}
