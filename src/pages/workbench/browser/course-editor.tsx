import { Icon } from '../../design/icons.tsx';
import type { Edits } from './edit-record.ts';
import { focusOn } from './focus-on.ts';
import { dateAgo, daysAgo, type RecordValues, type ResponseValue } from './read-record.ts';
import { type ResponseAnswer, responseAnswers } from './record-templates.ts';

export interface CourseEditorProps {
  readonly values: RecordValues;
  readonly edits: Edits;
  readonly now: Date;
  onChange(part: Edits): void;
}

/** The sessions and the responses between them, by day. */
export function CourseEditor({ values, now, onChange }: CourseEditorProps) {
  const { tace, responses } = values;
  const setSession = (index: number, days: number) =>
    onChange({ tace: tace.map((one, at) => (at === index ? days : one)) });
  const setResponse = (index: number, part: Partial<ResponseValue>) =>
    onChange({ responses: responses.map((one, at) => (at === index ? { ...one, ...part } : one)) });
  return (
    <>
      <fieldset class="record-group">
        <legend>TACE sessions</legend>
        {tace.length === 0 && <p class="empty">None recorded.</p>}
        {tace.map((days, index) => (
          <div class="course-row" key={index}>
            <DayField
              label={`TACE session ${index + 1}: day`}
              days={days}
              now={now}
              onChange={(to) => setSession(index, to)}
            />
            <p class="hint">{days} days ago</p>
            <RemoveButton
              label={`Remove TACE session ${index + 1}`}
              onRemove={() => {
                onChange({ tace: tace.filter((_, at) => at !== index) });
                focusOn('add-tace');
              }}
            />
          </div>
        ))}
        <button
          id="add-tace"
          type="button"
          class="button button-small"
          onClick={() => onChange({ tace: [30, ...tace] })}
        >
          Add a TACE session 30 days ago
        </button>
      </fieldset>
      <fieldset class="record-group">
        <legend>Responses (mRECIST)</legend>
        {responses.length === 0 && <p class="empty">None recorded.</p>}
        {responses.map(({ answer, daysAgo: days }, index) => (
          <div class="course-row" key={index}>
            <label class="field response">
              <span class="visually-hidden">Response {index + 1}</span>
              <select
                value={answer}
                onChange={(event) => setResponse(index, { answer: event.currentTarget.value as ResponseAnswer })}
              >
                {Object.entries(responseAnswers).map(([id, { text }]) => (
                  <option key={id} value={id}>
                    {text}
                  </option>
                ))}
              </select>
            </label>
            <DayField
              label={`Response ${index + 1}: day`}
              days={days}
              now={now}
              onChange={(to) => setResponse(index, { daysAgo: to })}
            />
            <RemoveButton
              label={`Remove response ${index + 1}`}
              onRemove={() => {
                onChange({ responses: responses.filter((_, at) => at !== index) });
                focusOn('add-response');
              }}
            />
          </div>
        ))}
        <button
          id="add-response"
          type="button"
          class="button button-small"
          onClick={() => onChange({ responses: [{ answer: 'SD', daysAgo: 7 }, ...responses] })}
        >
          Add a response 7 days ago
        </button>
      </fieldset>
    </>
  );
}

interface DayFieldProps {
  readonly label: string;
  readonly days: number;
  readonly now: Date;
  onChange(days: number): void;
}

function DayField({ label, days, now, onChange }: DayFieldProps) {
  return (
    <label class="field">
      <span class="visually-hidden">{label}</span>
      <input
        type="date"
        required
        max={dateAgo(0, now)}
        value={dateAgo(days, now)}
        onChange={(event) => event.currentTarget.value && onChange(daysAgo(event.currentTarget.value, now))}
      />
    </label>
  );
}

function RemoveButton({ label, onRemove }: { readonly label: string; onRemove(): void }) {
  return (
    <button type="button" class="button button-icon" onClick={onRemove}>
      <Icon name="remove" />
      <span class="visually-hidden">{label}</span>
    </button>
  );
}
