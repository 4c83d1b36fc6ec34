import type { Patient } from 'fhir/r4.js';
import { useEffect, useState } from 'preact/hooks';
import { CopyButton } from '../../design/copy-button.tsx';
import { Markdown } from '../../design/markdown.tsx';
import type { Start } from '../start.ts';
import { writeSession } from './session.ts';
import { callOfStory } from './use-session.ts';
import type { Workbench } from './use-workbench.ts';

export interface PatientChooserProps {
  readonly start: Start;
  readonly workbench: Workbench;
}

/** A story of the sandbox, or a patient of another FHIR server. */
export function PatientChooser({ start, workbench }: PatientChooserProps) {
  const { patient } = workbench.session;
  const [isElsewhere, setElsewhere] = useState('server' in patient);
  const key = JSON.stringify(patient);
  useEffect(() => setElsewhere('server' in patient), [key]);
  return (
    <section class="panel patient" aria-labelledby="patient-heading">
      <div class="panel-header">
        <h2 id="patient-heading">Patient</h2>
        <div class="button-row">
          <CopyButton label="Copy the link" text={() => location.href} />
          <button
            type="button"
            class="button button-small"
            aria-pressed={isElsewhere}
            onClick={() => setElsewhere(!isElsewhere)}
          >
            Another FHIR server
          </button>
        </div>
      </div>
      {workbench.ignored.length > 0 && (
        <p class="hint" role="note">
          Part of the address was not understood and is left out: {workbench.ignored.join(', ')}.
        </p>
      )}
      {isElsewhere ? (
        <ElsewhereForm key={key} workbench={workbench} />
      ) : (
        <StoryChooser start={start} workbench={workbench} />
      )}
    </section>
  );
}

function StoryChooser({ start, workbench }: PatientChooserProps) {
  const { session, record, change } = workbench;
  const slug = 'story' in session.patient ? session.patient.story : '';
  const story = start.groups.flatMap(({ stories }) => stories).find((one) => one.slug === slug);
  const patient = record?.find((resource): resource is Patient => resource.resourceType === 'Patient');
  return (
    <div class="patient-columns">
      <div>
        <label class="field">
          <span>Story</span>
          <select value={slug} onChange={(event) => change(callOfStory(start, event.currentTarget.value))}>
            {slug === '' && <option value="">Choose a story</option>}
            {start.groups.map(({ title, stories }) => (
              <optgroup key={title} label={title}>
                {stories.map((one) => (
                  <option key={one.slug} value={one.slug}>
                    {one.title}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        </label>
        {patient && <PatientBanner patient={patient} now={new Date(start.now)} />}
      </div>
      {story && (
        <div class="story">
          <Markdown text={story.text} />
          <div class="story-calls">
            <h3 id="try-heading">To try</h3>
            <ul class="button-row" aria-labelledby="try-heading">
              {story.calls.map(({ name }, index) => (
                <li key={name}>
                  <button
                    type="button"
                    class="button button-small"
                    onClick={() => change({ ...callOfStory(start, slug, index), edits: session.edits })}
                  >
                    {name}
                  </button>
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
    </div>
  );
}

function PatientBanner({ patient, now }: { readonly patient: Patient; readonly now: Date }) {
  const { id, name = [], gender, birthDate } = patient;
  const [official] = name;
  const full = [...(official?.given ?? []), official?.family].filter(Boolean).join(' ');
  return (
    <dl class="patient-banner">
      <div>
        <dt>Name</dt>
        <dd>{full}</dd>
      </div>
      <div>
        <dt>Age, sex</dt>
        <dd>
          {birthDate ? `${ageOn(birthDate, now)} years` : 'unknown'}, {gender ?? 'unknown'}
        </dd>
      </div>
      <div>
        <dt>Record</dt>
        <dd>
          <code>{id}</code>
        </dd>
      </div>
    </dl>
  );
}

function ageOn(birthDate: string, now: Date): number {
  const today = now.toISOString().slice(0, 10);
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** A server of another origin has to be named in the address of the page: its policy allows no other. */
function ElsewhereForm({ workbench }: { readonly workbench: Workbench }) {
  const { session, change } = workbench;
  const known = 'server' in session.patient ? session.patient : { server: '', id: '' };
  const [server, setServer] = useState(known.server);
  const [id, setId] = useState(known.id);
  const submit = (event: Event) => {
    event.preventDefault();
    const base = server.trim().replace(/\/+$/, '');
    const chosen = { patient: { server: base, id: id.trim() }, edits: {} };
    const { origin } = new URL(base);
    const allowed = new URLSearchParams(location.search).get('fhir');
    if (origin === location.origin || allowed === origin) return change(chosen);
    location.assign(`/?fhir=${encodeURIComponent(origin)}#${writeSession({ ...session, ...chosen })}`);
  };
  return (
    <form class="elsewhere" onSubmit={submit}>
      <label class="field">
        <span>Base URL of a FHIR R4 server</span>
        <input
          type="url"
          required
          placeholder="https://fhir.example/r4"
          value={server}
          onInput={(event) => setServer(event.currentTarget.value)}
        />
      </label>
      <label class="field">
        <span>Patient id</span>
        <input required value={id} onInput={(event) => setId(event.currentTarget.value)} />
      </label>
      <button type="submit" class="button button-primary">
        Use this patient
      </button>
      <p class="hint">
        The service reads this server only if it allows it: loopback always, others by <code>FHIR_ALLOWED_ORIGINS</code>
        . For the prefetch this page reads it from your browser. Use no real patients: nothing here is approved for
        care.
      </p>
    </form>
  );
}
