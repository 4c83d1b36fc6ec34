import type { Logger } from 'pino';
import { HttpProblem } from './operation-outcome.ts';

/** What a body parser throws. */
interface BodyError {
  readonly type?: string;
  readonly status?: number;
}

/** The answer to anything thrown. A fault of ours is logged under an id that the answer names; nothing else of it is told. */
export function problemOf(error: unknown, logger: Logger, newId: () => string): HttpProblem {
  if (error instanceof HttpProblem) return error;
  const { type, status } = (typeof error === 'object' && error !== null ? error : {}) as BodyError;
  if (type === 'entity.too.large') return problem(413, 'too-long', 'The body is larger than 10 MB');
  if (type === 'entity.parse.failed') return problem(400, 'structure', 'The body is not a JSON object');
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') {
    return problem(415, 'not-supported', 'The encoding of the body is not supported');
  }
  if (status !== undefined && status >= 400 && status < 500)
    return problem(status, 'invalid', 'The request cannot be read');
  const correlation = newId();
  const { name, stack } = error instanceof Error ? error : { name: typeof error, stack: undefined };
  logger.error({ correlation, error: name, at: framesOf(stack) }, 'call failed');
  return problem(500, 'exception', `The service failed. Correlation id ${correlation}`);
}

function problem(
  status: number,
  code: 'too-long' | 'structure' | 'not-supported' | 'invalid' | 'exception',
  text: string,
) {
  return new HttpProblem(status, [{ code, text }]);
}

/** Where it happened, without the message: a message may quote the record. */
function framesOf(stack: string | undefined): readonly string[] {
  return (stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 6)
    .map((line) => line.trim());
}
