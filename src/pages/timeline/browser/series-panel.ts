import * as Plot from '@observablehq/plot';
import type { Estimate } from '../../../kernel/estimate.ts';
import type { Frame } from './frame.ts';
import type { DrawnPanel } from './panels.ts';
import type { Picked } from './point-detail.tsx';
import type { Band, Scale } from './result-scale.ts';

const dayMs = 86_400_000;
const [marginTop, marginBottom] = [16, 8];
/** Two lines of text that are nearer to each other touch [px]. */
const lineHeight = 13;

export interface SeriesPoint {
  readonly time: number;
  readonly value: Estimate;
  /** Written at the point where it is another than before. */
  readonly label: string;
}

export interface SeriesPanel {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly scale: Scale;
  readonly points: readonly SeriesPoint[];
  readonly picks: readonly Picked[];
  readonly frame: Frame;
  /** The panel whose axis tells the time. */
  readonly hasDates: boolean;
  /** Whether it tells how long nothing was measured: once is enough. */
  readonly saysGaps: boolean;
}

interface Placed extends SeriesPoint {
  readonly date: Date;
  readonly low: number;
  readonly high: number;
  /** Points of one run are joined; a new run begins where nothing was known for too long. */
  readonly run: number;
}

/** A score or a result over time: points joined where they may be, bands where a value is not exact. */
export function drawSeries({
  id,
  title,
  unit,
  scale,
  points,
  picks,
  frame,
  hasDates,
  saysGaps,
}: SeriesPanel): DrawnPanel {
  const placed = place(points, scale.domain, frame);
  const exact = placed.filter(({ low, high }) => low === high);
  const ranges = placed.filter(({ low, high }) => low !== high);
  const order = [...exact, ...ranges].map((one) => placed.indexOf(one));
  return {
    ...{ id, title, unit },
    picks: order.flatMap((index) => picks[index] ?? []),
    marks: (figure) => [
      ...figure.querySelectorAll<SVGElement>('.exact circle'),
      ...figure.querySelectorAll<SVGElement>('.ranges line'),
    ],
    draw: () =>
      Plot.plot({
        ...{ className: 'plot', width: frame.width, height: scale.height + (hasDates ? 26 : 0) },
        ...{
          marginLeft: frame.marginLeft,
          marginRight: frame.marginRight,
          marginTop,
          marginBottom: hasDates ? 34 : marginBottom,
        },
        x: { type: 'utc', domain: [frame.from, frame.to] },
        y: { domain: [...scale.domain] },
        marks: [
          ...bandMarks(scale, frame),
          ...axes(scale, frame, hasDates),
          ...sessionRules(frame),
          ...(saysGaps ? gapMarks(placed, scale, frame) : []),
          Plot.line(exact, {
            x: 'date',
            y: 'low',
            z: 'run',
            stroke: 'var(--series)',
            strokeWidth: 2,
            className: 'lines',
          }),
          Plot.ruleX(ranges, {
            ...{ x: 'date', y1: 'low', y2: 'high', stroke: 'var(--range)', strokeWidth: 7 },
            ...{ strokeLinecap: 'round', className: 'ranges' },
          }),
          Plot.dot(exact, {
            x: 'date',
            y: 'low',
            r: 4.5,
            fill: 'var(--series)',
            stroke: 'var(--surface)',
            className: 'exact',
          }),
          ...labels(placed, frame),
        ],
      }),
  };
}

function place(
  points: readonly SeriesPoint[],
  [lowest, highest]: readonly [number, number],
  { validDays }: Frame,
): readonly Placed[] {
  let run = 0;
  let before: SeriesPoint | undefined;
  return points.map((point) => {
    const isExact = point.value.low === point.value.high;
    const wasExact = before !== undefined && before.value.low === before.value.high;
    if (before && (point.time - before.time > validDays * dayMs || !isExact || !wasExact)) run += 1;
    before = point;
    const within = (value: number) => Math.min(highest, Math.max(lowest, value));
    return { ...point, run, date: new Date(point.time), low: within(point.value.low), high: within(point.value.high) };
  });
}

/** How high a part of the axis is drawn [px]. */
function drawnHeight(from: number, to: number, { domain: [low, high], height }: Scale): number {
  return ((to - from) / (high - low)) * (height - marginTop - marginBottom);
}

function bandMarks(scale: Scale, frame: Frame) {
  const { bands } = scale;
  const isWide = frame.marginRight > 40;
  const borders = bands.slice(1).map(({ from }) => from);
  const marks = bands.flatMap((band) => [
    Plot.rectY([band], { y1: 'from', y2: 'to', fill: `var(--tone-${band.tone})` }),
    Plot.text(drawnHeight(band.from, band.to, scale) < lineHeight ? [] : [band], {
      ...{ y: ({ from, to }: Band) => (from + to) / 2, frameAnchor: 'right', fill: 'var(--text-quiet)' },
      ...{ text: ({ label, short }: Band) => (isWide ? label : short), textAnchor: 'start', dx: 8 },
      ...{ fontSize: 12, fontWeight: band.label.length === 1 ? 650 : 400 },
    }),
  ]);
  return [...marks, Plot.ruleY(borders, { stroke: 'var(--border-line)', className: 'borders' })];
}

function axes(scale: Scale, { width }: Frame, hasDates: boolean) {
  const { domain, bands } = scale;
  const [low, high] = domain;
  return [
    ...(bands.length === 0 ? [Plot.gridY({ ticks: 3, stroke: 'var(--line)', strokeOpacity: 1 })] : []),
    Plot.axisY({
      ...ticksOf(scale),
      ...{ tickSize: 0, fontSize: 12, fill: 'var(--text-quiet)', label: null },
    }),
    Plot.axisX({
      ...{ ticks: width < 560 ? 4 : 9, tickSize: 5, fontSize: 12, fill: 'var(--text-quiet)', label: null },
      ...(hasDates ? {} : { tickFormat: () => '' }),
      stroke: 'var(--line-strong)',
    }),
    Plot.ruleY([Math.min(low, high)], { stroke: 'var(--line-strong)' }),
  ];
}

/** The ticks; those that would touch are written between them as one: '2, 3'. */
function ticksOf(scale: Scale) {
  const { ticks, decimals } = scale;
  const written = (value: number) => value.toFixed(decimals);
  if (ticks.length === 0) return { ticks: 3, tickFormat: written };
  const groups: number[][] = [];
  for (const tick of ticks) {
    const last = groups.at(-1);
    const before = last?.at(-1);
    if (last && before !== undefined && drawnHeight(before, tick, scale) < lineHeight) last.push(tick);
    else groups.push([tick]);
  }
  const middle = (group: readonly number[]) => group.reduce((sum, one) => sum + one, 0) / group.length;
  const texts = new Map(groups.map((group) => [middle(group), group.map(written).join(', ')]));
  return { ticks: [...texts.keys()], tickFormat: (value: number) => texts.get(value) ?? written(value) };
}

/** Each session of TACE runs through all panels. */
export function sessionRules({ sessions }: Frame) {
  return [Plot.ruleX(sessions, { stroke: 'var(--session)', strokeWidth: 1.5, strokeDasharray: '3 3' })];
}

/** Where nothing was measured, that is said. */
function gapMarks(placed: readonly Placed[], { domain: [low, high] }: Scale, frame: Frame) {
  const gaps = placed.flatMap((point, index) => {
    const next = placed[index + 1];
    const days = next ? Math.round((next.time - point.time) / dayMs) : 0;
    const isShown = next && days > frame.validDays && days * frame.perDay > 64;
    return isShown ? [{ date: new Date((point.time + next.time) / 2), days }] : [];
  });
  return [
    Plot.text(gaps, {
      ...{
        x: 'date',
        y: Math.min(low, high),
        dy: -3,
        lineAnchor: 'bottom',
        text: ({ days }: { days: number }) => `nothing for${days * frame.perDay > 130 ? ' ' : '\n'}${days} days`,
      },
      ...{ fill: 'var(--text-quiet)', fontSize: 12, fontStyle: 'italic' },
    }),
  ];
}

/** At the first point, at the last, and wherever the value has become another; never over another label. */
function labels(placed: readonly Placed[], frame: Frame) {
  const changed = placed.filter(
    ({ label }, index) => index === 0 || index === placed.length - 1 || label !== placed[index - 1]?.label,
  );
  const above = thatFit(changed, frame);
  const ranges = changed.filter((one) => !above.includes(one) && one.low !== one.high);
  const style = {
    ...{ x: 'date', text: 'label', fontSize: 12.5, fontWeight: 600, fill: 'var(--text)' },
    ...{ stroke: 'var(--surface)', strokeWidth: 3, strokeOpacity: 0.8 },
  };
  return [
    Plot.text(above, { ...style, y: 'high', dy: -11 }),
    Plot.text(thatFit(ranges, frame), { ...style, y: 'low', dy: 13 }),
  ];
}

/** Labels that touch none before them; the last one always. */
function thatFit(points: readonly Placed[], { perDay }: Frame): readonly Placed[] {
  const half = ({ label }: Placed) => label.length * 3.8 + 4;
  const middle = ({ time }: Placed) => (time / dayMs) * perDay;
  const last = points.at(-1);
  let end = Number.NEGATIVE_INFINITY;
  return points.filter((point) => {
    const touchesLast = last && point !== last && middle(point) + half(point) > middle(last) - half(last);
    if (middle(point) - half(point) < end || touchesLast) return false;
    end = middle(point) + half(point);
    return true;
  });
}
