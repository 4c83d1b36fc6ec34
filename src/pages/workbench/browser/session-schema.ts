import * as z from 'zod/mini';
import type { Draft } from './drafts.ts';
import type { Edits } from './edit-record.ts';
import { type ProblemId, problems, type ResponseAnswer, responseAnswers } from './record-templates.ts';

// Without this zod tries whether it may compile code, which the policy of the page forbids and reports.
z.config({ jitless: true });

/** A century: anything earlier is no day that a record means. */
const Days = z.int().check(z.minimum(0), z.maximum(36_525));
const Laboratory = z.strictObject({ value: z.string().check(z.minLength(1)), unit: z.string(), daysAgo: Days });
const Result = z.optional(z.nullable(Laboratory));
const Answer = z.enum(Object.keys(responseAnswers) as ResponseAnswer[]);

const Changes = z.strictObject({
  laboratory: z.optional(z.strictObject({ bilirubin: Result, albumin: Result, inr: Result, creatinine: Result })),
  problems: z.optional(
    z.strictObject({
      ascites: z.optional(z.nullable(gradesOf('ascites'))),
      encephalopathy: z.optional(z.nullable(gradesOf('encephalopathy'))),
    }),
  ),
  ecog: z.optional(z.nullable(z.int().check(z.minimum(0), z.maximum(4)))),
  tace: z.optional(z.array(Days)),
  responses: z.optional(z.array(z.strictObject({ answer: Answer, daysAgo: Days }))),
});

function gradesOf(id: ProblemId) {
  return z.enum(problems[id].grades.map((grade) => grade.id));
}

const Text = z.optional(z.string());
const Texts = z.optional(z.array(z.looseObject({ text: Text })));
const Coding = z.looseObject({ system: Text, code: Text, display: Text });
const Concept = z.optional(z.looseObject({ text: Text, coding: z.optional(z.array(Coding)) }));
const Order = z.looseObject({
  resourceType: z.enum(['ServiceRequest', 'MedicationRequest']),
  id: z.string(),
  code: Concept,
  medicationCodeableConcept: Concept,
  dosageInstruction: Texts,
  reasonCode: Texts,
});
const Orders = z.array(z.strictObject({ resource: Order, selected: z.boolean() }));

/** Changes of a record as JSON; undefined when they are none. */
export function parseEdits(json: string): Edits | undefined {
  return Changes.safeParse(parsed(json)).data as Edits | undefined;
}

/** Orders as JSON, as far as the page shows them; undefined when they are none. */
export function parseOrders(json: string): readonly Draft[] | undefined {
  return Orders.safeParse(parsed(json)).data as readonly Draft[] | undefined;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
