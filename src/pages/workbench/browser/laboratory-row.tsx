import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../design/icons.tsx';
import { convertedResult } from './convert-result.ts';
import { parseQuantity } from './edit-record.ts';
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
  const test: LaboratoryTest = laboratoryTests[id];
  const { title } = test;
  const recorded = value && unitOf(value, test);
  const [written, setWritten] = useState(value?.value ?? '');
  const [unit, setUnit] = useState(recorded ?? test.units[0]?.code ?? '');
  useEffect(() => setWritten(value?.value ?? ''), [value?.value]);
  useEffect(() => {
    if (recorded !== undefined) setUnit(recorded);
  }, [recorded]);
  const field = useRef<HTMLInputElement>(null);
  const days = value?.daysAgo ?? 0;
  const remove = () => {
    onChange(null);
    field.current?.focus();
  };
  /** @returns whether the field is in order */
  const complain = (problem: string) => {
    field.current?.setCustomValidity(problem);
    return problem === '' || field.current?.reportValidity() === true;
  };
  const save = (part: Partial<LaboratoryValue>) => {
    const next = { value: written.trim(), unit, daysAgo: days, ...part };
    if (!complain(next.value === '' || parseQuantity(next.value) ? '' : noNumber)) return;
    if (next.value === '') return value === undefined ? undefined : onChange(null);
    return onChange(next);
  };
  /** The result stays what it is: its number changes with the unit. What has no unit yet is given one. */
  const changeUnit = (to: string): boolean => {
    const text = written.trim();
    const isNumber = parseQuantity(text) !== undefined;
    const stated = unit === '' && isNumber ? text : convertedResult(text, { from: unit, to, test });
    if (text !== '' && stated === undefined) {
      complain(isNumber ? `Not known in this unit: empty the field, then write the result anew` : noNumber);
      return false;
    }
    setUnit(to);
    setWritten(stated ?? '');
    if (stated !== undefined) save({ value: stated, unit: to });
    return true;
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
            const select = event.currentTarget;
            if (!changeUnit(select.value)) select.value = unit;
          }}
        >
          {unitsWith(unit, test).map(({ code, label }) => (
            <option key={code} value={code}>
              {label}
            </option>
          ))}
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

const noNumber = 'A number, or a limit such as <0.2';

/** Where none is written, a test that has one unit only is in that. */
function unitOf({ unit }: LaboratoryValue, { units }: LaboratoryTest): string {
  return unit === '' && units.length === 1 ? (units[0]?.code ?? '') : unit;
}

/** The units of a test; before them the one that is written, where it is another or none. */
function unitsWith(unit: string, { units }: LaboratoryTest): LaboratoryTest['units'] {
  const isOne = units.some(({ code }) => code === unit);
  return isOne ? units : [{ code: unit, label: unit === '' ? 'no unit' : unit }, ...units];
}
