/** What `npm start` prints: where things are, and one line that returns a card. */
export function welcome(
  baseUrl: string,
  stories: readonly { readonly slug: string; readonly title: string }[],
): string {
  const lines = ['', `CDS Services   ${baseUrl}/cds-services`];
  if (stories.length > 0) lines.push(`FHIR R4        ${baseUrl}/fhir   (${stories.length} synthetic patients)`);
  return `${lines.join('\n')}\n`;
}

/** A call that anyone can paste: one drafted order for one patient of the embedded server. */
export function exampleCall(
  baseUrl: string,
  serviceId: string,
  hook: string,
  patientId: string,
  order: object,
): string {
  const body = {
    hook,
    hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
    fhirServer: `${baseUrl}/fhir`,
    context: {
      userId: 'Practitioner/example',
      patientId,
      draftOrders: { resourceType: 'Bundle', type: 'collection', entry: [{ resource: order }] },
    },
  };
  return `curl -s ${baseUrl}/cds-services/${serviceId} -H 'Content-Type: application/json' -d '${JSON.stringify(body)}'\n`;
}
