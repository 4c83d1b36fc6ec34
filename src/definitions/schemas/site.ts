import { z } from 'zod';
import { isoDate, sentence } from './basics.ts';
import { AskBedside } from './service.ts';

export const SiteFile = z.strictObject({
  site: sentence,
  approvedBy: sentence,
  reason: sentence,
  from: isoDate,
  askBedside: AskBedside.optional(),
});
export type SiteFile = z.infer<typeof SiteFile>;
