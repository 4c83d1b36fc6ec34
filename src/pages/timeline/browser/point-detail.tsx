import type { ScorePoint } from '../scores.ts';
import { dayText } from './days.ts';

/** The point that one looks at. */
export type Picked =
  | { readonly title: string; readonly point: ScorePoint }
  | {
      readonly title: string;
      readonly time: number;
      /** '18:30', where several were taken that day. */
      readonly clock?: string;
      readonly text: string;
      readonly note: string;
    };

/** '2026-07-28', '2026-07-28 18:30' */
export function dayOf(picked: Picked): string {
  if ('point' in picked) return dayText(picked.point.time);
  return [dayText(picked.time), picked.clock].filter(Boolean).join(' ');
}

/** What a point was made of. */
export function PointDetail({ picked }: { readonly picked: Picked | undefined }) {
  if (picked === undefined) return null;
  const label = 'point' in picked ? picked.point.label : picked.text;
  return (
    <aside class="detail" aria-live="polite" aria-label="The point that is pointed at">
      <p class="detail-day">{dayOf(picked)}</p>
      <p class="detail-value">
        {picked.title} <strong>{label}</strong>
      </p>
      {'note' in picked && <p class="detail-note">{picked.note}</p>}
      {'point' in picked && (
        <>
          <table class="parts">
            <caption>Made of</caption>
            <tbody>
              {picked.point.parts.map(({ title, text, day, known }) => (
                <tr key={title} class={known ? '' : 'unknown'}>
                  <th scope="row">{title}</th>
                  <td>
                    {text}
                    {day !== undefined && <span class="part-day">{day}</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {picked.point.notes.map((note) => (
            <p key={note} class="detail-note">
              {note}
            </p>
          ))}
        </>
      )}
    </aside>
  );
}
