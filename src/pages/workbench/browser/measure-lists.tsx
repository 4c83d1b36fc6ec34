import type { ExplainedMeasure, Explanation } from '../explanation.ts';

type MeasuresProps = Pick<Explanation, 'measures'>;

/** The scores, with what they are computed from. */
export function MeasureLists({ measures }: MeasuresProps) {
  return (
    <section aria-labelledby="measures-heading">
      <h3 id="measures-heading">Measures</h3>
      <Measures measures={measures.filter(({ isComparable }) => isComparable)} />
      <Incomparable measures={measures.filter(({ isComparable }) => !isComparable)} />
    </section>
  );
}

function Measures({ measures }: MeasuresProps) {
  return (
    <ul class="measures">
      {measures.map((measure) => (
        <MeasureItem key={measure.id} measure={measure} />
      ))}
    </ul>
  );
}

/** Changes since a treatment that is not in the record: ranges of all that is possible, which say nothing. */
function Incomparable({ measures }: MeasuresProps) {
  if (measures.length === 0) return null;
  return (
    <details class="folded">
      <summary>
        Changes with nothing to compare with <span class="count">{measures.length}</span>
      </summary>
      <Measures measures={measures} />
    </details>
  );
}

function MeasureItem({ measure }: { readonly measure: ExplainedMeasure }) {
  const { title, label, inputs, open, notes } = measure;
  return (
    <li class="measure">
      <p class="measure-title">{title}</p>
      <p class="measure-label">{label}</p>
      <MeasureInputs inputs={inputs} open={open} />
      {notes.map((note) => (
        <p class="hint" key={note}>
          {note}
        </p>
      ))}
    </li>
  );
}

/** Where a score has many parts they are counted, and told when asked for. */
function MeasureInputs({ inputs, open }: Pick<ExplainedMeasure, 'inputs' | 'open'>) {
  if (inputs.length === 0) return <p class="hint">from nothing recorded</p>;
  const unknown = open.length > 0 ? `, ${open.length} not known exactly` : '';
  const list = (
    <>
      <p class="hint">from {inputs.join(', ')}</p>
      {open.length > 0 && <p class="hint">not known exactly: {open.join(', ')}</p>}
    </>
  );
  if (inputs.length <= 5) return list;
  return (
    <details class="hint">
      <summary>
        from {inputs.length} facts{unknown}
      </summary>
      {list}
    </details>
  );
}
