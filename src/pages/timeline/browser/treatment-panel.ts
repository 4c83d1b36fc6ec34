import * as Plot from '@observablehq/plot';
import type { Course } from '../course.ts';
import { dayText, noonOf } from './days.ts';
import type { Frame } from './frame.ts';
import type { DrawnPanel } from './panels.ts';
import type { Picked } from './point-detail.tsx';
import { sessionRules } from './series-panel.ts';

const laneHeight = 26;

/** What was done: sessions, drugs and responses, each in a lane of its own, labelled where it is. */
export function drawTreatments(course: Course, drafts: readonly string[], frame: Frame): DrawnPanel {
  const { sessions, responses, therapies } = course;
  const drugs = [...new Set(therapies.map(({ label }) => label))];
  const lanes = [
    ...(sessions.length > 0 ? ['TACE'] : []),
    ...(responses.length > 0 ? ['response'] : []),
    ...drugs,
    ...(drafts.length > 0 ? ['drafts'] : []),
  ];
  const done = sessions.map(({ time, label, certain, number }) => ({
    ...{
      date: new Date(noonOf(time)),
      lane: 'TACE',
      text: `${certain ? '' : 'perhaps '}${ordinal(number, sessions.length)}`,
    },
    pick: { title: label, time, text: certain ? `session ${number}` : 'perhaps', note: '' },
  }));
  const assessed = responses.map(({ time, label, asRecorded }) => ({
    ...{ date: new Date(noonOf(time)), lane: 'response', text: label },
    pick: { title: 'Response', time, text: asRecorded, note: '' },
  }));
  const bars = therapies.map(({ label, start, end, running, openEnd }) => {
    const [from, to] = [Math.max(noonOf(start), frame.from.getTime()), noonOf(end)];
    return {
      ...{ from: new Date(from), to: new Date(to), lane: label, openEnd },
      text: `${label}${openEnd ? ', end not recorded' : ''}`,
      middle: new Date((from + to) / 2),
      fits: ((to - from) / 86_400_000) * frame.perDay > label.length * 7 + 16,
      pick: { title: label, time: start, text: `from ${dayText(start)} ${endText(running, openEnd, end)}`, note: '' },
    };
  });
  const [ended, open] = [bars.filter((one) => !one.openEnd), bars.filter((one) => one.openEnd)];
  const taken = [...ended, ...open];
  const draftText = `drafted: ${drafts.join(', ')}`;
  const pickOfDrafts = { title: 'Drafted today', time: course.now, text: drafts.join(', '), note: '' };
  const drafted = drafts.length > 0 ? [{ date: frame.now, lane: 'drafts', text: draftText, pick: pickOfDrafts }] : [];
  const picks: readonly Picked[] = [...taken, ...done, ...assessed, ...drafted].map(({ pick }) => pick);
  return {
    ...{ id: 'treatments', title: 'Treatment', unit: lanes.length === 0 ? 'none found' : '', picks },
    marks: (figure) => [
      ...figure.querySelectorAll<SVGElement>('.taken rect'),
      ...figure.querySelectorAll<SVGElement>('.done path'),
      ...figure.querySelectorAll<SVGElement>('.assessed circle'),
      ...figure.querySelectorAll<SVGElement>('.drafted path'),
    ],
    draw: () =>
      Plot.plot({
        ...{ className: 'plot', width: frame.width, height: lanes.length * laneHeight + 36 },
        ...{ marginLeft: frame.marginLeft, marginRight: frame.marginRight, marginTop: 30, marginBottom: 4 },
        x: { type: 'utc', domain: [frame.from, frame.to], axis: null },
        y: { type: 'band', domain: lanes, axis: null, padding: 0.2 },
        marks: [
          ...sessionRules(frame),
          Plot.axisX({
            ...{ anchor: 'top', ticks: frame.width < 560 ? 4 : 9, tickSize: 0, fontSize: 12, label: null },
            fill: 'var(--text-quiet)',
          }),
          Plot.ruleX(lanes.length > 0 ? [frame.now] : [], { stroke: 'var(--line-strong)' }),
          Plot.barX(ended, { ...bar, fill: 'var(--therapy)' }),
          Plot.barX(open, { ...bar, fill: 'var(--surface)', strokeDasharray: '4 3' }),
          Plot.text(
            taken.filter(({ fits }) => fits),
            { x: 'middle', y: 'lane', text: 'text', fill: 'var(--therapy-text)', pointerEvents: 'none', ...bold },
          ),
          Plot.text(
            taken.filter(({ fits }) => !fits),
            {
              ...{ x: 'from', y: 'lane', text: 'text', fill: 'var(--text)', textAnchor: 'end', dx: -6 },
              ...bold,
              ...halo,
            },
          ),
          Plot.dot(done, { x: 'date', y: 'lane', symbol: 'triangle', r: 6, fill: 'var(--session)', className: 'done' }),
          Plot.text(done, {
            x: 'date',
            y: 'lane',
            text: 'text',
            textAnchor: 'start',
            dx: 10,
            fill: 'var(--text)',
            ...bold,
            ...halo,
          }),
          Plot.dot(assessed, {
            x: 'date',
            y: 'lane',
            r: 12,
            fill: 'var(--surface)',
            stroke: 'var(--line-strong)',
            className: 'assessed',
          }),
          Plot.text(assessed, {
            x: 'date',
            y: 'lane',
            text: 'text',
            fill: 'var(--text)',
            ...bold,
            pointerEvents: 'none',
          }),
          Plot.dot(drafted, {
            x: 'date',
            y: 'lane',
            symbol: 'triangle',
            r: 6,
            fill: 'var(--surface)',
            stroke: 'var(--session)',
            strokeWidth: 2,
            className: 'drafted',
          }),
          Plot.text(drafted, {
            ...{
              x: 'date',
              y: 'lane',
              text: 'text',
              textAnchor: 'end',
              dx: -12,
              fill: 'var(--text)',
            },
            ...bold,
            ...halo,
          }),
        ],
      }),
  };
}

const bar = { x1: 'from', x2: 'to', y: 'lane', rx: 4, stroke: 'var(--therapy-line)', className: 'taken' };
const bold = { fontSize: 12.5, fontWeight: 600 };
const halo = { stroke: 'var(--surface)', strokeWidth: 3 };

function ordinal(number: number, count: number): string {
  return number === 1 && count === 1 ? 'TACE' : `TACE ${number}`;
}

function endText(running: boolean, openEnd: boolean, end: number): string {
  if (openEnd) return 'on; its end is not recorded';
  return running ? 'on, running' : `to ${dayText(end)}`;
}
