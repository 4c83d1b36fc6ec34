/** A call that anyone can try: a service, and the body without the server, which is known only when it listens. */
export interface ExampleCall {
  readonly service: string;
  readonly body: object;
}

/** The hospital's policy, as far as one wants to know at start that it was read. */
export interface LocalPolicy {
  readonly site: string;
  /** Entries in force that change what is advised. */
  readonly entries: number;
  /** The next day on which an entry begins or ends. */
  readonly nextChange?: string;
}

/** Who may call, and who may read what the service knows. */
export interface Access {
  readonly isAuthenticated: boolean;
  readonly isDiscoveryOpen: boolean;
}

/** What `npm start` prints: where things are, and with the sandbox, when anyone may call, one line that returns a card. */
export function welcome(
  baseUrl: string,
  { isAuthenticated, isDiscoveryOpen }: Access,
  sandbox?: { readonly patients: number; readonly example?: ExampleCall },
  policy?: LocalPolicy,
): string {
  const callers = isAuthenticated ? 'registered clients (AUTH=on)' : 'anyone who reaches it (AUTH=off)';
  const lines = ['', `CDS Services   ${baseUrl}/cds-services`, `Callers        ${callers}`];
  if (policy) lines.push(`Site policy    ${inForce(policy)}`);
  if (sandbox) {
    lines.push(`FHIR R4        ${baseUrl}/fhir (${sandbox.patients} synthetic patients)`);
    lines.push(`Workbench      ${baseUrl}/ (open it in a browser)`);
  }
  if (isDiscoveryOpen) lines.push(`Knowledge      ${baseUrl}/knowledge`);
  if (sandbox?.example) {
    const { service, body } = sandbox.example;
    const call = JSON.stringify({ ...body, fhirServer: `${baseUrl}/fhir` });
    lines.push(
      '',
      'A call that returns a card:',
      '',
      `curl -s ${baseUrl}/cds-services/${service} -H 'Content-Type: application/json' -d '${call}'`,
    );
  }
  return `${lines.join('\n')}\n\n`;
}

function inForce({ site, entries, nextChange }: LocalPolicy): string {
  const count = `${entries} ${entries === 1 ? 'entry changes' : 'entries change'} what is advised`;
  return `${site}: ${count}${nextChange === undefined ? '' : `; next change on ${nextChange}`}`;
}
