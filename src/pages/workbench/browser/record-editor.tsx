import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Start } from '../start.ts';
import { CourseEditor } from './course-editor.tsx';
import { type Edits, editRecord, isEdited } from './edit-record.ts';
import { focusOn } from './focus-on.ts';
import { LaboratoryRow } from './laboratory-row.tsx';
import { laboratoryIds, problemIds, readRecord } from './read-record.ts';
import { problems } from './record-templates.ts';
import type { Workbench } from './use-workbench.ts';

export interface RecordEditorProps {
  readonly start: Start;
  readonly workbench: Workbench;
}

/** Changes a copy of the record; the story stays as it is. */
export function RecordEditor({ start, workbench }: RecordEditorProps) {
  const { session, record, change } = workbench;
  const { edits, patient } = session;
  if ('server' in patient) return null;
  const now = new Date(start.now);
  const { codes } = start;
  const edited = editRecord(record ?? [], edits, { codes, now, patientId: patient.story });
  const values = readRecord(edited, codes, now);
  const undo = () => {
    change({ edits: {} });
    focusOn('record-heading');
  };
  const set = (part: Edits) => change({ edits: { ...edits, ...part } });
  return (
    <section class="panel" aria-labelledby="record-heading">
      <div class="panel-header">
        <h2 id="record-heading" tabIndex={-1}>
          Record
        </h2>
        {isEdited(edits) && (
          <button type="button" class="button button-quiet" onClick={undo}>
            Undo all changes
          </button>
        )}
      </div>
      <fieldset class="record-group">
        <legend>Laboratory</legend>
        {laboratoryIds.map((id) => (
          <LaboratoryRow
            key={`${patient.story} ${id}`}
            id={id}
            value={values.laboratory[id]}
            isEdited={edits.laboratory?.[id] !== undefined}
            now={now}
            onChange={(value) => set({ laboratory: { ...edits.laboratory, [id]: value } })}
          />
        ))}
      </fieldset>
      <fieldset class="record-group record-bedside">
        <legend>At the bedside</legend>
        {problemIds.map((id) => (
          <GradeField
            key={id}
            title={problems[id].title}
            grades={problems[id].grades}
            value={values.problems[id]}
            isEdited={edits.problems?.[id] !== undefined}
            onChange={(grade) => set({ problems: { ...edits.problems, [id]: grade } })}
          />
        ))}
        <GradeField
          title="ECOG"
          grades={ecogGrades}
          value={values.ecog === undefined ? undefined : String(values.ecog)}
          isEdited={edits.ecog !== undefined}
          onChange={(grade) => set({ ecog: grade === null ? null : Number(grade) })}
        />
      </fieldset>
      <Course>
        <CourseEditor values={values} edits={edits} now={now} onChange={set} />
      </Course>
    </section>
  );
}

const ecogGrades = [0, 1, 2, 3, 4].map((grade) => ({ id: String(grade), label: String(grade) }));

interface GradeFieldProps {
  readonly title: string;
  readonly grades: readonly { readonly id: string; readonly label: string }[];
  readonly value: string | undefined;
  readonly isEdited: boolean;
  onChange(grade: string | null): void;
}

function GradeField({ title, grades, value, isEdited: changed, onChange }: GradeFieldProps) {
  return (
    <label class={changed ? 'field field-edited' : 'field'}>
      <span>
        {title}
        {changed && <em class="edited-mark"> changed</em>}
      </span>
      <select value={value ?? ''} onChange={(event) => onChange(event.currentTarget.value || null)}>
        <option value="">not recorded</option>
        {value === 'other' && <option value="other">ungraded</option>}
        {grades.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Open when somebody wants to see it; most changes are of laboratory values. */
function Course({ children }: { readonly children: ComponentChildren }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="course" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>TACE sessions and responses</summary>
      {children}
    </details>
  );
}
