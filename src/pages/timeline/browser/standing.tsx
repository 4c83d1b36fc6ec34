import type { Course } from '../course.ts';
import { dayText, noonOf } from './days.ts';

interface Item {
  readonly name: string;
  readonly value: string;
  readonly note?: string;
  readonly isTooOld?: boolean;
}

/** How things stand, in one line. */
export function Standing({ course, drafts }: { readonly course: Course; readonly drafts: readonly string[] }) {
  const { scores, sessions, therapies, responses, now } = course;
  const last = sessions.at(-1);
  const running = therapies.filter((one) => one.running).map(({ label }) => label);
  const response = responses.at(-1);
  const items: readonly Item[] = [
    ...scores.flatMap(({ title, points, isTooOld }): Item[] => {
      const point = points.at(-1);
      return point ? [{ name: title, value: point.label, note: dayText(point.time), isTooOld }] : [];
    }),
    ...(last ? [{ name: 'TACE', value: `${sessions.length}`, note: `last ${daysText(last.time, now)}` }] : []),
    ...(response ? [{ name: 'Response', value: response.label, note: dayText(response.time) }] : []),
    ...(running.length > 0 ? [{ name: 'Running', value: running.join(', ') }] : []),
    ...(drafts.length > 0 ? [{ name: 'Drafted today', value: drafts.join(', ') }] : []),
  ];
  return (
    <dl class="standing">
      {items.map(({ name, value, note, isTooOld }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value} {note && <span class="standing-note">{note}</span>}{' '}
            {isTooOld && <span class="badge badge-stale">too old for ordering</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function daysText(time: number, now: number): string {
  const days = (noonOf(now) - noonOf(time)) / 86_400_000;
  return days === 1 ? 'yesterday' : days < 1 ? 'today' : `${days} days ago`;
}
