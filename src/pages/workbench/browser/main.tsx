import '../../design/base.css';
import '../../design/components.css';
import '../../design/controls.css';
import '../../design/card.css';
import './workbench.css';
import './record.css';
import './why.css';
import { render } from 'preact';
import { readServices, readStart } from './api.ts';
import { App } from './app.tsx';
import { Closed } from './closed.tsx';
import { prepareSigning } from './signing.ts';

const root = document.getElementById('app');
if (root !== null) void start(root);

async function start(into: HTMLElement): Promise<void> {
  try {
    const begin = await readStart();
    const signing = await prepareSigning(begin);
    const services = await readServices(begin.authentication && (await signing?.sign('/cds-services')));
    into.textContent = '';
    render(services ? <App start={begin} services={services} signing={signing} /> : <Closed signing={signing} />, into);
  } catch (error) {
    into.textContent = `The workbench cannot be started: ${error instanceof Error ? error.message : error}`;
  }
}
