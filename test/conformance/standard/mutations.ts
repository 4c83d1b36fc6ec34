import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const Mutation = z.strictObject({
  /** What the service does not do any more. */
  name: z.string().min(1),
  /** The source file, in which this text stands once, and what stands there instead. */
  file: z.string().startsWith('src/'),
  from: z.string().min(1),
  to: z.string(),
  /** The requirements of which a test has to fail. */
  breaks: z.array(z.string()).min(1),
  /** Whether property tests are run as well. */
  properties: z.boolean().default(false),
});

export type Mutation = z.infer<typeof Mutation>;

/** Behaviours that are switched off, one at a time. */
export function readMutations(): readonly Mutation[] {
  return z.array(Mutation).parse(parse(readFileSync('test/conformance/standard/mutations.yaml', 'utf8')));
}
