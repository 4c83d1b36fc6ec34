const text = { type: 'string', pattern: '\\S' };
const coding = {
  type: 'object',
  additionalProperties: false,
  properties: { system: { type: 'string', format: 'uri' }, version: text, code: text, display: text },
};

/** OperationOutcome of FHIR R4, as much of it as an error of this service may hold. */
export const operationOutcomeSchema = {
  $id: 'urn:hcc-cds:test:operation-outcome',
  type: 'object',
  required: ['resourceType', 'issue'],
  additionalProperties: false,
  properties: {
    resourceType: { const: 'OperationOutcome' },
    id: { type: 'string', pattern: '^[A-Za-z0-9\\-.]{1,64}$' },
    issue: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['severity', 'code', 'details'],
        additionalProperties: false,
        properties: {
          severity: { enum: ['fatal', 'error'] },
          code: {
            enum: [
              ...['invalid', 'structure', 'required', 'value', 'invariant'],
              ...['security', 'login', 'unknown', 'expired', 'forbidden', 'suppressed'],
              ...['processing', 'not-supported', 'duplicate', 'multiple-matches', 'not-found', 'deleted', 'too-long'],
              ...['code-invalid', 'extension', 'too-costly', 'business-rule', 'conflict'],
              ...['transient', 'lock-error', 'no-store', 'exception', 'timeout', 'incomplete', 'throttled'],
            ],
          },
          details: {
            type: 'object',
            required: ['text'],
            additionalProperties: false,
            properties: { text, coding: { type: 'array', minItems: 1, items: coding } },
          },
          diagnostics: text,
          expression: { type: 'array', minItems: 1, items: text },
        },
      },
    },
  },
} as const;

/** A card that breaks no rule. */
export const goodCard = {
  uuid: '00000000-0000-4000-8000-000000000001',
  summary: 'Albumin: no result within 30 days. Order now?',
  detail: 'Bilirubin &lt;0.2 mg/dL, \\<b\\>as written\\</b\\>, 1 < 2.',
  indicator: 'info',
  source: { label: 'hcc-cds', topic: { system: 'urn:hcc-cds:topic', code: 'HCCGAPS', display: 'Missing information' } },
  suggestions: [
    {
      label: 'Remove the order: TACE',
      uuid: '00000000-0000-4000-8000-000000000002',
      actions: [{ type: 'delete', description: 'Remove the order: TACE', resourceId: 'ServiceRequest/1' }],
    },
  ],
  selectionBehavior: 'any',
  overrideReasons: [{ system: 'urn:hcc-cds:override-reason', code: 'a', display: 'A' }],
} as const;

/** The request that `goodCard` could answer. */
export const goodRequest = {
  context: {
    patientId: '1',
    draftOrders: { resourceType: 'Bundle', entry: [{ resource: { resourceType: 'ServiceRequest', id: '1' } }] },
  },
} as const;
