import { formatQuantity } from '../../../cards/format.ts';
import type { Course } from '../course.ts';
import { noonOf } from './days.ts';
import { frameOf } from './frame.ts';
import type { Picked } from './point-detail.tsx';
import { decimalsOf, resultScale } from './result-scale.ts';
import { fitted, scoreScales } from './score-scales.ts';
import { drawSeries, type SeriesPoint } from './series-panel.ts';
import { drawTreatments } from './treatment-panel.ts';

/** A panel, ready to be drawn. */
export interface DrawnPanel {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  draw(): Element;
  /** The elements that stand for values, in the order of the picks. */
  marks(figure: Element): readonly SVGElement[];
  readonly picks: readonly Picked[];
}

/** What is drawn in this width: treatments, scores, results. */
export function panelsOf(course: Course, drafts: readonly string[], width: number): readonly DrawnPanel[] {
  const frame = frameOf(course, width);
  const [scores, results] = [course.scores.filter(hasPoints), course.results.filter(hasPoints)];
  return [drawTreatments(course, drafts, frame), ...scores.map(scorePanel), ...results.map(resultPanel)];

  function scorePanel({ id, title, points }: Course['scores'][number]): DrawnPanel {
    const usual = scoreScales[id] ?? { domain: [0, 1], ticks: [], height: 120, bands: [], decimals: 1 };
    const scale = fitted(
      usual,
      points.flatMap(({ value }) => [value.low, value.high]),
    );
    const drawn = points.map(
      ({ time, value, label }): SeriesPoint => ({ time, value, label: short(label, frame.width < 560) }),
    );
    const picks = points.map((point): Picked => ({ title, point }));
    const places = { hasDates: false, saysGaps: true };
    return drawSeries({ id, title, unit: 'higher is worse', scale, points: drawn, picks, frame, ...places });
  }

  function resultPanel({ id, title, unit, limits, notes, points }: Course['results'][number]): DrawnPanel {
    const usable = points.flatMap(({ value, ...rest }) => (value ? [{ ...rest, value }] : []));
    const scale = resultScale(
      usable.flatMap(({ value }) => [value.low, value.high]),
      limits,
    );
    const decimals = Math.max(0, ...usable.map(({ value }) => decimalsOf(value.low)));
    const drawn = usable.map(
      ({ time, value }): SeriesPoint => ({ time: noonOf(time), value, label: resultLabel(value, decimals) }),
    );
    const picks = usable.map(({ time, clock, value, asRecorded }): Picked => {
      const text = formatQuantity(rounded(value), unit);
      return {
        title,
        time,
        ...(clock && { clock }),
        text,
        note: text === asRecorded ? '' : `Recorded as ${asRecorded}`,
      };
    });
    return drawSeries({
      id,
      title,
      unit: captionOf(unit, limits !== undefined, notes),
      scale,
      points: drawn,
      picks,
      frame,
      hasDates: id === results.at(-1)?.id,
      saysGaps: false,
    });
  }
}

function hasPoints({ points }: { readonly points: readonly unknown[] }): boolean {
  return points.length > 0;
}

/** 'mg/dL, with the points of Child-Pugh. A drug is taken …' */
function captionOf(unit: string, hasLimits: boolean, notes: readonly string[]): string {
  const parts = [unitName(unit), ...(hasLimits ? ['with the points of Child-Pugh'] : [])].filter(Boolean);
  return [parts.join(', '), ...notes].join('. ');
}

function unitName(unit: string): string {
  return formatQuantity({ low: 0, high: 0, lowOpen: false, highOpen: false }, unit).slice(1).trim();
}

/** '-2.31 (grade 2)' → '−2.31'; 'B7 to B9' → 'B7–B9' where there is little room */
function short(label: string, isNarrow: boolean): string {
  const written = label.replace(/ \(.*/, '').replaceAll('-', '−');
  return isNarrow ? written.replace(/([A-C]\d+) to ([A-C]\d+)/, '$1–$2') : written;
}

/** As exact as the results were recorded: 4.0 beside 3.7. */
function resultLabel(value: SeriesPoint['value'], decimals: number): string {
  return value.low === value.high ? value.low.toFixed(decimals) : formatQuantity(rounded(value), '1');
}

function rounded(value: SeriesPoint['value']): SeriesPoint['value'] {
  const round = (one: number) => (Number.isFinite(one) ? Number(one.toPrecision(3)) : one);
  return { ...value, low: round(value.low), high: round(value.high) };
}
