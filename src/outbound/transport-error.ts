/** What went wrong with a request that was sent. Holds no URL and no text of the other side. */
export type TransportProblem = 'address' | 'unreachable' | 'redirect' | 'too-long' | 'broken';

export class TransportError extends Error {
  readonly code = 'ERR_TRANSPORT';
  readonly problem: TransportProblem;

  constructor(problem: TransportProblem) {
    super(problem);
    this.name = 'TransportError';
    this.problem = problem;
  }
}
