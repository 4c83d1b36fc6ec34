import { existsSync, readFileSync } from 'node:fs';
import { definition } from '../support/validate-response.ts';

const file = '../shared/schemas/derived/derived-schema-cases.json';

interface SchemaCase {
  readonly name: string;
  readonly def: string;
  readonly valid: boolean;
  readonly body: unknown;
}

const cases: readonly SchemaCase[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];

describe('the CDS Hooks schema', () => {
  afterAll(() => {
    const why = cases.length === 0 ? `, ${file} is not there` : '';
    process.stdout.write(`CDS Hooks schema: ${cases.length} good and bad cases${why}\n`);
  });

  it('takes the empty answer', () => {
    expect(definition('response')({ cards: [] })).toBe(true);
    expect(definition('response')({})).toBe(false);
  });

  it('decides every published good and bad case as its author did', () => {
    const wrong = cases.filter(({ def, valid, body }) => definition(def)(body) !== valid).map(({ name }) => name);
    expect(wrong).toEqual([]);
  });
});
