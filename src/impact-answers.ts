import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadDefinitions, moduleFolder } from './definitions/load.ts';
import { answersOf, type Calls } from './impact/answers.ts';

/** Asks the revision it stands in what it answers to some calls: `impact-answers CALLS ANSWERS`, both JSON files. */

const [callsFile = '', answersFile = ''] = process.argv.slice(2);
const calls = JSON.parse(readFileSync(callsFile, 'utf8')) as Calls;
// The revision's folder is the one it is run in.
const definitions = loadDefinitions(moduleFolder(resolve('hooks')));
writeFileSync(answersFile, JSON.stringify(await answersOf(calls, definitions)));
