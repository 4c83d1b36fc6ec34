import { welcome } from '../src/welcome.ts';

const base = 'http://127.0.0.1:3000';
const open = { isAuthenticated: false, isDiscoveryOpen: true };

describe('what is printed at start', () => {
  it('names the services and the knowledge when there is nothing else', () => {
    expect(welcome(base, open)).toBe(
      `\nCDS Services   ${base}/cds-services\nCallers        anyone who reaches it (AUTH=off)\nKnowledge      ${base}/knowledge\n\n`,
    );
  });

  it('says that only registered clients may call, and names no page that they alone could read', () => {
    const text = welcome(base, { isAuthenticated: true, isDiscoveryOpen: false });
    expect(text).toContain('Callers        registered clients (AUTH=on)');
    expect(text).not.toContain('/knowledge');
  });

  it.each([
    [{ site: 'St Example', entries: 1 }, 'St Example: 1 entry changes what is advised'],
    [
      { site: 'St Example', entries: 3, nextChange: '2027-01-01' },
      'St Example: 3 entries change what is advised; next change on 2027-01-01',
    ],
  ])('says that the policy of the hospital was read: %j', (policy, line) => {
    expect(welcome(base, open, undefined, policy)).toContain(`\nSite policy    ${line}\n`);
  });

  it('prints a call to try only where anyone may call', () => {
    expect(welcome(base, open, { patients: 2 })).not.toContain('curl');
    expect(welcome(base, open, { patients: 2, example: { service: 's', body: { hook: 'h' } } })).toContain(
      `curl -s ${base}/cds-services/s -H 'Content-Type: application/json' -d '{"hook":"h","fhirServer":"${base}/fhir"}'`,
    );
  });
});
