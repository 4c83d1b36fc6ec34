import type { Start } from '../start.ts';
import { AnswerPanel } from './answer-panel.tsx';
import type { Service } from './api.ts';
import { CallOptions } from './call-options.tsx';
import { OrderList } from './order-list.tsx';
import { PatientChooser } from './patient-chooser.tsx';
import { RecordEditor } from './record-editor.tsx';
import type { Signing } from './signing.ts';
import { useWorkbench } from './use-workbench.ts';

export interface AppProps {
  readonly start: Start;
  readonly services: readonly Service[];
  /** Undefined where the browser cannot sign. */
  readonly signing: Signing | undefined;
}

/** The workbench: on one side what is sent, on the other what comes back. */
export function App({ start, services, signing }: AppProps) {
  const workbench = useWorkbench(start, services, signing);
  return (
    <div class="workbench">
      <PatientChooser start={start} workbench={workbench} />
      <div class="workbench-columns">
        <OrderList start={start} workbench={workbench} />
        <AnswerPanel workbench={workbench} />
        <RecordEditor start={start} workbench={workbench} />
        <CallOptions start={start} workbench={workbench} signing={signing} />
      </div>
    </div>
  );
}
