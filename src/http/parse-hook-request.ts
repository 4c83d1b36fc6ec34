import { z } from 'zod';
import type { FhirAuthorization, HookRequest } from '../cds-hooks/request.ts';
import type { ServiceFile } from '../definitions/schemas/service.ts';
import { asArray } from '../fhir/codeable-concept.ts';
import { notR4 } from '../fhir/fhir-version.ts';
import { parseReference } from '../fhir/references.ts';
import { HttpProblem } from './operation-outcome.ts';

const text = z.string().trim().min(1).max(1024);

/** More orders than a session can hold. */
const mostOrders = 1000;
/** More keys than a service has reads, also for clients that send those of other services. */
const mostKeys = 1000;
/** Of the name of a key. */
const longestKey = 256;

function entriesOf(bundle: unknown): readonly Readonly<Record<string, unknown>>[] {
  const { entry } = (bundle ?? {}) as { readonly entry?: unknown };
  return asArray(entry).map((one) => (one ?? {}) as Readonly<Record<string, unknown>>);
}

/** A Bundle that does not say so is one; an order in its place is none. */
function isOtherResource(value: unknown): boolean {
  const { resourceType } = value as { readonly resourceType?: unknown };
  return resourceType != null && resourceType !== 'Bundle';
}

/** Some clients send references where their texts are meant. */
function selectionOf(one: unknown): string | undefined {
  const reference = typeof one === 'object' && one !== null && 'reference' in one ? one.reference : one;
  return typeof reference === 'string' ? reference : undefined;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && !Array.isArray(value);
}

/** Looked at before anything is done with each key: there is room for a million in a body. */
const Prefetch = z
  .unknown()
  .optional()
  .check((context) => {
    const { value } = context;
    const fault = isObject(value) ? faultOfKeys(Object.keys(value ?? {})) : undefined;
    if (fault) context.issues.push({ code: 'custom', input: undefined, message: fault, continue: false });
  })
  .pipe(z.record(z.string(), z.unknown()).nullish());

function faultOfKeys(keys: readonly string[]): string | undefined {
  if (keys.length > mostKeys) return `holds more than ${mostKeys} keys`;
  return keys.some(({ length }) => length > longestKey) ? `has a key of more than ${longestKey} characters` : undefined;
}

type Hook = ServiceFile['services'][number]['hook'];
type Context = HookRequest['context'];

/** Orders, and of the hook that has them what was just selected. */
const OrdersContext = z.object({
  patientId: text,
  selections: z.array(z.unknown()).max(mostOrders).nullish(),
  draftOrders: z
    .unknown()
    .optional()
    .refine((value) => value == null || (isObject(value) && !isOtherResource(value)), 'must be a Bundle')
    .refine((value) => entriesOf(value).length <= mostOrders, `holds more than ${mostOrders} entries`)
    .superRefine((value, { addIssue }) => {
      const others = entriesOf(value).flatMap(({ resource }) => notR4(resource) ?? []);
      for (const what of new Set(others)) addIssue(`only FHIR R4 is read, and there is ${what}`);
    }),
});
const orderSign = OrdersContext.transform(({ patientId, draftOrders }): Context => ({ patientId, draftOrders }));
const orderSelect = OrdersContext.transform(({ patientId, draftOrders, selections }): Context => {
  const selected = selections?.map(selectionOf).filter((one) => one !== undefined);
  return { patientId, draftOrders, ...(selected && { selections: selected }) };
});

/** A patient, and who looks; whatever else is sent, orders too, is none of this hook. */
const patientView = z
  .object({ patientId: text, userId: z.unknown().optional() })
  .transform(({ patientId, userId }): Context => ({ patientId, ...(typeof userId === 'string' && { userId }) }));

/** What we rely on, strictly; everything else a client may send in any form is not looked at. */
const Envelope = z.object({
  hook: text,
  hookInstance: text,
  fhirServer: text.nullish(),
  fhirAuthorization: z
    .object({ access_token: z.string().min(1), scope: z.unknown().optional(), patient: z.unknown().optional() })
    .nullish(),
  prefetch: Prefetch,
});
const bodies = {
  'order-select': Envelope.extend({ context: orderSelect }),
  'order-sign': Envelope.extend({ context: orderSign }),
  'patient-view': Envelope.extend({ context: patientView }),
} satisfies Record<Hook, unknown>;

/**
 * Parses the body of a call.
 *
 * @param hook the hook of the service that is called
 * @throws HttpProblem 400 with the path of every fault
 */
export function parseHookRequest(body: unknown, hook: Hook): HookRequest {
  const result = bodies[hook].safeParse(body);
  if (!result.success) {
    throw new HttpProblem(
      400,
      result.error.issues.map(({ path, message }) => ({
        code: 'invalid',
        text: `The request is not a CDS Hooks call: ${path.join('.') || 'body'}: ${message}`,
        ...(path.length > 0 && { expression: path.join('.') }),
      })),
    );
  }
  const { hook: sent, hookInstance, fhirServer, fhirAuthorization, context, prefetch } = result.data;
  if (sent !== hook) {
    const message = `This service answers the hook ${hook}, not the one that was sent`;
    throw new HttpProblem(400, [{ code: 'invalid', text: message, expression: 'hook' }]);
  }
  const patientId = patientIdOf(context.patientId);
  if (patientId === undefined) {
    throw new HttpProblem(400, [
      { code: 'invalid', text: 'context.patientId is no id of a Patient', expression: 'context.patientId' },
    ]);
  }
  return {
    hook,
    hookInstance,
    context: { ...context, patientId },
    prefetch: prefetch ?? {},
    ...(fhirServer ? { fhirServer } : {}),
    ...(fhirAuthorization ? { authorization: authorizationOf(fhirAuthorization) } : {}),
  };
}

/** A bare id, or a reference to a Patient in any form. */
function patientIdOf(sent: string): string | undefined {
  const reference = parseReference(sent);
  return reference?.type === '' || reference?.type === 'Patient' ? reference.id : undefined;
}

function authorizationOf(sent: { access_token: string; scope?: unknown; patient?: unknown }): FhirAuthorization {
  const { access_token: accessToken, scope, patient } = sent;
  return {
    accessToken,
    ...(typeof scope === 'string' && { scope }),
    ...(typeof patient === 'string' && patient !== '' && { patient }),
  };
}
