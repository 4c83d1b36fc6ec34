import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { partsOf } from '../../src/definitions/checks/references.ts';
import { loadCases } from '../../src/definitions/load-cases.ts';
import { ruleRestsOn, writtenOut } from '../../src/definitions/rests-on.ts';
import { limitText } from '../../src/knowledge/amount.ts';
import { markdownPages } from '../../src/knowledge/markdown-pages.ts';
import { rulePage } from '../../src/knowledge/rule-page.ts';
import { moduleFolder, shippedDefinitions } from '../support/app.ts';

const definitions = shippedDefinitions();
const cases = loadCases(moduleFolder);
const pages = markdownPages(definitions, cases);
const folder = 'docs/rules';

/** The page as one line, to look for sentences that are wrapped in the file. */
function textOf(file: string): string {
  return unwrapped(pages.get(file) ?? '');
}

function unwrapped(text: string): string {
  return text.replace(/\s*\n>?\s*/g, ' ').replace(/\\\|/g, '|');
}

describe('docs/rules', () => {
  it('is what the rules say; otherwise run `npm run rule-docs`', () => {
    const written = existsSync(folder) ? readdirSync(folder) : [];
    const stale = [...pages].filter(
      ([file, text]) => !written.includes(file) || readFileSync(join(folder, file), 'utf8') !== text,
    );
    expect(stale.map(([file]) => file)).toEqual([]);
    expect(written.filter((file) => !pages.has(file))).toEqual([]);
  });
});

describe('the list of rules', () => {
  it('leads to the page of each rule', () => {
    const missing = definitions.rules.filter(({ id, title }) => !textOf('README.md').includes(`[${title}](${id}.md)`));
    expect(missing.map(({ id }) => id)).toEqual([]);
  });

  it('says who answers for them, of what day they are, and whom they concern', () => {
    const { clinicalOwner, evidencePack } = definitions.service;
    expect(textOf('README.md')).toContain(clinicalOwner);
    expect(textOf('README.md')).toContain(evidencePack);
    expect(textOf('README.md')).toContain(definitions.conditionTexts.get('hcc'));
  });
});

describe.each(definitions.rules.map((rule) => [rule.id, rule] as const))('the page of %s', (id, rule) => {
  const text = textOf(`${id}.md`);
  const raw = pages.get(`${id}.md`) ?? '';
  const foundation = ruleRestsOn(rule, definitions);
  const missing = (sentences: readonly (string | undefined)[]) =>
    sentences.filter((one) => one === undefined || !text.includes(unwrapped(one)));

  it('says what it is, who answers for it and whether it is shown', () => {
    const { clinicalOwner, evidencePack } = definitions.service;
    const sentences = [rule.title, rule.ref, rule.card.indicator, `${rule.version}, ${rule.status}`];
    expect(missing([...sentences, clinicalOwner, evidencePack])).toEqual([]);
  });

  it('gives each limit with its value, source and review', () => {
    const used = [...foundation.limits, ...foundation.windows].map((name) => definitions.thresholds[name]);
    const sources = used.flatMap((limit) => Object.values(limit?.values ?? {}).map(({ evidence }) => evidence));
    expect(missing(used.flatMap((limit) => [limit?.description, limit?.reviewedOn]))).toEqual([]);
    expect(missing(foundation.limits.map((name) => limitText(name, definitions)))).toEqual([]);
    expect(missing(sources.slice(-1).map((key) => definitions.evidence[key]?.title))).toEqual([]);
  });

  it('writes every named condition out', () => {
    const named = [rule.when, ...(rule.unless ? [rule.unless] : [])].flatMap((condition) =>
      partsOf(condition).flatMap((part) => ('condition' in part ? [part.condition] : [])),
    );
    expect(missing(named.map((name) => definitions.conditionTexts.get(name)))).toEqual([]);
    const parts = named.flatMap((name) => partsOf(writtenOut({ condition: name }, definitions)));
    const facts = parts.flatMap((part) => ('subject' in part && part.subject === 'fact' ? [part.id] : []));
    const spoken = facts.map((fact) => definitions.facts.get(fact)?.definition.title.toLowerCase());
    expect(spoken.filter((title) => !text.toLowerCase().includes(title ?? '?'))).toEqual([]);
  });

  it('names the orders of every group it speaks of', () => {
    const orders = foundation.orders.flatMap((group) => [...(definitions.groups.get(group) ?? [])]);
    expect(missing(orders.map((name) => definitions.orders.get(name)?.definition.label))).toEqual([]);
  });

  it('prints its evidence with how far it was checked, and a side that has none as well', () => {
    const entries = rule.evidence.map((key) => definitions.evidence[key]);
    expect(
      missing(entries.flatMap((entry) => [entry?.says, entry?.title, `last checked ${entry?.lastChecked}`])),
    ).toEqual([]);
    const sides = new Set(entries.map((entry) => entry?.stance));
    const headings = ['### For one therapy at a time', '### For giving them together'];
    const isTwoSided = sides.has('for') || sides.has('against');
    expect(headings.filter((heading) => text.includes(heading))).toEqual(isTwoSided ? headings : []);
  });

  it('prints options, reasons and what it offers to do', () => {
    const reasons = rule.overrideReasons.map((key) => definitions.overrideReasons.reasons[key]);
    expect(missing([...rule.options, ...reasons])).toEqual([]);
    expect(rulePage(rule, cases, definitions).card.suggestions).toHaveLength(rule.suggestions.length);
  });

  it('lists the cases in which it fires and in which it stays open, and some in which it does not fire', () => {
    const named = cases.cases.filter((one) => [...one.fires, ...one.undetermined].includes(id));
    expect(missing(named.map((one) => one.case.slice(1)))).toEqual([]);
    expect(rulePage(rule, cases, definitions).cases.doesNotFire.length).toBeGreaterThan(0);
  });

  it('shows what the service writes in the first of them, without a placeholder left', () => {
    const { card } = rulePage(rule, cases, definitions);
    const isEvaluated = rule.status === 'active' || rule.status === 'silent';
    expect(card.example !== undefined).toBe(isEvaluated);
    expect(`${card.example?.summary} ${card.example?.detail} ${card.summary} ${card.detail}`).not.toMatch(/[{}]/);
  });

  it('says of each fact where it is read, how old it may be, what its absence means and whether it is asked for', () => {
    const { data } = rulePage(rule, cases, definitions);
    expect(data).toHaveLength(foundation.facts.length);
    const bare = data.filter((row) => Object.values(row).some((cell) => cell === '' || cell.includes('undefined')));
    expect(bare).toEqual([]);
    const closed = foundation.facts.map((fact) => definitions.facts.get(fact)?.definition.absenceRationale ?? '');
    expect(missing(closed)).toEqual([]);
  });

  it('names the rules of its family once, on the side on which they are', () => {
    const { supersedes, givesWayTo } = rulePage(rule, cases, definitions).family;
    const shown = definitions.rules.filter(({ family, status }) => family === rule.family && status === 'active');
    const others = shown.filter((other) => other.id !== id).map((other) => other.id);
    expect([...supersedes, ...givesWayTo].map((other) => other.id).sort()).toEqual(others.sort());
    expect(missing(rule.knownGaps === undefined ? [] : [rule.knownGaps])).toEqual([]);
  });

  it('is well-formed: no placeholder, no leftover of a program', () => {
    expect(raw).not.toMatch(/undefined|NaN|\[object|\{[a-z-]+\}|Infinity/);
  });
});

it('two rules of a family agree on which of them is printed', () => {
  const all = definitions.rules.map((rule) => rulePage(rule, cases, definitions));
  const pairs = all.flatMap(({ id, family }) => family.supersedes.map((other) => `${id} > ${other.id}`));
  const reversed = all.flatMap(({ id, family }) => family.givesWayTo.map((other) => `${other.id} > ${id}`));
  expect(pairs.sort()).toEqual(reversed.sort());
});
