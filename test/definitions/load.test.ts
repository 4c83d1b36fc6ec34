import { loadDefinitions } from '../../src/definitions/load.ts';

it('loads', () => {
  const d = loadDefinitions('hooks/hcc-tace-systemic');
  expect([...(d.groups.get('systemic-therapy') ?? [])].length).toBeGreaterThan(10);
});
