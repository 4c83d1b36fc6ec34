import { useState } from 'preact/hooks';
import { timelineAddress } from '../../timeline-address.ts';
import { type PatientGroup, patientsWith } from '../patient-groups.ts';
import type { TimelineStart } from '../start.ts';

/** Nobody is named: how the app is meant to be opened, and synthetic patients to try. */
export function Beginning({ start: { groups } }: { readonly start: TimelineStart }) {
  return (
    <div class="beginning">
      <h1>Liver timeline</h1>
      <p class="lead">
        Liver function over time, against TACE and systemic therapy. It is opened from an EHR, by SMART App Launch, for
        one patient.
      </p>
      {groups.length > 0 && <SyntheticPatients groups={groups} />}
    </div>
  );
}

function SyntheticPatients({ groups }: { readonly groups: readonly PatientGroup[] }) {
  const [text, setText] = useState('');
  const shown = patientsWith(text, groups);
  return (
    <section aria-labelledby="patients-heading">
      <h2 id="patients-heading">Synthetic patients</h2>
      <search class="find">
        <label class="field">
          <span>Show only titles with these words</span>
          <input
            type="search"
            autocomplete="off"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <p role="status">{text.trim() === '' ? '' : `${count(shown)} of ${count(groups)} shown`}</p>
      </search>
      {shown.map(({ title, patients }) => (
        <section key={title}>
          <h3>{title}</h3>
          <ul class="patients">
            {patients.map((patient) => (
              <li key={patient.id}>
                <a href={addressOf(patient.id)}>{patient.title}</a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}

function addressOf(patientId: string): string {
  return timelineAddress(location.origin, { server: `${location.origin}/fhir`, patientId, drafts: [] });
}

function count(groups: readonly PatientGroup[]): number {
  return groups.reduce((sum, { patients }) => sum + patients.length, 0);
}
