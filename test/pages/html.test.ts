import { contentSecurityPolicy, originOf } from '../../src/pages/content-security-policy.ts';
import { html } from '../../src/pages/html.ts';

describe('html', () => {
  it('escapes values, so that no text becomes markup', () => {
    expect(html`<p title="${'"'}">${'<b>&'}</p>`.text).toBe('<p title="&#34;">&#60;b&#62;&#38;</p>');
  });

  it('takes templates as they are, joins lists and leaves out what is undefined', () => {
    expect(html`${[1, 2].map((one) => html`<li>${one}</li>`)}${undefined}`.text).toBe('<li>1</li><li>2</li>');
  });
});

describe('the policy of a page', () => {
  it('allows no inline script or style, and no call but to the service', () => {
    expect(contentSecurityPolicy()).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(contentSecurityPolicy()).toContain("connect-src 'self';");
  });

  it.each([
    ['https://fhir.example/r4?x=1', 'https://fhir.example'],
    ['http://127.0.0.1:8080/fhir', 'http://127.0.0.1:8080'],
    ['javascript:alert(1)', undefined],
    ["https://a.example; script-src 'unsafe-inline'", undefined],
    ['nonsense', undefined],
    [['https://a.example'], undefined],
  ])('takes the origin of %s as %s', (address, origin) => {
    expect(originOf(address)).toBe(origin);
  });
});
