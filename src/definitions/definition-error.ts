/** One fault in a definition file, with its place. */
export interface Fault {
  readonly file: string;
  readonly line?: number;
  readonly message: string;
  /** The name that is wrong, as it stands in the file: tells the line where nobody else does. */
  readonly about?: string;
}

/** The knowledge cannot be used. Lists every fault at once. */
export class DefinitionError extends Error {
  readonly code = 'ERR_DEFINITION';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(listed(faults, 'the definitions'));
    this.name = 'DefinitionError';
    this.faults = faults;
  }
}

/** "2 faults in the definitions:" and each of them on a line. */
export function listed(faults: readonly Fault[], where: string): string {
  const lines = faults.map(({ file, line, message }) => `  ${file}${line === undefined ? '' : `:${line}`}: ${message}`);
  return `${faults.length} fault${faults.length === 1 ? '' : 's'} in ${where}:\n${lines.join('\n')}`;
}
