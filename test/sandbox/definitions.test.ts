import { expressionFor } from '../../src/sandbox/definitions.ts';

describe('the expression of a search parameter for one type', () => {
  const code =
    'AllergyIntolerance.code | AllergyIntolerance.reaction.substance | (MedicationRequest.medication as CodeableConcept) | Observation.code';

  it.each([
    ['Observation', 'Observation.code'],
    ['AllergyIntolerance', 'AllergyIntolerance.code | AllergyIntolerance.reaction.substance'],
    ['MedicationRequest', '(MedicationRequest.medication as CodeableConcept)'],
  ])('keeps what is about %s', (type, expected) => {
    expect(expressionFor(type, code)).toBe(expected);
  });

  it('does not take one type for another that ends the same', () => {
    expect(expressionFor('Request', code)).toBe(code);
  });

  it('does not split a union inside brackets', () => {
    expect(expressionFor('Group', '(Group.a | Group.b).c | Flag.x')).toBe('(Group.a | Group.b).c');
  });

  it('stays whole where the terms do not name the type', () => {
    expect(expressionFor('InsurancePlan', 'name | alias')).toBe('name | alias');
  });
});
