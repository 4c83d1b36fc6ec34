/** Something wrong in a terminology resource, and where: `compose.include[0].system`. */
export interface ResourceFault {
  readonly path: string;
  readonly problem: string;
}

/** A terminology resource cannot be used. Lists every fault, one a line: `<file>: <path>: <what is wrong>`. */
export class ResourceError extends Error {
  readonly code = 'ERR_RESOURCE';
  readonly faults: readonly ResourceFault[];

  constructor(file: string, faults: readonly ResourceFault[]) {
    super(faults.map(({ path, problem }) => `${file}: ${path}: ${problem}`).join('\n'));
    this.name = 'ResourceError';
    this.faults = faults;
  }
}
