import type { Definitions } from '../definitions/definitions.ts';
import { prefetchTemplates } from '../definitions/prefetch-templates.ts';

/** CDS Hooks discovery: the services, with the templates they share, the state of the knowledge and its owner. */
export function discovery(definitions: Definitions) {
  const prefetch = prefetchTemplates(definitions);
  const provenance = provenanceOf(definitions);
  return {
    services: definitions.service.services.map(({ id, hook, title, description, usageRequirements }) => ({
      hook,
      title,
      description: `${description} ${provenance}`,
      id,
      ...(Object.keys(prefetch).length > 0 && { prefetch }),
      usageRequirements,
      version: '3.0.0',
    })),
  };
}

/** Of which day the knowledge is, and who answers for it. */
function provenanceOf({ service: { evidencePack, clinicalOwner, signOff } }: Definitions): string {
  const sentences = [`Evidence pack of ${evidencePack}.`, `Clinical owner: ${clinicalOwner}.`, signOff];
  return sentences.filter((sentence) => sentence !== undefined).join(' ');
}
