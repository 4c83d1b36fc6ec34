import { StoreError, storeErrorOf } from '../../src/store/store-error.ts';

describe('a fault of the store', () => {
  it.each<[string, unknown, string]>([
    [
      'a code of SQLite',
      Object.assign(new Error('UNIQUE constraint failed: Zq'), { code: 'SQLITE_FULL' }),
      'SQLITE_FULL',
    ],
    ['a code of PostgreSQL', Object.assign(new Error('Zq'), { code: '57P01' }), '57P01'],
    [
      'a code of the network',
      Object.assign(new Error('connect ECONNREFUSED 10.0.0.1'), { code: 'ECONNREFUSED' }),
      'ECONNREFUSED',
    ],
    [
      'the word that a code begins with',
      { code: 'ConnectionFailed("Unable to open /secret/place")' },
      'ConnectionFailed',
    ],
    ['a time-out of the driver', new Error('Query read timeout'), 'late'],
    ['a time-out of the pool', new Error('timeout exceeded when trying to connect'), 'late'],
    [
      'the words of a full disk, which libsql gives no code of its own',
      Object.assign(new Error('database or disk is full'), { code: 'SQLITE_ERROR' }),
      'SQLITE_FULL',
    ],
    ['the name of an error', new TypeError('Zq'), 'TypeError'],
    ['anything else', 'Zq', 'unknown'],
    ['nothing', undefined, 'unknown'],
  ])('is known by %s, without its words', (_, error, reason) => {
    const fault = storeErrorOf(error);
    expect(fault.reason).toBe(reason);
    expect(fault.message).not.toMatch(/zq|secret|10\.0/i);
  });

  it.each([
    ['23505', true],
    ['22021', true],
    ['SQLITE_CONSTRAINT_PRIMARYKEY', true],
    ['SQLITE_BUSY', false],
    ['SQLITE_FULL', false],
    ['57P01', false],
    ['40P01', false],
    ['late', false],
    ['ECONNRESET', false],
  ])('%s is final: %s', (reason, isFinal) => {
    expect(new StoreError(reason).isFinal).toBe(isFinal);
  });
});
