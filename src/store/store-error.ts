/** The store could not do what was asked, or not in time. Says nothing of what was to be stored. */
export class StoreError extends Error {
  readonly code = 'ERR_STORE';
  /** `late`, or the database's code of the fault: SQLITE_FULL, ECONNREFUSED, 57P01. */
  readonly reason: string;

  constructor(reason: string) {
    super(`The store cannot be used: ${reason}`);
    this.name = 'StoreError';
    this.reason = reason;
  }

  /** True when there is no room for it. */
  get isFull(): boolean {
    return /^(?:SQLITE_FULL|53[0-9A-Z]{3})$/.test(this.reason);
  }

  /** True when it may succeed a moment later: it took too long, or somebody else was writing. */
  get isBusy(): boolean {
    return this.reason === 'late' || /^SQLITE_(?:BUSY|LOCKED)/.test(this.reason);
  }

  /** True when the same thing cannot succeed later either: the database is there and refuses the data. */
  get isFinal(): boolean {
    return /^(?:22|23)[0-9A-Z]{3}$|^SQLITE_(?:CONSTRAINT|MISMATCH|TOOBIG|RANGE)/.test(this.reason);
  }
}

/** A code is fit for a log; a message may quote the data, or the password. */
export function storeErrorOf(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const { code, name, message } = (error ?? {}) as Partial<Record<'code' | 'name' | 'message', unknown>>;
  if (/disk is full/i.test(String(message))) return new StoreError('SQLITE_FULL');
  const [word] = /^\w{2,40}/.exec(typeof code === 'string' ? code : '') ?? [];
  if (word !== undefined) return new StoreError(word);
  if (typeof message === 'string' && /time-?d? ?out/i.test(message)) return new StoreError('late');
  return new StoreError(typeof name === 'string' ? name : 'unknown');
}
