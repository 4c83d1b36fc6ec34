import type { Dice } from './dice.ts';

/** What is put in the place of a value. */
export type Value = (dice: Dice, was: unknown) => unknown;

const empty = [null, [], {}, '', ' ', 0, false, true, [null], [[]], [{}], {}];

const numbers = [
  ...[-1, 0, -0, 0.1, 1e-7, 1e21, 1e308, -1e308, 5e-324, 2 ** 31, 2 ** 53, 2 ** 53 + 2, -(2 ** 63), 41, 3.5, 1200],
  // What no number of JavaScript becomes when it is written.
  ...['1e400', '-1e400', '1e-400', '-0', '123456789012345678901234567890', '0.1000000000000000055511151231257827'],
];

const texts = [
  ...['null', 'undefined', 'NaN', '-', '…', '\u0000', '\u0007\u001b[31m', '\r\n\t', '\u2028\u2029', '\ufeff', '\ud83d'],
  ...[
    '\udc00x',
    '\u202egnirts',
    'e\u0301\u0301\u0301',
    'ﬃ',
    'ＴＡＣＥ',
    '𝕋𝔸ℂ𝔼',
    'İıſK',
    '🧬👩‍👩‍👧‍👦',
    '中文',
    'עברית',
    '%00%2f..%2f',
  ],
  ...[
    '<script>alert(1)</script>',
    '![x](http://evil.example)',
    '[x](javascript:alert(1))',
    '| a | b |',
    '`',
    '**',
    '&lt;',
  ],
  ...["'; drop table shown_card; --", '$' + '{7*7}', '{{context.patientId}}', '../../etc/passwd', 'file:///etc/passwd'],
  ...[
    'Patient/',
    '/Patient/x',
    'Patient/x/_history/2',
    'urn:uuid:',
    'urn:oid:1.2',
    '#contained',
    'https://evil.example/x',
  ],
  ...['http://169.254.169.254/latest', 'http://[::1]:1/', 'http://127.0.0.1:1/fhir', 'Patient?identifier=x', '#'],
  ...[
    '2026-11-05',
    '2026-11',
    '2026',
    '2026-02-30',
    '0000-00-00',
    '9999-12-31',
    '-271821-04-20',
    '2026-11-05T25:61:61Z',
  ],
  ...['2026-11-05T12:00:00+99:99', '2026-11-05T12:00:00.123456789Z', '20261105', 'yesterday', '2016-12-31T23:59:60Z'],
  ...[
    '<0.2',
    '>= 12',
    '1,5',
    '1.5.5',
    '0x10',
    '1e3',
    '∞',
    'A6',
    'B7-8',
    'C',
    'grade 2',
    'ECOG 5',
    'mg/dL',
    'µmol/L',
    'μmol/l',
  ],
  ...['draft', 'active', 'stopped', 'entered-in-error', 'order', 'final', 'refuted', 'resolved', 'Bundle', 'Patient'],
  ...[
    'OperationOutcome',
    'Observation',
    'MedicationRequest',
    'TACE',
    'atezolizumab',
    'HCC',
    'no evidence of HCC',
    '(HCC)',
  ],
];

/** Deep enough for a function that calls itself, and as text, since nothing that calls itself can write it. */
const deep = [50, 2_000, 30_000];

const longTexts: readonly Value[] = [
  (dice) => 'a'.repeat(dice.pick([140, 300, 5_000, 200_000])),
  (dice) => 'TACE HCC '.repeat(dice.pick([20, 3_000])),
  (dice) => '(CMS/HCC) no evidence of '.repeat(dice.pick([20, 2_000])),
  (dice) => '\u0301'.repeat(dice.pick([10, 30_000])),
  (dice) => '\\"'.repeat(dice.pick([10, 30_000])),
];

export const values: readonly Value[] = [
  ...Array.from({ length: 6 }, (): Value => (dice) => structuredClone(dice.pick(empty))),
  ...Array.from({ length: 4 }, (): Value => (dice) => rawNumber(dice.pick(numbers))),
  ...Array.from({ length: 8 }, (): Value => (dice) => dice.pick(texts)),
  (dice) => nested(dice),
  (dice) => dice.pick(longTexts)(dice, undefined),
  (_, was) => poisoned(was),
  (_, was) => (typeof was === 'string' ? was.slice(0, -1) : [was, was]),
  (dice, was) => (typeof was === 'number' ? was * dice.pick([-1, 10, 1000, 1e-3, 1e9]) : was),
  (dice, was) => (typeof was === 'string' ? was.toUpperCase() + dice.pick(['', ' ', '/', '\u0000']) : texts[0]),
];

/** Stands for JSON that cannot be made of a value; `written` puts it there. */
const raw = (text: string) => `\u0001raw ${text}\u0001`;

function rawNumber(value: number | string): number | string {
  return typeof value === 'number' ? value : raw(value);
}

function nested(dice: Dice): string {
  const depth = dice.pick(deep);
  const [open, inner, close] = dice.pick([
    ['[', '', ']'],
    ['{"a":', '1', '}'],
    ['{"resourceType":"Bundle","entry":[{"resource":', 'null', '}]}'],
    ['{"extension":[', '', ']}'],
  ] as const);
  return raw(`${open} ${depth} ${inner} ${close}`);
}

/** Keys that an assignment takes for the prototype. */
function poisoned(was: unknown): unknown {
  const poison = { polluted: true, status: 'active', resourceType: 'Condition', toString: 'x' };
  const keys = ['__proto__', 'constructor', 'prototype'].map((key) => [
    key,
    key === 'constructor' ? { prototype: poison } : poison,
  ]);
  const own = typeof was === 'object' && was !== null && !Array.isArray(was) ? Object.entries(was) : [];
  return Object.defineProperties(
    {},
    Object.fromEntries(
      [...keys, ...own].map(([key, value]) => [key, { value, enumerable: true, configurable: true, writable: true }]),
    ),
  );
}

/** The JSON of a mutated value. */
export function written(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  if (!text.includes('\\u0001raw ')) return text;
  return text.replace(/"\\u0001raw ((?:[^"\\]|\\.)*?)\\u0001"/g, (_, inside: string) =>
    expanded(JSON.parse(`"${inside}"`)),
  );
}

function expanded(inside: string): string {
  const [, open, depth, inner, close] = /^(\S+) (\d+) (\S*) (\S+)$/.exec(inside) ?? [];
  if (open === undefined || depth === undefined || close === undefined) return inside;
  return `${open.repeat(Number(depth))}${inner}${close.repeat(Number(depth))}`;
}
