import { timelineAddress } from '../../timeline-address.ts';
import type { TimelineStart } from '../start.ts';

/** Nobody is named: how the app is meant to be opened, and synthetic patients to try. */
export function Beginning({ start: { patients } }: { readonly start: TimelineStart }) {
  const own = `${location.origin}/fhir`;
  return (
    <div class="state">
      <h1>Liver timeline</h1>
      <p class="lead">
        Liver function over time, against TACE and systemic therapy. It is opened from an EHR, by SMART App Launch, for
        one patient.
      </p>
      {patients.length > 0 && (
        <section>
          <h2>Synthetic patients</h2>
          <ul class="patients">
            {patients.map(({ id, title }) => (
              <li key={id}>
                <a href={timelineAddress(location.origin, { server: own, patientId: id, drafts: [] })}>{title}</a>{' '}
                <code>{id}</code>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
