import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DefinitionError } from '../../src/definitions/definition-error.ts';
import { loadDefinitions } from '../../src/definitions/load.ts';
import { moduleFolder } from '../support/app.ts';

let parent: string;
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'module-'));
});
afterAll(() => rmSync(parent, { recursive: true }));

/** What is said of the module when a text in one of its files is another. */
function faultsWith(file: string, from: string | RegExp, to: string): readonly string[] {
  const folder = join(parent, 'module');
  rmSync(folder, { recursive: true, force: true });
  cpSync(moduleFolder, folder, { recursive: true });
  const text = readFileSync(join(folder, file), 'utf8');
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`${file} does not hold ${from}`);
  writeFileSync(join(folder, file), changed);
  try {
    loadDefinitions(folder);
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    return error.message.split('\n').slice(1);
  }
  return [];
}

describe('a fault of the module is told with file and line', () => {
  it.each([
    [
      'an unknown key',
      'rules/ecog-2-tace.yaml',
      'topic:',
      'colour: red\ntopic:',
      /^ {2}module\/rules\/ecog-2-tace\.yaml:3: /,
    ],
    [
      'a name that is not declared',
      'rules/ecog-2-tace.yaml',
      'ecog-2 }',
      'ecog-9 }',
      /ecog-2-tace\.yaml:11: threshold 'ecog-9'/,
    ],
    [
      'a topic that links and is none',
      'service.yaml',
      'topics: [sequence,',
      'topics: [sequel,',
      /service\.yaml:\d+: topic 'sequel'/,
    ],
    [
      'a declaration that is not used',
      'thresholds.yaml',
      /^/,
      'spare: { description: d, unit: d, values: { 2026-01-01: { value: 1, evidence: project-choice } }, reviewedOn: 2026-01-01 }\n',
      /thresholds\.yaml:1: threshold 'spare' is never used/,
    ],
    [
      'a placeholder',
      'rules/ecog-2-tace.yaml',
      '**ECOG {ecog-status}**',
      '**ECOG {mood}**',
      /ecog-2-tace\.yaml:19: placeholder \{mood\}/,
    ],
    [
      'HTML',
      'rules/ecog-2-tace.yaml',
      '**ECOG {ecog-status}**',
      '<b>ECOG</b>',
      /ecog-2-tace\.yaml:\d+: detail: HTML is not possible/,
    ],
    ['a JSON file', 'value-sets/inr.json', '"compose"', '"decompose"', /value-sets\/inr\.json:1: compose: is missing/],
    [
      'a part of a JSON file',
      'value-sets/inr.json',
      '"system": "http',
      '"sytsem": "http',
      /value-sets\/inr\.json:1[0-9]: compose\.include\[0\]\.system/,
    ],
    [
      'a limit out of reach',
      'thresholds.yaml',
      'value: 8, evidence: tace-contra',
      'value: 80, evidence: tace-contra',
      /thresholds\.yaml:\d+: 'child-pugh-b8' is 80/,
    ],
    [
      'grades out of order',
      'rules/child-pugh-c-tace.yaml',
      'indicator: critical',
      'indicator: info',
      /child-pugh-b8-tace\.yaml:\d+: the warning of 'child-pugh-b8-tace'/,
    ],
    ['a rule of a site', 'rules/ecog-2-tace.yaml', 'ref: R12', 'ref: L12', /ecog-2-tace\.yaml:2: ref/],
    [
      'evidence of a site',
      'evidence.yaml',
      'verification: primary',
      'verification: site',
      /evidence\.yaml: .*only a hospital's own evidence/,
    ],
  ])('%s', (_, file, from, to, message) => {
    expect(faultsWith(file, from, to).join('\n')).toMatch(message);
  });
});
