import type { OperationOutcome, OperationOutcomeIssue } from 'fhir/r4.js';

/** One fault of a request. `expression` is the path of the fault in the body. */
export interface Problem {
  readonly code: OperationOutcomeIssue['code'];
  readonly text: string;
  readonly expression?: string;
}

/** A valid OperationOutcome without anything of the patient in it. */
export function operationOutcome(problems: readonly Problem[]): OperationOutcome {
  return {
    resourceType: 'OperationOutcome',
    issue: problems.map(({ code, text, expression }) => ({
      severity: 'error',
      code,
      details: { text },
      ...(expression === undefined ? {} : { expression: [expression] }),
    })),
  };
}

/** An answer other than 200, thrown on the way and written by the error handler. */
export class HttpProblem extends Error {
  readonly status: number;
  readonly problems: readonly Problem[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, problems: readonly Problem[], headers: Readonly<Record<string, string>> = {}) {
    super(problems[0]?.text ?? `HTTP ${status}`);
    this.name = 'HttpProblem';
    this.status = status;
    this.problems = problems;
    this.headers = headers;
  }
}
