import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { albumin, bilirubin, call, creatinine, inr, prefetch, searchset, send, without } from '../../http/requests.ts';
import { testApp } from '../../support/app.ts';

/** A call and what goes on around it, over real sockets. */

/** Undefined: what the server has is answered after five seconds, which is too late. */
type Answer = (path: string) => object | undefined;

let asked: string[];
let open: number;
let fhir: Server;
let base: string;
let answer: Answer;

beforeEach(async () => {
  asked = [];
  open = 0;
  fhir = createServer((request, response) => {
    const path = (request.url ?? '').replace('/fhir/', '');
    asked.push(path);
    open += 1;
    response.on('close', () => {
      open -= 1;
    });
    const body = answer(path);
    const end = () =>
      response.setHeader('content-type', 'application/fhir+json').end(JSON.stringify(body ?? asServer(path)));
    if (body === undefined) setTimeout(end, 5000).unref();
    else end();
  });
  await new Promise<void>((resolve) => fhir.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(fhir.address() as AddressInfo).port}/fhir`;
});

afterEach(() => {
  fhir.closeAllConnections();
  fhir.close();
});

const soon = () => new Promise((resolve) => setTimeout(resolve, 150));
/** Waits a while for something to become so; the test says whether it has. */
async function eventually(met: () => boolean): Promise<void> {
  for (let wait = 0; wait < 20 && !met(); wait += 1) await soon();
}

const withoutIds = (text: string) => text.replaceAll(/"uuid":"[^"]*"/g, '');
const ill = { ...prefetch, labs: searchset(bilirubin(6), albumin(2.4), inr(1.9), creatinine(0.9)) };

/** The record behind a FHIR server, as each template of discovery finds it. */
const asServer: Answer = (path) => {
  if (path.startsWith('Patient/')) return ill.patient;
  if (path.startsWith('Condition?')) return ill.conditions;
  const isLabs = path.startsWith('Observation?') && path.includes('1975-2');
  if (isLabs && path.includes('2160-0')) return ill.labs;
  if (path.startsWith('Observation?') && path.includes('89247-1')) return ill.assessments;
  if (path.includes('5195-3')) return ill.serology;
  return searchset();
};

it('Q10: the answer is the same from the prefetch, from the FHIR server, and from some of each', async () => {
  answer = asServer;
  const sent = await send(call({ prefetch: ill }));
  const read = await send(call({ fhirServer: base, prefetch: undefined }));
  const { labs: _, ...someOfIt } = ill;
  const both = await send(call({ fhirServer: base, prefetch: someOfIt }));
  expect(sent.body.cards[0]).toMatchObject({ indicator: 'critical' });
  expect(withoutIds(read.text)).toBe(withoutIds(sent.text));
  expect(withoutIds(both.text)).toBe(withoutIds(sent.text));
});

it('Q11: a call with its prefetch is answered well within 500 ms', async () => {
  const app = testApp();
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const started = performance.now();
    await send(call({ prefetch: ill }), app);
    times.push(performance.now() - started);
  }
  expect(times.sort((a, b) => a - b)[2]).toBeLessThan(500);
});

it('A5: nothing is read after the answer: what was late is hung up on, and no further page is asked for', async () => {
  answer = (path) => (path.startsWith('Observation?') ? undefined : asServer(path));
  const response = await send(
    call({ fhirServer: base, prefetch: without('labs', 'assessments') }),
    testApp({ hookBudgetMs: 200 }),
  );
  expect(response.body.cards[0].summary).toMatch(/^Could not be checked: /);
  const before = asked.length;
  await soon();
  expect([asked.length, open]).toEqual([before, 0]);
});

it('A5: nothing is read for a client that has gone', async () => {
  answer = () => undefined;
  const service = createServer(testApp({ hookBudgetMs: 20_000 })).listen(0, '127.0.0.1');
  await new Promise((resolve) => service.once('listening', resolve));
  const body = JSON.stringify(call({ fhirServer: base, prefetch: {} }));
  const socket = connect((service.address() as AddressInfo).port, '127.0.0.1');
  socket.write(
    `POST /cds-services/hcc-order-sign HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  await eventually(() => open > 0);
  const before = asked.length;
  socket.destroy();
  await eventually(() => open === 0);
  await soon();
  expect([asked.length, open]).toEqual([before, 0]);
  service.close();
});
