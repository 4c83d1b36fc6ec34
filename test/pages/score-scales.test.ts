import { exactly } from '../../src/kernel/estimate.ts';
import { albiGrade } from '../../src/measures/albi/albi.ts';
import { childPughClass } from '../../src/measures/child-pugh/child-pugh.ts';
import { fitted, scoreScales } from '../../src/pages/timeline/browser/score-scales.ts';

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

it('an axis is as long as usual, and longer where a score lies beyond its ends', () => {
  const albi = scoreScales['albi-score'];
  if (albi === undefined) throw new Error('there is no axis');
  expect(fitted(albi, [-2.5, Number.NEGATIVE_INFINITY])).toEqual(albi);
  const { domain, bands } = fitted(albi, [-4.1, 0.1]);
  expect(domain).toEqual([-4.1, 0.1]);
  expect(bands.map(({ from, to }) => [from, to])).toEqual([
    [-4.1, -2.6],
    [-2.6, -1.39],
    [-1.39, 0.1],
  ]);
});
