import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const keyFile = 'patient.key';
const leastCharacters = 32;

/** The key cannot be used. Nothing of it is said. */
export class PatientKeyError extends Error {
  readonly code = 'ERR_PATIENT_KEY';

  constructor(message: string) {
    super(message);
    this.name = 'PatientKeyError';
  }
}

/** Stands for a patient where the id must not be kept: the same for the same id and key, and of no use without the key. */
export type PatientHash = (patientId: string) => string;

/**
 * Hashes with the key in the data directory, which is made when there is none; without a directory with a key that
 * dies with the process, so that only the cards of one run can be told to be of one patient.
 *
 * @throws PatientKeyError when there is a directory, but no key can be read from it or written to it
 */
export function createPatientHash(dataDir?: string): PatientHash {
  const key = dataDir === undefined ? randomBytes(32) : ownKey(dataDir);
  return (patientId) => createHmac('sha256', key).update(patientId).digest('hex').slice(0, 32);
}

function ownKey(dataDir: string): string {
  const file = join(dataDir, keyFile);
  const key = (readKey(file) ?? writeKey(dataDir, file)).trim();
  if (key.length >= leastCharacters) return key;
  throw new PatientKeyError(`${file}: a key has at least ${leastCharacters} characters`);
}

function readKey(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new PatientKeyError(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
}

/** Linked into place when it is complete: of several processes that start at once, all use the key of the first. */
function writeKey(dataDir: string, file: string): string {
  const own = join(dataDir, `${keyFile}.${randomUUID()}`);
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    writeFileSync(own, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flush: true });
    linkSync(own, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST') throw new PatientKeyError(`${file} cannot be written: ${code}`);
  } finally {
    rmSync(own, { force: true });
  }
  return readFileSync(file, 'utf8');
}
