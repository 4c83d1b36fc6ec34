import '../../design/base.css';
import '../../design/components.css';
import '../../design/controls.css';
import './beginning.css';
import './detail.css';
import './table.css';
import './timeline.css';
import { render } from 'preact';
import type { TimelineStart } from '../start.ts';
import { Beginning } from './beginning.tsx';
import { Failure } from './failure.tsx';
import { readCourse } from './read-course.ts';
import { type Connection, ConnectionError, connect, launch } from './smart.ts';
import { TimelineView } from './timeline-view.tsx';

const root = document.getElementById('app');
if (root !== null) void begin(root);
// Another patient behind the `#` is another course.
window.addEventListener('hashchange', () => location.reload());

async function begin(app: HTMLElement): Promise<void> {
  try {
    const start = await startOf();
    if (location.pathname.endsWith('/launch')) return await launch(start);
    const connection = await connect(start);
    if (connection === undefined) return show(app, <Beginning start={start} />);
    const read = await readCourse(start, connection);
    if (read.course.isUnread) return show(app, <Failure {...unreadable(connection.client.state.serverUrl)} />);
    const story = storyOf(start, connection);
    show(app, <TimelineView {...read} drafts={connection.drafts} {...(story !== undefined && { story })} />);
  } catch (error) {
    const isKnown = error instanceof ConnectionError;
    const reason = isKnown ? error.message : 'The EHR and this app could not agree. Close the app and launch it again.';
    show(app, <Failure title="No access to the record" reason={reason} mayPass={isKnown && error.mayPass} />);
  }
}

async function startOf(): Promise<TimelineStart> {
  const answer = await fetch('/timeline/start').catch(() => undefined);
  if (!answer?.ok) throw new ConnectionError('The service behind this app does not answer.', true);
  return (await answer.json()) as TimelineStart;
}

/** The story of the workbench, where it is one of its patients. */
function storyOf({ groups }: TimelineStart, { client, patientId }: Connection): string | undefined {
  if (client.state.serverUrl !== `${location.origin}/fhir`) return undefined;
  return groups.flatMap(({ patients }) => patients).find(({ id }) => id === patientId)?.id;
}

function unreadable(server: string) {
  return {
    title: 'The record could not be read',
    mayPass: true,
    reason: `Nothing could be read from ${server}. It may be down, or may not allow this app to read the record.`,
  };
}

function show(app: HTMLElement, view: preact.JSX.Element): void {
  app.textContent = '';
  render(view, app);
}
