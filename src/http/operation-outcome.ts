import type { OperationOutcome, OperationOutcomeIssue } from 'fhir/r4.js';

/** One fault of a request. `expression` is the path of the fault in the body. */
export interface Problem {
  readonly code: OperationOutcomeIssue['code'];
  readonly text: string;
  readonly expression?: string;
}

/** Faults that are named in one answer. */
const mostListed = 20;

/** A valid OperationOutcome without anything of the patient in it. Of many problems the first, and how many more. */
export function operationOutcome(problems: readonly Problem[]): OperationOutcome {
  return {
    resourceType: 'OperationOutcome',
    issue: listed(problems).map(({ code, text, expression }) => ({
      severity: 'error',
      code,
      details: { text },
      ...(expression === undefined ? {} : { expression: [expression] }),
    })),
  };
}

function listed(problems: readonly Problem[]): readonly Problem[] {
  const [{ code } = { code: 'invalid' as const }] = problems;
  const more = problems.length - mostListed;
  return more > 0 ? [...problems.slice(0, mostListed), { code, text: `… and ${more} more` }] : problems;
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
