import { measures } from '../measures/index.ts';
import { factsIn } from './checks/references.ts';
import type { Definitions } from './definitions.ts';
import { placeholder } from './placeholder.ts';

/** The facts on which the lines of patient-view.yaml rest, the inputs of measures among them. */
export function factsOfPatientView({ patientView, conditions }: Definitions): ReadonlySet<string> {
  const due = patientView?.due ?? [];
  const lines = [...(patientView?.lines ?? []), ...due];
  const named = [
    ...lines.flatMap(({ says }) => [...says.matchAll(placeholder)].map(([, name = '']) => name)),
    ...lines.flatMap(({ when, unless }) =>
      [when, unless].flatMap((one) => (one === undefined ? [] : factsIn(one, conditions))),
    ),
    ...due.flatMap(({ outOfDate = [] }) => outOfDate),
  ];
  return new Set(named.flatMap((name) => [name, ...Object.keys(measures.find(({ id }) => id === name)?.inputs ?? {})]));
}
