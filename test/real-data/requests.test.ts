import nock from 'nock';
import '../support/network.ts';
import request from 'supertest';
import { shippedDefinitions, testApp } from '../support/app.ts';
import { type RealRequest, realRequests, say } from '../support/real-data.ts';
import { expectValid } from '../support/validate-response.ts';

jest.setTimeout(60_000);

const requests = realRequests();
const services = shippedDefinitions().service.services;

describe('requests that real clients have sent', () => {
  const outcomes: { readonly file: string; readonly status: number; readonly why: string; readonly cards: number }[] =
    [];
  const contacted: string[] = [];
  const note = ({ host }: { readonly host?: string }) => {
    if (!/^(127\.0\.0\.1|localhost)(:|$)/.test(host ?? '')) contacted.push(String(host));
  };

  beforeAll(async () => {
    nock.emitter.on('no match', note);
    for (const one of requests) outcomes.push(await send(one));
    nock.emitter.off('no match', note);
    const others = outcomes.filter(({ status }) => status !== 200);
    say('Requests of real clients', requests.length);
    process.stdout.write(`  answered 200: ${outcomes.length - others.length}\n`);
    for (const { file, status, why } of others) process.stdout.write(`  ${status} ${file}: ${why}\n`);
    for (const { file, cards } of outcomes) if (cards > 0) process.stdout.write(`  200 ${file}: ${cards} card(s)\n`);
  });

  it('are 51, or the data are not there', () => {
    expect([0, 51]).toContain(requests.length);
  });

  it('are never a fault of ours', () => {
    expect(outcomes.filter(({ status }) => status >= 500)).toEqual([]);
  });

  it('make the service contact no FHIR server that was not allowed', () => {
    expect(contacted).toEqual([]);
  });

  it('are refused only for what they are', () => {
    expect(outcomes.filter(({ status }) => ![200, 400, 412].includes(status))).toEqual([]);
  });

  it('are answered without cards when they hold no drafts, as the second click in the public sandbox does', () => {
    const without = new Set(requests.filter(({ body }) => !body.context?.draftOrders).map(({ file }) => file));
    const answered = outcomes.filter(({ file }) => without.has(file));
    expect(answered.filter(({ status, cards }) => status !== 200 || cards > 0)).toEqual([]);
  });
});

async function send({ file, body }: RealRequest) {
  const service = services.find(({ hook }) => hook === body.hook);
  const response = await request(testApp())
    .post(`/cds-services/${service?.id}`)
    .send(body as object);
  expectValid(response, body);
  const issues: readonly { readonly details: { readonly text: string } }[] = response.body.issue ?? [];
  const why = issues.map(({ details }) => details.text).join('; ');
  return { file, status: response.status, why, cards: response.body.cards?.length ?? 0 };
}
