import type { Course } from '../course.ts';
import { rowsOf } from './table-rows.ts';

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
                  {cells.get(id)?.map(({ clock, text, note }) => (
                    <div key={`${clock} ${text}`}>
                      {clock && <span class="cell-note">{clock} </span>}
                      {text}
                      {note && <div class="cell-note">{note}</div>}
                    </div>
                  ))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
