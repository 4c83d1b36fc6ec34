import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPatientHash } from '../../src/store/patient-hash.ts';
import { buildService } from '../support/built.ts';
import { freshFolder } from '../support/stores.ts';

describe('the hash that stands for a patient', () => {
  let dataDir: string;
  let remove: () => Promise<void>;
  beforeEach(async () => {
    const fresh = await freshFolder();
    ({ dataDir } = fresh.place);
    remove = fresh.remove;
  });
  afterEach(() => remove());

  it('is the same for the same id and key, in every process, and another for another id or key', () => {
    const [one, again] = [createPatientHash(dataDir), createPatientHash(dataDir)];
    expect(one('4711')).toBe(again('4711'));
    expect(one('4711')).not.toBe(one('4712'));
    rmSync(join(dataDir, 'patient.key'));
    expect(createPatientHash(dataDir)('4711')).not.toBe(one('4711'));
  });

  it('holds nothing of the id, and is no hash that can be made without the key', () => {
    const hash = createPatientHash(dataDir)('4711');
    expect(hash).toMatch(/^[0-9a-f]{32}$/);
    writeFileSync(join(dataDir, 'patient.key'), `${'k'.repeat(32)}\n`);
    expect(createPatientHash(dataDir)('4711')).toBe('17eff22d8cdece90ba41638c9e94a573');
  });

  it('has a key that only the owner can read, and that is made with its directory', () => {
    const folder = join(dataDir, 'deeper', 'data');
    createPatientHash(folder);
    expect(readFileSync(join(folder, 'patient.key'), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    expect(statSync(join(folder, 'patient.key')).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder)).toEqual(['patient.key']);
  });

  it('has one key, however many processes start at once', () => {
    buildService();
    const program = `
      import { createPatientHash } from ${JSON.stringify(join(process.cwd(), 'dist/store/patient-hash.js'))};
      process.stdout.write(createPatientHash(${JSON.stringify(dataDir)})('4711'));`;
    const script = `for i in 1 2 3 4 5 6; do "${process.execPath}" --input-type=module -e "$PROGRAM" & done; wait`;
    const { stdout } = spawnSync('sh', ['-c', script], { encoding: 'utf8', env: { ...process.env, PROGRAM: program } });
    expect(stdout).toBe(createPatientHash(dataDir)('4711').repeat(6));
    expect(readdirSync(dataDir)).toEqual(['patient.key']);
  });

  it('has a key that dies with the process where there is no data directory', () => {
    expect(createPatientHash()('4711')).not.toBe(createPatientHash()('4711'));
  });

  it.each<[string, () => void]>([
    ['is too short', () => writeFileSync(join(dataDir, 'patient.key'), 'short')],
    ['is empty', () => writeFileSync(join(dataDir, 'patient.key'), '')],
    ['is a folder', () => mkdirSync(join(dataDir, 'patient.key'))],
  ])('is not made when the key %s', (_, plant) => {
    plant();
    expect(() => createPatientHash(dataDir)).toThrow(expect.objectContaining({ code: 'ERR_PATIENT_KEY' }));
  });

  it('is not made when there can be no directory', () => {
    writeFileSync(join(dataDir, 'file'), '');
    expect(() => createPatientHash(join(dataDir, 'file', 'data'))).toThrow(/patient\.key/);
  });
});
