import { patientGroups, patientsWith } from '../../src/pages/timeline/patient-groups.ts';

const groups = patientGroups([
  {
    title: 'Suitability',
    stories: [
      { slug: 'a', title: 'Tense ascites' },
      { slug: 'b', title: 'Child-Pugh C' },
    ],
  },
  { title: 'Nothing to say', stories: [{ slug: 'c', title: 'Preserved function' }] },
]);
const titles = (text: string) => patientsWith(text, groups).map(({ patients }) => patients.map(({ title }) => title));

it('keeps the groups of the workbench, each in the order of the titles', () => {
  expect(titles('')).toEqual([['Child-Pugh C', 'Tense ascites'], ['Preserved function']]);
  expect(groups[0]?.patients[0]).toEqual({ id: 'b', title: 'Child-Pugh C' });
});

it('finds the titles with every word, in any order and case, and leaves out empty groups', () => {
  expect(titles('  ASC tense ')).toEqual([['Tense ascites']]);
  expect(titles('tense function')).toEqual([]);
});
