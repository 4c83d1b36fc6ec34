import { type Range, ranges } from '../course-range.ts';

export interface RangeChoiceProps {
  readonly range: Range;
  onChoose(range: Range): void;
}

/** Which part of the course is shown. */
export function RangeChoice({ range, onChoose }: RangeChoiceProps) {
  return (
    <fieldset class="views" aria-label="Time before the newest entry">
      {ranges.map((one) => (
        <button key={one} type="button" aria-pressed={range === one} onClick={() => onChoose(one)}>
          {one === 'all' ? 'Everything' : `${one} months`}
        </button>
      ))}
    </fieldset>
  );
}
