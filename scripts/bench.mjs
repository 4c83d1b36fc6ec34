// npm run bench: decision time of the pure part, and CPU per request against a bare Express server that parses and
// answers the same body. Figures are CPU time of the server's process; machines differ, the ratio less.
import { fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import express from 'express';
import { pino } from 'pino';
import { createApp } from '../dist/app.js';
import { decide } from '../dist/decide.js';
import { loadDefinitions, moduleFolder } from '../dist/definitions/load.js';
import { noReader } from '../dist/fhir/fhir-reader.js';
import { parseHookRequest } from '../dist/http/parse-hook-request.js';
import { addressPolicy } from '../dist/outbound/addresses.js';
import { createTransport } from '../dist/outbound/transport.js';
import { openDatabase } from '../dist/store/open-database.js';
import { createPatientHash } from '../dist/store/patient-hash.js';
import { createSqlStore } from '../dist/store/sql-store.js';

const root = resolve(import.meta.dirname, '..');
const [role] = process.argv.slice(2);
const now = new Date('2026-11-22T12:00:00Z');
const newId = () => crypto.randomUUID();

if (role === 'service' || role === 'bare') await serve(role);
else await measure();

async function measure() {
  const { service, body } = await exampleRequest();
  const text = JSON.stringify(body);
  const resources = Object.values(body.prefetch).reduce((sum, value) => sum + (value?.entry?.length ?? 1), 0);
  const definitions = loadDefinitions(moduleFolder(resolve(root, 'hooks')));
  const hook = definitions.service.services.find(({ id }) => id === service).hook;
  const request = parseHookRequest(body, hook);
  const dependencies = { reader: noReader, now, sandbox: false, newId };
  const once = () => decide(request, definitions, dependencies);
  const decision = await once();
  print(`request: ${resources} resources, ${text.length} bytes, ${decision.response.cards.length} cards`);
  for (let i = 0; i < 500; i += 1) await once();
  const rounds = [];
  for (let round = 0; round < 7; round += 1) {
    const before = process.cpuUsage();
    for (let i = 0; i < 300; i += 1) await once();
    const { user, system } = process.cpuUsage(before);
    rounds.push((user + system) / 300);
  }
  print(
    `decide(): ${median(rounds).toFixed(0)} µs CPU (median of 7 × 300; ${Math.min(...rounds).toFixed(0)} to ${Math.max(...rounds).toFixed(0)})`,
  );
  const answer = JSON.stringify(decision.response);
  const figures = { bare: [], service: [] };
  for (const name of ['bare', 'service', 'bare', 'service', 'bare', 'service']) {
    figures[name].push(await load(name, service, text, answer));
  }
  const [bare, own] = [median(figures.bare), median(figures.service)];
  print(`bare Express 5, same body and answer: ${bare.toFixed(0)} µs CPU per request`);
  print(`the service: ${own.toFixed(0)} µs CPU per request, ${(own / bare).toFixed(2)} × bare Express`);
}

/** Sends requests to a server of its own process and asks it for the CPU it used. */
async function load(name, service, body, answer) {
  const child = fork(new URL(import.meta.url), [name], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  child.send({ answer });
  const { port } = await message(child);
  const url = `http://127.0.0.1:${port}/cds-services/${service}`;
  const send = async (count) => {
    for (let i = 0; i < count; i += 1) {
      const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      if (!response.ok) throw new Error(`${name} answered ${response.status}`);
      await response.text();
    }
  };
  await Promise.all(Array.from({ length: 8 }, () => send(100)));
  child.send('reset');
  await message(child);
  const count = 8 * 250;
  await Promise.all(Array.from({ length: 8 }, () => send(250)));
  child.send('usage');
  const { cpu } = await message(child);
  child.kill();
  return cpu / count;
}

async function serve(name) {
  const { answer } = await new Promise((done) => process.once('message', done));
  const logger = pino({ level: 'info', base: null }, pino.destination('/dev/null'));
  const app =
    name === 'bare'
      ? bareApp(JSON.parse(answer))
      : createApp({
          definitions: loadDefinitions(moduleFolder(resolve(root, 'hooks'))),
          logger,
          hookBudgetMs: 3000,
          fhirAllowedOrigins: [],
          transport: createTransport(addressPolicy()),
          sandbox: false,
          store: createSqlStore(openDatabase({}), logger, () => now),
          knowledgeHash: 'bench',
          patientHash: createPatientHash(),
          now: () => now,
          newId,
        });
  let before = process.cpuUsage();
  process.on('message', (command) => {
    if (command === 'reset') before = process.cpuUsage();
    const { user, system } = process.cpuUsage(before);
    process.send({ cpu: user + system });
  });
  const server = app.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
}

function bareApp(answer) {
  const app = express();
  app.post('/cds-services/:id', express.json({ limit: '10mb' }), (_request, response) => response.json(answer));
  return app;
}

/** The example call with everything the patient's record holds as prefetch. */
async function exampleRequest() {
  const { service, body } = JSON.parse(await readFile(resolve(root, 'fhir-fixtures/example-call.json'), 'utf8'));
  const { patientId } = body.context;
  const bundle = JSON.parse(await readFile(resolve(root, `fhir-fixtures/patients/${patientId}/bundle.json`), 'utf8'));
  const of = (...types) => ({
    resourceType: 'Bundle',
    type: 'searchset',
    entry: bundle.entry
      .map(({ resource }) => ({ resource }))
      .filter(({ resource }) => types.includes(resource.resourceType)),
  });
  const prefetch = {
    patient: bundle.entry.map(({ resource }) => resource).find(({ resourceType }) => resourceType === 'Patient'),
    conditions: of('Condition'),
    labs: of('Observation'),
    assessments: of('Observation'),
    medications: of('MedicationRequest', 'Medication'),
    procedures: of('Procedure'),
    orders: of('ServiceRequest'),
    studies: of('ResearchSubject', 'ResearchStudy'),
  };
  return { service, body: { ...body, prefetch } };
}

function message(child) {
  return new Promise((done, fail) => {
    child.once('message', done);
    child.once('exit', (code) => fail(new Error(`the server ended with ${code}`)));
  });
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function print(line) {
  process.stdout.write(`${line}\n`);
}
