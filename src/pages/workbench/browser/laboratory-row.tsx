import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../design/icons.tsx';
import { isQuantity } from './edit-record.ts';
import { dateAgo, daysAgo, type LaboratoryValue } from './read-record.ts';
import { type LaboratoryTest, type LaboratoryTestId, laboratoryTests } from './record-templates.ts';

export interface LaboratoryRowProps {
  readonly id: LaboratoryTestId;
  readonly value: LaboratoryValue | undefined;
  readonly isEdited: boolean;
  readonly now: Date;
  onChange(value: LaboratoryValue | null): void;
}

/** The newest result of a test: value, unit, day. Takes effect when a field is left or Enter is pressed. */
export function LaboratoryRow({ id, value, isEdited, now, onChange }: LaboratoryRowProps) {
  const { title, units }: LaboratoryTest = laboratoryTests[id];
  const known = units.some(({ code }) => code === value?.unit);
  const [written, setWritten] = useState(value?.value ?? '');
  const [unit, setUnit] = useState(value?.unit ?? units[0]?.code);
  useEffect(() => setWritten(value?.value ?? ''), [value?.value]);
  useEffect(() => {
    if (value !== undefined && value.unit !== '') setUnit(value.unit);
  }, [value?.unit]);
  const field = useRef<HTMLInputElement>(null);
  const days = value?.daysAgo ?? 0;
  const remove = () => {
    onChange(null);
    field.current?.focus();
  };
  const save = (part: Partial<LaboratoryValue>) => {
    const next = { value: written.trim(), unit: unit ?? '', daysAgo: days, ...part };
    const problem = next.value === '' || isQuantity(next.value) ? '' : 'A number, or a limit such as <0.2';
    field.current?.setCustomValidity(problem);
    if (problem !== '') return void field.current?.reportValidity();
    if (next.value === '') return value === undefined ? undefined : onChange(null);
    return onChange(next);
  };
  return (
    <div class={isEdited ? 'laboratory laboratory-edited' : 'laboratory'}>
      <label class="field laboratory-value">
        <span>
          {title}
          {isEdited && <em class="edited-mark"> changed</em>}
        </span>
        <input
          ref={field}
          inputMode="decimal"
          placeholder="none"
          value={written}
          onInput={(event) => {
            event.currentTarget.setCustomValidity('');
            setWritten(event.currentTarget.value);
          }}
          onChange={() => save({})}
        />
      </label>
      <label class="field">
        <span class="visually-hidden">{title}: unit</span>
        <select
          value={unit}
          onChange={(event) => {
            setUnit(event.currentTarget.value);
            if (written.trim() !== '') save({ unit: event.currentTarget.value });
          }}
        >
          {units.map(({ code, label }) => (
            <option key={code} value={code}>
              {label}
            </option>
          ))}
          {!known && value !== undefined && value.unit !== '' && <option value={value.unit}>{value.unit}</option>}
        </select>
      </label>
      <label class="field">
        <span class="visually-hidden">{title}: day</span>
        <input
          type="date"
          required
          disabled={value === undefined}
          max={dateAgo(0, now)}
          value={dateAgo(days, now)}
          onChange={(event) => event.currentTarget.value && save({ daysAgo: daysAgo(event.currentTarget.value, now) })}
        />
      </label>
      <button type="button" class="button button-icon" disabled={value === undefined} onClick={remove}>
        <Icon name="remove" />
        <span class="visually-hidden">Remove {title} from the record</span>
      </button>
    </div>
  );
}
