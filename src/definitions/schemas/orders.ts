import { z } from 'zod';
import { concept, id, Name, sentence } from './basics.ts';

export const OrderDefinition = z.strictObject({
  label: sentence,
  kind: z.enum(['drug', 'procedure']),
  ...concept,
  /** Codes that mean this or something else; with a companion code they mean this. */
  probable: z.strictObject({ valueSet: id, companions: id, exclude: id, label: sentence, note: sentence }).optional(),
  /** Names that mean a variant which is counted as this but called otherwise. */
  variants: z.array(z.strictObject({ label: sentence, names: z.array(z.string()).min(1) })).default([]),
  /** A drug order that means this procedure when given by this route, or for this reason. */
  drugs: z
    .strictObject({
      valueSet: id,
      exclude: z.union([id.transform((one) => [one]), z.array(id)]).default([]),
      names: z.array(Name),
      notNames: z.array(z.string()).default([]),
      route: id,
      routeNames: z.array(z.string()),
    })
    .optional(),
});
export type OrderDefinition = z.infer<typeof OrderDefinition>;

export const OrdersFile = z.strictObject({
  orders: z.record(id, OrderDefinition),
  groups: z.record(id, z.array(id).min(1)),
  /** What a group is called in the description of a rule: 'a beta blocker'. Without one its orders are listed. */
  groupTitles: z.record(id, sentence).default({}),
  indication: z.strictObject({
    /** The facts whose concepts, given as reason, make an order ours, probably ours, or another disease's. */
    ours: id,
    probably: id,
    other: id,
  }),
  /** A procedure whose order or reason says one of these is none of ours. */
  procedureNotFor: z.array(z.string()).default([]),
});
export type OrdersFile = z.infer<typeof OrdersFile>;
