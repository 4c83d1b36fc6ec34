import type { Fault } from '../definition-error.ts';
import type { Definitions } from '../definitions.ts';
import { prefetchTemplates } from '../prefetch-templates.ts';
import type { Read } from '../schemas/service.ts';

/** Façades on some servers cut a URL at 2 048 characters; the base address needs its share. */
const longestTemplate = 1500;
const mostTemplates = 10;

/** Templates that every client can fill: few, short, one token, no parameter twice, no dates. */
export function checkTemplates(definitions: Definitions): readonly Fault[] {
  const templates = Object.entries(prefetchTemplates(definitions));
  const fault = (key: string, problem: string): Fault => ({
    file: 'service.yaml',
    message: `reads.${key}: ${problem}`,
    about: key,
  });
  const count = `reads: ${templates.length} prefetch templates, at most ${mostTemplates}`;
  const faults: Fault[] = templates.length > mostTemplates ? [{ file: 'service.yaml', message: count }] : [];
  for (const [key, template] of templates) {
    const names = (template.split('?')[1] ?? '').split('&').map((parameter) => parameter.split('=')[0]);
    const tokens = [...template.matchAll(/\{\{(.*?)\}\}/g)].map(([, token]) => token);
    // What is encoded already is not encoded again.
    const length = encodeURI(template).replaceAll('%25', '%').length;
    if (length > longestTemplate) faults.push(fault(key, `${length} characters, at most ${longestTemplate}`));
    if (new Set(names).size < names.length) faults.push(fault(key, 'a parameter stands twice'));
    if (tokens.some((token) => token !== 'context.patientId'))
      faults.push(fault(key, 'only {{context.patientId}} is understood everywhere'));
    if (/=(?:,|&|$)/.test(template)) faults.push(fault(key, 'a parameter is empty'));
    for (const [encoded] of template.matchAll(/[^=,&]*%(?:2C|7C|24|5C)[^=,&]*/g)) {
      const code = decodeURIComponent(encoded);
      const problem = `the code '${code}' cannot be searched for: it holds one of , | $ \\`;
      faults.push({ ...fault(key, problem), about: code });
    }
  }
  return [...faults, ...unreadFacts(definitions), ...lateGateFacts(definitions)];
}

/** A fact must not rest on a read that no client is asked for, unless it says so or can only soften what is said. */
function unreadFacts({ facts, service }: Definitions): readonly Fault[] {
  return [...facts.values()]
    .filter(({ definition }) => !definition.needsServer && isServerOnly(service.reads[definition.from[0] ?? '']))
    .map(({ id }) => ({ file: 'facts.yaml', message: `${id}: its first read is not a prefetch template`, about: id }));
}

function isServerOnly(read: Read | undefined): boolean {
  return read?.prefetch === false && !read.softens;
}

/** The gate is decided before the rest is read. */
function lateGateFacts({ facts, gateFacts, service }: Definitions): readonly Fault[] {
  return [...gateFacts]
    .filter((id) => facts.get(id)?.definition.from.some((key) => service.reads[key]?.gate !== true))
    .map((id) => ({ file: 'facts.yaml', message: `${id}: decides the gate, but is read after it`, about: id }));
}
