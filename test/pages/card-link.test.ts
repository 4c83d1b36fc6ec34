import type { Link } from '../../src/cds-hooks/card.ts';
import { linkAddress } from '../../src/pages/workbench/browser/card-link.ts';

const place = {
  launch: { server: 'http://localhost:8080/fhir', patientId: 'copy-1' },
  origin: 'http://localhost:8080',
  serviceOrigin: 'http://127.0.0.1:3000',
};
const smart: Link = {
  ...{ label: 'Liver timeline', type: 'smart', url: 'http://127.0.0.1:3000/timeline/launch' },
  appContext: '{"drafts":["TACE","lenvatinib"]}',
};

describe('the link of a card', () => {
  it('opens our timeline for the patient and the drafts of the call, where this page was found', () => {
    const address = linkAddress(smart, place) ?? '';
    expect(address).toMatch(/^http:\/\/localhost:8080\/timeline[?#]/);
    const parameters = new URLSearchParams(address.replace(/^[^?#]*[?#]/, ''));
    expect([...parameters]).toEqual([
      ['iss', 'http://localhost:8080/fhir'],
      ['patient', 'copy-1'],
      ['draft', 'TACE'],
      ['draft', 'lenvatinib'],
    ]);
  });

  it('tells another SMART app which server is meant, and keeps what its address holds', () => {
    const address = linkAddress({ ...smart, url: 'https://app.example/launch?a=1' }, place);
    expect(address).toBe('https://app.example/launch?a=1&iss=http%3A%2F%2Flocalhost%3A8080%2Ffhir');
  });

  it('leads to an absolute address as it is', () => {
    const link: Link = { label: 'Guideline', type: 'absolute', url: 'https://guideline.example/a?b=c#d' };
    expect(linkAddress(link, place)).toBe(link.url);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '//x.example', 'nonsense', ''])(
    'leads nowhere but to the web: %s',
    (url) => {
      expect(linkAddress({ ...smart, url }, place)).toBeUndefined();
      expect(linkAddress({ label: 'x', type: 'absolute', url }, place)).toBeUndefined();
    },
  );

  it('opens no app for a record that is on no server', () => {
    expect(linkAddress(smart, { ...place, launch: undefined })).toBeUndefined();
  });

  it.each([undefined, 'no JSON', 'null', '[]', '{"drafts":"TACE"}'])('does without drafts: %s', (appContext) => {
    const { appContext: _, ...bare } = smart;
    expect(linkAddress({ ...bare, ...(appContext !== undefined && { appContext }) }, place)).not.toContain('draft=');
  });
});
