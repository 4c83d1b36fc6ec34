import { notAsked, type ReadResult, unavailable } from './read-result.ts';

/** The port through which patient data are asked for. A reader lives as long as one call. */
export interface FhirReader {
  /** Reads one relative FHIR request ('Condition?patient=1', 'Patient/1') and all its pages. Never throws: a failure is `unavailable`. */
  read(request: string): Promise<ReadResult>;
  /** Goes on from an absolute `next` link (same origin and base only). Never throws. */
  readOn(next: string): Promise<ReadResult>;
}

/** A reader that can read nothing, and says why. */
export function unavailableReader(reason: string): FhirReader {
  const read = async () => unavailable(reason);
  return { read, readOn: read };
}

/** The reader of a call that names no FHIR server, or none that may be asked. */
export function absentReader(reason: string): FhirReader {
  const read = async () => notAsked(reason);
  return { read, readOn: read };
}

/** The reader of a call that names no FHIR server. */
export const noReader: FhirReader = absentReader('no FHIR server given');

/** A reader that is made when it is first needed, and then kept. `open` must not throw. */
export function readerOnFirstUse(open: () => Promise<FhirReader>): FhirReader {
  let opened: Promise<FhirReader> | undefined;
  const reader = () => {
    opened ??= open();
    return opened;
  };
  return {
    read: async (request) => (await reader()).read(request),
    readOn: async (next) => (await reader()).readOn(next),
  };
}
