import { z } from 'zod';
import { sentence } from './basics.ts';
import { AskBedside } from './service.ts';

export const SiteFile = z.strictObject({
  site: sentence,
  approvedBy: sentence,
  reason: sentence,
  askBedside: AskBedside.optional(),
});
export type SiteFile = z.infer<typeof SiteFile>;

/** An order that a suggestion may create. The patient is added when it is offered. */
export const OrderTemplate = z.looseObject({
  resourceType: z.literal('ServiceRequest'),
  status: z.literal('draft'),
  intent: z.enum(['proposal', 'plan', 'order']),
  code: z.looseObject({ text: sentence }),
});
