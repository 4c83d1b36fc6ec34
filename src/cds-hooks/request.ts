/** A CDS Hooks call, as much of it as the services need. */
export interface HookRequest {
  readonly hook: string;
  readonly hookInstance: string;
  readonly fhirServer?: string;
  /** `fhirAuthorization`. Dies with the answer. */
  readonly authorization?: FhirAuthorization;
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

export interface FhirAuthorization {
  readonly accessToken: string;
  readonly scope?: string;
  /** The patient that `patient/` scopes are about. */
  readonly patient?: string;
}
