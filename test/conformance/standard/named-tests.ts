import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';

/** A test whose title begins with the requirements that it holds us to: `it('K2, K4: …')`. */
export interface NamedTest {
  readonly file: string;
  /** Its `describe`s and its title without the ids. */
  readonly title: string;
  readonly ids: readonly string[];
  /** Whether this is a title that Jest reports of it: the own one, with what a table filled in. */
  isTitled(reported: string): boolean;
}

interface Node {
  readonly type?: string;
  readonly [member: string]: unknown;
}

const naming = /^([A-Z]\d{1,2}(?:, [A-Z]\d{1,2})*): (.+)$/s;

/** What Jest fills in from the table of `it.each`; `…` stands for an expression in a template. */
const filledIn = /%[a-z]|\$\w+|…/;

/** Every test that is named by a requirement, found in the syntax of the test files. Nothing is run. */
export function namedTests(): readonly NamedTest[] {
  const files = readdirSync('test', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'));
  return files.sort().flatMap((file) => testsIn(join('test', file)));
}

function testsIn(file: string): readonly NamedTest[] {
  return titlesIn(parseSync(readFileSync(file, 'utf8'), { syntax: 'typescript' }), []).flatMap((titles) => {
    const own = titles.at(-1) ?? '';
    const [, ids, title] = naming.exec(own) ?? [];
    if (ids === undefined || title === undefined) return [];
    const reported = new RegExp(`^${own.split(filledIn).map(escaped).join('.*')}$`, 's');
    return [
      {
        file,
        title: [...titles.slice(0, -1), title].join(' › '),
        ids: ids.split(', '),
        isTitled: (other) => reported.test(other),
      },
    ];
  });
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** The titles of all tests below a node, each with the titles of what it stands in. */
function titlesIn(value: unknown, within: readonly string[]): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  const children = (path: readonly string[]) => Object.values(value).flatMap((child) => titlesIn(child, path));
  const node = value as Node;
  if (node.type !== 'CallExpression') return children(within);
  const title = titleOf(node);
  const name = calledName(node.callee);
  if (title === undefined) return children(within);
  if (name === 'it' || name === 'test') return [[...within, title]];
  return children(name === 'describe' ? [...within, title] : within);
}

/** 'it' for `it(…)`, `it.each(…)(…)` and ``it.each`…`(…)``. */
function calledName(callee: unknown): string | undefined {
  const node = callee as Node | undefined;
  if (node?.type === 'Identifier') return node.value as string;
  return node && calledName(node.object ?? node.callee ?? node.tag);
}

function titleOf({ arguments: given }: Node): string | undefined {
  const [first] = given as readonly { readonly expression: Node }[];
  const { type, value, quasis } = first?.expression ?? {};
  if (type === 'StringLiteral') return value as string;
  if (type !== 'TemplateLiteral') return undefined;
  return (quasis as readonly { readonly cooked: string }[]).map(({ cooked }) => cooked).join('…');
}
