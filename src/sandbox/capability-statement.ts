import type { CapabilityStatement, CapabilityStatementRestResource } from 'fhir/r4.js';
import { knownTypes, supportedParameters } from './definitions.ts';

const interactions = ['read', 'search-type', 'create', 'update', 'patch', 'delete'] as const;

const remarks: Readonly<Record<string, string>> = {
  string: 'Matches anywhere in the value, ignoring case.',
  uri: 'Matches anywhere in the value, ignoring case.',
  date: 'Without a prefix, and with eq, any overlap of the two periods matches.',
};

/** What this server does, and nothing else: the answer to `GET /metadata`. */
export function capabilityStatement(baseUrl: string, now: Date): CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: now.toISOString(),
    kind: 'instance',
    software: { name: 'hcc-cds sandbox' },
    implementation: { description: 'Synthetic patients, kept in memory and lost when the process ends', url: baseUrl },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    patchFormat: ['application/json-patch+json', 'application/fhir+json'],
    rest: [
      {
        mode: 'server',
        documentation:
          'An unknown search parameter or modifier is an error. Modifiers: missing on every parameter, not on tokens. ' +
          'Chained searches, _has, _revinclude, history and operations are not supported.',
        interaction: [{ code: 'batch' }, { code: 'transaction' }],
        resource: knownTypes().map(describeType),
      },
    ],
  };
}

function describeType(type: string): CapabilityStatementRestResource {
  const parameters = supportedParameters(type);
  const includes = parameters.filter((parameter) => parameter.type === 'reference' && !parameter.code.startsWith('_'));
  return {
    type: type as CapabilityStatementRestResource['type'],
    interaction: interactions.map((code) => ({ code })),
    versioning: 'versioned',
    readHistory: false,
    updateCreate: true,
    conditionalCreate: true,
    conditionalUpdate: false,
    conditionalDelete: 'not-supported',
    ...(includes.length > 0 && { searchInclude: includes.map(({ code }) => `${type}:${code}`) }),
    ...(parameters.length > 0 && {
      searchParam: parameters.map(({ code, type: kind }) => {
        const documentation = remarks[kind];
        return { name: code, type: kind, ...(documentation !== undefined && { documentation }) };
      }),
    }),
  };
}
