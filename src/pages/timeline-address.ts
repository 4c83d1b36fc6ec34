/** Whose timeline is opened, on a server that needs no authorization. */
export interface OpenLaunch {
  readonly server: string;
  readonly patientId: string;
  readonly drafts: readonly string[];
}

/**
 * Where the timeline of a patient opens without an EHR that launches it. Browsers keep what follows `#` to themselves:
 * neither this service nor a proxy before it sees who is meant.
 */
export function timelineAddress(origin: string, { server, patientId, drafts }: OpenLaunch): string {
  const named = new URLSearchParams({ iss: server, patient: patientId });
  for (const draft of drafts) named.append('draft', draft);
  return `${origin}/timeline#${named}`;
}
