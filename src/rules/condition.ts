import { z } from 'zod';

/**
 * The condition vocabulary: `all`, `any`, `none` over orders, drafts, facts, measures and named conditions. Numbers
 * are compared with a named threshold, never with a literal. A new operator needs an architecture decision record.
 */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly none: readonly Condition[] }
  /** An order of this name or group is advised on; `indication: any` also when it is meant for another disease. */
  | { readonly order: string; readonly indication?: 'any' }
  /** An order of this name or group is among the drafts of the session, advised on or not. */
  | { readonly draft: string }
  | { readonly condition: string }
  | Comparison;

export interface Comparison {
  readonly subject: 'fact' | 'measure';
  readonly id: string;
  readonly operator: Operator;
  /** The named threshold; none for `present` and `concerns`. */
  readonly threshold?: string;
  /** For `concerns`: the named condition whose orders the fact has to speak of. */
  readonly of?: string;
}

const operators = ['present', 'concerns', 'above', 'atLeast', 'below', 'atMost'] as const;
export type Operator = (typeof operators)[number];

type Fault = (path: readonly PropertyKey[], message: string) => void;

/** Parses a condition as written in YAML; every fault is reported with its path. */
export const Condition = z.unknown().transform((value, context): Condition => {
  const faults: [readonly PropertyKey[], string][] = [];
  const condition = parse(value, [], (path, message) => faults.push([path, message]));
  for (const [path, message] of faults) context.addIssue({ code: 'custom', path: [...path], message });
  return condition ?? { all: [] };
});

function parse(value: unknown, path: readonly PropertyKey[], fault: Fault): Condition | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    fault(path, 'must be a condition, such as { fact: …, present: true }');
    return undefined;
  }
  const written = value as Record<string, unknown>;
  const keys = Object.keys(written);
  for (const combination of ['all', 'any', 'none'] as const) {
    if (!(combination in written)) continue;
    if (keys.length > 1) fault(path, `'${combination}' stands alone, found also ${others(keys, [combination])}`);
    return parseParts(combination, written[combination], [...path, combination], fault);
  }
  for (const leaf of ['order', 'draft', 'condition'] as const) {
    if (leaf in written) return parseName(leaf, written, path, fault);
  }
  return parseComparison(written, path, fault);
}

function parseParts(
  combination: 'all' | 'any' | 'none',
  value: unknown,
  path: readonly PropertyKey[],
  fault: Fault,
): Condition | undefined {
  if (!Array.isArray(value) || value.length === 0) {
    fault(path, 'must be a list of at least one condition');
    return undefined;
  }
  const parts = value.flatMap((part, index) => parse(part, [...path, index], fault) ?? []);
  return { [combination]: parts } as unknown as Condition;
}

function parseName(
  leaf: 'order' | 'draft' | 'condition',
  written: Record<string, unknown>,
  path: readonly PropertyKey[],
  fault: Fault,
): Condition | undefined {
  const allowed = leaf === 'order' ? ['order', 'indication'] : [leaf];
  const extra = Object.keys(written).filter((key) => !allowed.includes(key));
  if (extra.length > 0) fault(path, `unknown key ${extra.join(', ')}`);
  if (typeof written[leaf] !== 'string') fault([...path, leaf], 'must be a name');
  if (written.indication !== undefined && written.indication !== 'any')
    fault([...path, 'indication'], "can only be 'any'");
  return written as unknown as Condition;
}

function parseComparison(
  written: Record<string, unknown>,
  path: readonly PropertyKey[],
  fault: Fault,
): Condition | undefined {
  const keys = Object.keys(written);
  const subject = (['fact', 'measure'] as const).find((key) => key in written);
  const found = operators.filter((operator) => operator in written);
  const [operator] = found;
  if (subject === undefined || operator === undefined || found.length > 1 || keys.length !== 2) {
    fault(path, `must be fact or measure with one of ${operators.join(', ')}; found ${keys.join(', ') || 'nothing'}`);
    return undefined;
  }
  const [name, threshold] = [written[subject], written[operator]];
  if (typeof name !== 'string') fault([...path, subject], 'must be a name');
  if (operator === 'present') {
    if (subject === 'measure') fault(path, 'a measure is compared with a threshold; only a fact can be present');
    if (threshold !== true) fault([...path, operator], 'can only be true; use none for its opposite');
    return { subject, id: String(name), operator };
  }
  if (operator === 'concerns') {
    if (subject === 'measure') fault(path, 'only a fact can concern orders');
    if (typeof threshold !== 'string') fault([...path, operator], 'must name a condition');
    return { subject, id: String(name), operator, of: String(threshold) };
  }
  if (typeof threshold !== 'string') fault([...path, operator], 'must name a threshold, never a number');
  return { subject, id: String(name), operator, threshold: String(threshold) };
}

function others(keys: readonly string[], known: readonly string[]): string {
  return keys.filter((key) => !known.includes(key)).join(', ');
}
