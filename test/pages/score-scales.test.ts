import { exactly } from '../../src/kernel/estimate.ts';
import { albiGrade } from '../../src/measures/albi/albi.ts';
import { childPughClass } from '../../src/measures/child-pugh/child-pugh.ts';
import { scoreScales } from '../../src/pages/timeline/browser/score-scales.ts';

/** The names of the bands that hold this value; at a border the lower one. */
function bandsAt(scale: string, value: number): readonly string[] {
  const bands = scoreScales[scale]?.bands ?? [];
  return bands.filter(({ from, to }) => from < value && value <= to).map(({ label }) => label);
}

it('the bands of Child-Pugh are the classes of the measure, at every score', () => {
  const scores = Array.from({ length: 11 }, (_, at) => at + 5);
  expect(scores.map((score) => bandsAt('child-pugh-score', score))).toEqual(
    scores.map((score) => [childPughClass(score)]),
  );
});

it('the bands of ALBI are the grades of the measure, at every hundredth', () => {
  const scores = Array.from({ length: 300 }, (_, at) => (at - 350) / 100);
  expect(scores.map((score) => bandsAt('albi-score', score))).toEqual(
    scores.map((score) => [`grade ${albiGrade(exactly(score)).low}`]),
  );
});
