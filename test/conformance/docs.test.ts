import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import type { Bundle, FhirResource } from 'fhir/r4.js';
import request from 'supertest';
import type { Card } from '../../src/cds-hooks/card.ts';
import { thresholdsOn } from '../../src/definitions/definitions.ts';
import { prefetchTemplates } from '../../src/definitions/prefetch-templates.ts';
import { FactDefinition } from '../../src/definitions/schemas/facts.ts';
import { SiteFile } from '../../src/definitions/schemas/site.ts';
import { AUTHORED_ON } from '../../src/sandbox/shift-dates.ts';
import { shippedDefinitions, testApp } from '../support/app.ts';
import { updating } from '../support/golden.ts';

/** What documents state about definitions and answers is compared with them. The places are marked by HTML comments. */
const definitions = shippedDefinitions();
const { service, rules, facts, overrideReasons } = definitions;
const moduleReadme = 'hooks/hcc-tace-systemic/README.md';

const documents = [
  ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'hooks/README.md', moduleReadme],
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join('docs', path)),
];

describe('docs/architecture.md lists what is exempt from completion soundness', () => {
  it('every fact that reads absence as no', () => {
    const closed = [...facts.values()].filter(({ definition }) => definition.whenAbsent === 'no');
    expect([...ticked(marked('docs/architecture.md', 'exempt:closed-world', 'exempt'))].sort()).toEqual(
      closed.map(({ id }) => id).sort(),
    );
  });

  it('every rule with `unless`, and the gate', () => {
    const withUnless = rules.filter(({ unless }) => unless !== undefined).map(({ id }) => id);
    const gate = service.gate.unless === undefined ? [] : ['gate'];
    expect([...ticked(marked('docs/architecture.md', 'exempt:unless', 'exempt'))].sort()).toEqual(
      [...withUnless, ...gate].sort(),
    );
  });
});

describe('docs/integration.md holds what a client is configured with', () => {
  const table = (name: string) => rowsOf(marked('docs/integration.md', name));

  it('the services', () => {
    expect(table('services')).toEqual(service.services.map(({ id, hook }) => [id, hook]));
  });

  it('D17: the prefetch templates as they are served', async () => {
    const { body } = await request(testApp()).get('/cds-services');
    const written = table('templates').map(([key, template, required]) => ({ key, template, required }));
    const served = Object.entries(prefetchTemplates(definitions)).map(([key, template]) => ({
      key,
      template,
      required: service.reads[key]?.required ? 'required' : 'optional',
    }));
    expect(written).toEqual(served);
    for (const { prefetch } of body.services)
      expect(prefetch).toEqual(Object.fromEntries(served.map(({ key, template }) => [key, template])));
  });

  it('the further keys that a client may send', () => {
    const further = Object.entries(service.reads).filter(([, { prefetch }]) => !prefetch);
    expect(table('extra-keys').map(([key, query]) => [key, query])).toEqual(
      further.map(([key, { query }]) => [key, query]),
    );
  });

  it('the scopes of everything that is read', () => {
    const read = Object.values(service.reads).map(({ query }) => /^\w+/.exec(query)?.[0]);
    expect(new Set(table('scopes').map(([resource]) => resource))).toEqual(
      new Set([...read, 'Medication', 'ResearchStudy']),
    );
  });

  it('the topics', () => {
    expect(table('topics')).toEqual(Object.values(service.topics).map(({ code, display }) => [code, display]));
  });

  it('the override reasons', () => {
    expect(table('override-reasons')).toEqual(Object.entries(overrideReasons.reasons));
  });
});

describe('the documents of the knowledge', () => {
  it('list every rule with its number, indicator and what is done when it is undetermined', () => {
    const written = rowsOf(marked(moduleReadme, 'rules')).map((row) => row.slice(0, 4).join(' | '));
    const shipped = rules.map(({ ref, id, card, whenUnknown }) => [ref, id, card.indicator, whenUnknown].join(' | '));
    expect([...written].sort()).toEqual([...shipped].sort());
  });

  it('give thresholds the values that are in force', () => {
    const inForce = thresholdsOn(definitions, new Date(AUTHORED_ON));
    for (const [id = '', value] of rowsOf(marked(moduleReadme, 'thresholds'))) {
      const values = [...(inForce.get(id)?.values ?? [])].map(([unit, one]) =>
        unit === '1' ? `${one}` : `${one} ${unit}`,
      );
      expect(`${id}: ${value}`).toBe(`${id}: ${values.join(', ')}`);
    }
  });

  it('list every reducer', () => {
    const declared = FactDefinition.options.map(({ shape }) => shape.reducer.value);
    expect(rowsOf(marked('hooks/README.md', 'reducers')).map(([name]) => name)).toEqual(declared);
  });
});

describe('docs/local-policy.md', () => {
  it('lists every section of site.yaml', () => {
    const { site: _, timeZone: __, ...sections } = SiteFile.shape;
    const written = rowsOf(marked('docs/local-policy.md', 'sections')).map(([name]) => name);
    expect([...written].sort()).toEqual(Object.keys(sections).sort());
  });
});

describe('README.md', () => {
  it('lists every variable of the configuration', () => {
    const declared = [...readFileSync('src/config.ts', 'utf8').matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(
      ([, name]) => name,
    );
    expect(declared.length).toBeGreaterThan(5);
    expect(rowsOf(marked('README.md', 'config')).map(([name]) => name)).toEqual(declared);
  });

  it('shows a card as the service writes it', async () => {
    const drafts = [order('ServiceRequest', '1', 'TACE'), drug('2', 'atezolizumab'), drug('3', 'bevacizumab')];
    const cards = await cardsOf({ ...session('both-at-once', drafts), hook: 'order-sign' });
    const written = cards.map(({ indicator, summary, detail }) => `**${indicator}** · ${summary}\n\n${detail}`);
    const quoted = written.map((text) => text.replace(/^(?=.)/gm, '> ').replace(/^$/gm, '>'));
    expectShown('card', `${quoted.join('\n\n')}\n`);
  });

  it('shows a request and what it is answered', async () => {
    const { fhirServer, ...body } = JSON.parse(/-d '(\{.*\})'/s.exec(marked('README.md', 'request'))?.[1] ?? '');
    expect(fhirServer).toMatch(/\/fhir$/);
    const cards = await cardsOf({ ...body, prefetch: prefetchOf(body.context.patientId) });
    expectShown('answer', `\`\`\`json\n${JSON.stringify({ cards: cards.map(shortened) }, null, 2)}\n\`\`\`\n`);
  });
});

/** Written instead of compared by `GOLDEN=update npx jest test/conformance/docs.test.ts`. */
function expectShown(name: string, text: string): void {
  if (updating)
    writeFileSync(
      'README.md',
      readFileSync('README.md', 'utf8').replace(marked('README.md', name), () => text),
    );
  expect(marked('README.md', name)).toBe(text);
}

/** A card without what is long or random. */
function shortened({ detail, suggestions = [], ...card }: Card): object {
  return {
    ...card,
    uuid: '…',
    detail: `${detail.split('\n')[0]}…`,
    suggestions: suggestions.map(({ label }) => ({ label, uuid: '…', actions: ['…'] })),
    overrideReasons: ['…'],
  };
}

describe.each(documents)('%s', (document) => {
  const text = readFileSync(document, 'utf8');

  it('links to files that exist', () => {
    const targets = [...withoutCode(text).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target);
    const local = targets.filter((target) => !/^[a-z]+:/.test(target));
    expect(local.filter((target) => !existsSync(normalize(join(dirname(document), target))))).toEqual([]);
  });

  it('links to headings that exist', () => {
    const anchors = [...withoutCode(text).matchAll(/\]\(([^)#\s]*)#([^)]+)\)/g)].filter(
      ([, file = '']) => !/^[a-z]+:/.test(file),
    );
    const missing = anchors.filter(([, file = '', anchor = '']) => {
      const target = file === '' ? document : normalize(join(dirname(document), file));
      return !headingsOf(readFileSync(target, 'utf8')).includes(anchor);
    });
    expect(missing.map(([link]) => link)).toEqual([]);
  });

  it('keeps its prose within 120 characters a line', () => {
    const quoted = /<!-- card -->.*<!-- \/card -->/s;
    const lines = withoutCode(text.replace(quoted, '')).split('\n');
    const isOneWord = (line: string) => !/\S\s+\S/.test(line.replace(/^[\s>-]+/, ''));
    const long = lines.filter((line) => [...line].length > 120 && !line.startsWith('|'));
    expect(long.filter((line) => !isOneWord(line))).toEqual([]);
  });
});

/** What stands between `<!-- name -->` and the comment that closes it. */
function marked(file: string, name: string, closing = name): string {
  const [, after] = readFileSync(file, 'utf8').split(`<!-- ${name} -->\n`);
  const [inside, rest] = after?.split(`<!-- /${closing} -->`) ?? [];
  if (inside === undefined || rest === undefined) throw new Error(`${file}: nothing is marked as ${name}`);
  return inside;
}

function ticked(text: string): readonly string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
}

/** The rows of a Markdown table, without its head; code is given as text. */
function rowsOf(table: string): readonly (readonly string[])[] {
  const lines = table.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replace(/^`(.*)`$/, '$1')),
  );
}

function withoutCode(text: string): string {
  return text.replace(/^```.*?^```/gms, '');
}

/** As GitHub makes anchors of headings. */
function headingsOf(text: string): readonly string[] {
  const headings = [...withoutCode(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function order(resourceType: string, id: string, text: string) {
  return { resourceType, id, status: 'draft', intent: 'order', code: { text } };
}

function drug(id: string, text: string) {
  return {
    resourceType: 'MedicationRequest',
    id,
    status: 'draft',
    intent: 'order',
    medicationCodeableConcept: { text },
  };
}

function session(patientId: string, drafts: readonly object[]) {
  const draftOrders = { resourceType: 'Bundle', entry: drafts.map((resource) => ({ resource })) };
  const hookInstance = 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea';
  return { hookInstance, context: { patientId, draftOrders }, prefetch: prefetchOf(patientId) };
}

/** The record of a story, by the type of resource that each template asks for. */
function prefetchOf(slug: string): Readonly<Record<string, unknown>> {
  const story: Bundle<FhirResource> = JSON.parse(readFileSync(`fhir-fixtures/patients/${slug}/bundle.json`, 'utf8'));
  const resources = (story.entry ?? []).flatMap(({ resource }) => resource ?? []);
  const answers = Object.entries(service.reads).map(([key, { query }]) => {
    const [type] = query.split(/[?/]/);
    const matches = resources.filter(({ resourceType }) => resourceType === type);
    const bundle = { resourceType: 'Bundle', type: 'searchset', entry: matches.map((resource) => ({ resource })) };
    return [key, query.includes('?') ? bundle : matches[0]] as const;
  });
  return Object.fromEntries(answers);
}

async function cardsOf(body: { readonly hook: string }): Promise<readonly Card[]> {
  const app = testApp({ now: () => new Date(`${AUTHORED_ON}T12:00:00Z`) });
  const response = await request(app).post(`/cds-services/hcc-${body.hook}`).send(body).expect(200);
  return response.body.cards;
}
