import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Course } from '../course.ts';
import { type DrawnPanel, panelsOf } from './panels.ts';
import { dayOf, type Picked } from './point-detail.tsx';

export interface CourseChartProps {
  readonly course: Course;
  readonly drafts: readonly string[];
  onPick(picked: Picked): void;
}

/** All panels under each other, over the same time. */
export function CourseChart({ course, drafts, onPick }: CourseChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  // Drawn only when there is something else to draw: a panel drawn anew would lose the focus.
  const panels = useMemo(() => (width === 0 ? [] : panelsOf(course, drafts, width)), [course, drafts, width]);
  return (
    <div class="chart" ref={place}>
      {panels.map((panel) => (
        <ChartPanel key={panel.id} panel={panel} onPick={onPick} />
      ))}
      {panels.length > 0 && (
        <p class="chart-help">Point at a value, or reach a panel with Tab and its values with the arrow keys.</p>
      )}
    </div>
  );
}

/** The width to draw in; drawn anew when it changes. */
function useWidth(place: { readonly current: HTMLDivElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [place]);
  return width;
}

interface ChartPanelProps {
  readonly panel: DrawnPanel;
  onPick(picked: Picked): void;
}

function ChartPanel({ panel, onPick }: ChartPanelProps) {
  const figure = useRef<HTMLDivElement>(null);
  useEffect(() => {
    figure.current?.replaceChildren(panel.draw());
    return figure.current ? makeReachable(figure.current, panel, onPick) : undefined;
  }, [panel, onPick]);
  return (
    <figure class={`chart-panel chart-${panel.id}`}>
      <figcaption>
        {panel.title} {panel.unit && <span>{panel.unit}</span>}
      </figcaption>
      <div ref={figure} />
    </figure>
  );
}

/** One stop of the tab key for each panel; arrows go from value to value. Returns what undoes it. */
function makeReachable(figure: HTMLElement, { marks, picks, title }: DrawnPanel, onPick: (picked: Picked) => void) {
  const svg = figure.querySelector('svg');
  svg?.setAttribute('role', 'group');
  // The names that Plot gives to its marks say how they are drawn, not what they mean.
  for (const group of figure.querySelectorAll('g[aria-label]')) group.removeAttribute('aria-label');
  const elements = marks(figure)
    .map((element, index) => ({ element, pick: picks[index] }))
    .sort((a, b) => timeOf(a.pick) - timeOf(b.pick));
  svg?.setAttribute('aria-label', `${title}: ${elements.length} ${elements.length === 1 ? 'value' : 'values'}`);
  const listening = new AbortController();
  const on = { signal: listening.signal };
  for (const [index, { element, pick }] of elements.entries()) {
    if (pick === undefined) continue;
    element.setAttribute('role', 'img');
    element.setAttribute('aria-label', labelOf(pick));
    element.setAttribute('tabindex', index === elements.length - 1 ? '0' : '-1');
    element.classList.add('point');
    element.addEventListener('focus', () => onPick(pick), on);
    element.addEventListener('pointerenter', () => onPick(pick), on);
    element.addEventListener(
      'keydown',
      (event) => {
        const step = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: elements.length - 1 }[event.key];
        const next = step === undefined ? undefined : elements[step];
        if (next === undefined) return;
        event.preventDefault();
        for (const one of elements) one.element.setAttribute('tabindex', one === next ? '0' : '-1');
        next.element.focus();
      },
      on,
    );
  }
  return () => listening.abort();
}

function timeOf(pick: Picked | undefined): number {
  if (pick === undefined) return 0;
  return 'point' in pick ? pick.point.time : pick.time;
}

function labelOf(pick: Picked): string {
  const day = dayOf(pick);
  if (!('point' in pick)) return [day, pick.title, pick.text, pick.note].filter((part) => part !== '').join(', ');
  const parts = pick.point.parts.map(({ title, text }) => `${title} ${text}`).join('; ');
  return `${day}, ${pick.title} ${pick.point.label}. Made of: ${parts}`;
}
