/** A CDS Hooks call, as much of it as the services need. */
export interface HookRequest {
  readonly hook: string;
  readonly hookInstance: string;
  readonly fhirServer?: string;
  /** The bearer token of `fhirAuthorization`. Dies with the answer. */
  readonly accessToken?: string;
  readonly context: {
    /** The bare id. */
    readonly patientId: string;
    /** 'Practitioner/1'; read where a hook is called for others than clinicians as well. */
    readonly userId?: string;
    readonly draftOrders?: unknown;
    /** Undefined for hooks that have none. */
    readonly selections?: readonly string[];
  };
  readonly prefetch: Readonly<Record<string, unknown>>;
}
