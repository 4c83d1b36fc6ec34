/** A call that anyone can try: a service, and the body without the server, which is known only when it listens. */
export interface ExampleCall {
  readonly service: string;
  readonly body: object;
}

/** What `npm start` prints: where things are, and with the sandbox, when anyone may call, one line that returns a card. */
export function welcome(
  baseUrl: string,
  sandbox?: { readonly patients: number; readonly example?: ExampleCall },
): string {
  const lines = ['', `CDS Services   ${baseUrl}/cds-services`];
  if (sandbox) {
    lines.push(`FHIR R4        ${baseUrl}/fhir (${sandbox.patients} synthetic patients)`);
  }
  lines.push(`Knowledge      ${baseUrl}/knowledge`);
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
