import type { Range } from '../course-range.ts';

export interface RangeChoiceProps {
  readonly range: Range;
  readonly ranges: readonly Range[];
  onChoose(range: Range): void;
}

/** Which part of the course is shown. */
export function RangeChoice({ range, ranges, onChoose }: RangeChoiceProps) {
  return (
    <fieldset class="views" aria-label="Months up to today">
      {ranges.map((one) => (
        <button key={one} type="button" aria-pressed={range === one} onClick={() => onChoose(one)}>
          {one === 'all' ? 'Everything' : `${one} months`}
        </button>
      ))}
    </fieldset>
  );
}
