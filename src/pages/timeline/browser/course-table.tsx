import { formatQuantity } from '../../../cards/format.ts';
import type { Course } from '../course.ts';
import type { ScorePoint } from '../scores.ts';
import { dayText } from './days.ts';

interface Row {
  readonly day: string;
  readonly events: string[];
  readonly cells: Map<string, { readonly text: string; readonly note: string }>;
}

/** The same as the chart, day by day, newest first. */
export function CourseTable({ course, drafts }: { readonly course: Course; readonly drafts: readonly string[] }) {
  const series = [...course.scores, ...course.results];
  const rows = rowsOf(course, drafts);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <section class="table-scroll" aria-label="The course as a table" tabIndex={0}>
      <table class="course-table">
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">Treatment and response</th>
            {series.map(({ id, title }) => (
              <th scope="col" key={id}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ day, events, cells }) => (
            <tr key={day}>
              <th scope="row">{day}</th>
              <td>
                {events.map((event) => (
                  <div key={event}>{event}</div>
                ))}
              </td>
              {series.map(({ id }) => (
                <td key={id}>
                  {cells.get(id)?.text}
                  {cells.get(id)?.note && <div class="cell-note">{cells.get(id)?.note}</div>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function rowsOf(
  { scores, results, sessions, therapies, responses, now }: Course,
  drafts: readonly string[],
): readonly Row[] {
  const rows = new Map<string, Row>();
  const rowAt = (time: number): Row => {
    const day = dayText(time);
    const row = rows.get(day) ?? { day, events: [], cells: new Map() };
    rows.set(day, row);
    return row;
  };
  for (const { id, points } of scores)
    for (const point of points) rowAt(point.time).cells.set(id, { text: point.label, note: openParts(point) });
  for (const { id, unit, points } of results)
    for (const { time, value, asRecorded, reason = '' } of points)
      rowAt(time).cells.set(id, { text: value ? formatQuantity(rounded(value), unit) : asRecorded, note: reason });
  for (const { time, label, certain } of sessions) rowAt(time).events.push(certain ? label : `${label}, perhaps`);
  for (const { time, asRecorded } of responses) rowAt(time).events.push(`Response: ${asRecorded}`);
  for (const { label, start, end, running, openEnd } of therapies) {
    rowAt(start).events.push(`${label} begins`);
    if (openEnd) rowAt(start).events.push(`${label}: its end is not recorded`);
    else if (!running) rowAt(end).events.push(`${label}: last sign`);
  }
  for (const draft of drafts) rowAt(now).events.push(`${draft} drafted`);
  return [...rows.values()].sort((a, b) => b.day.localeCompare(a.day));
}

function openParts({ parts }: ScorePoint): string {
  const open = parts.filter(({ known }) => !known).map(({ title, text }) => `${title}: ${text}`);
  return open.join('; ');
}

function rounded<T extends { readonly low: number; readonly high: number }>(value: T): T {
  const round = (one: number) => Number(one.toPrecision(3));
  return { ...value, low: round(value.low), high: round(value.high) };
}
