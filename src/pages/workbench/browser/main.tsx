import '../../design/base.css';
import '../../design/components.css';
import '../../design/card.css';
import './workbench.css';
import './why.css';
import { render } from 'preact';
import { readServices, readStart } from './api.ts';
import { App } from './app.tsx';

const root = document.getElementById('app');
if (root !== null) void start(root);

async function start(into: HTMLElement): Promise<void> {
  try {
    const [begin, services] = await Promise.all([readStart(), readServices()]);
    into.textContent = '';
    render(<App start={begin} services={services} />, into);
  } catch (error) {
    into.textContent = `The workbench cannot be started: ${error instanceof Error ? error.message : error}`;
  }
}
