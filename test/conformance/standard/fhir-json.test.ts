import '../../../src/sandbox/websocket-shim.ts';
import { validateResource } from '@medplum/core';
import type { Action } from '../../../src/cds-hooks/card.ts';
import { loadDefinitions } from '../../../src/sandbox/definitions.ts';
import { cardsOf } from '../../cards/cards.ts';
import { nothingRecorded, stale } from '../../measures/facts.ts';

it('T2: what a suggestion creates is a valid resource of FHIR R4', async () => {
  await loadDefinitions();
  const missing = { bilirubin: nothingRecorded, albumin: stale, inr: nothingRecorded, creatinine: nothingRecorded };
  const cards = [
    ...cardsOf({ facts: missing }),
    ...cardsOf({ drafts: ['TACE', 'atezolizumab', 'bevacizumab'], sandbox: true }),
  ];
  const actions: readonly Action[] = cards.flatMap(({ suggestions = [] }) => suggestions.flatMap((one) => one.actions));
  const created = actions.flatMap(({ resource }) => resource ?? []);
  expect(created.length).toBeGreaterThan(4);
  for (const resource of created)
    expect(validateResource(resource as Parameters<typeof validateResource>[0])).toEqual([]);
  expect(() => validateResource({ resourceType: 'ServiceRequest', status: 'draft' } as never)).toThrow(/intent/);
});
