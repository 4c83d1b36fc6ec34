import { cpSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { knowledgeHash } from '../../src/definitions/knowledge-hash.ts';
import { moduleFolder } from '../support/app.ts';

describe('the name of a state of the knowledge', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'knowledge-'));
    cpSync(moduleFolder, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is the same for the same files, wherever they are', () => {
    expect(knowledgeHash([folder])).toBe(knowledgeHash([moduleFolder]));
    expect(knowledgeHash([folder])).toMatch(/^[0-9a-f]{16}$/);
  });

  it.each<[string, () => void]>([
    ['a rule', () => writeFileSync(join(folder, 'rules/ecog-2-tace.yaml'), 'id: other')],
    ['a limit', () => writeFileSync(join(folder, 'thresholds.yaml'), 'a: 1')],
    ['a file more', () => writeFileSync(join(folder, 'rules/new.yaml'), '')],
    ['a file less', () => rmSync(join(folder, 'gaps.yaml'))],
    ['another name', () => renameSync(join(folder, 'gaps.yaml'), join(folder, 'gap.yaml'))],
  ])('is another one after %s', (_, change) => {
    change();
    expect(knowledgeHash([folder])).not.toBe(knowledgeHash([moduleFolder]));
  });

  it('is another one with an overlay', () => {
    const overlay = 'fhir-fixtures/site-overlay';
    expect(knowledgeHash([moduleFolder, overlay])).not.toBe(knowledgeHash([moduleFolder]));
  });

  it('is the same when only cases or documents change', () => {
    writeFileSync(join(folder, 'cases.yaml'), '');
    writeFileSync(join(folder, 'README.md'), '');
    expect(knowledgeHash([folder])).toBe(knowledgeHash([moduleFolder]));
  });
});
