import type { Definitions } from '../definitions/definitions.ts';
import { prefetchTemplates } from '../definitions/prefetch-templates.ts';

/** CDS Hooks discovery: the services, with the templates they share. */
export function discovery(definitions: Definitions) {
  const prefetch = prefetchTemplates(definitions);
  return {
    services: definitions.service.services.map(({ id, hook, title, description, usageRequirements }) => ({
      hook,
      title,
      description,
      id,
      prefetch,
      usageRequirements,
      version: '3.0.0',
    })),
  };
}
