import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Start } from '../start.ts';
import { readSession, type Session, type SharedSession, writeSession } from './session.ts';

/**
 * The session, which the address of the page always tells. Each patient of whom an answer was seen is an entry of the
 * browser's history; whatever else is changed replaces the entry, and so do patients passed by in the list. The ways
 * back and forward, and an address that is typed, restore what they tell.
 */
export function useSession(start: Start) {
  const [shared] = useState<SharedSession>(() => sharedSession(start));
  const [session, setSession] = useState<Session>(() => shared.session ?? initialSession(start));
  const [ignored, setIgnored] = useState(shared.ignored);
  const told = useRef(patientOf(session));
  const isSeen = useRef(false);

  useEffect(() => {
    const isAnother = patientOf(session) !== told.current;
    const address = `#${writeSession(session)}`;
    if (isAnother && isSeen.current) history.pushState(null, '', address);
    else history.replaceState(null, '', address);
    if (isAnother) isSeen.current = false;
    told.current = patientOf(session);
  }, [session]);

  useEffect(() => {
    const restore = () => {
      const restored = sharedSession(start);
      setIgnored(restored.ignored);
      if (restored.session === undefined) return;
      // Its entry is there already.
      told.current = patientOf(restored.session);
      isSeen.current = false;
      setSession(restored.session);
    };
    addEventListener('hashchange', restore);
    return () => removeEventListener('hashchange', restore);
  }, [start]);

  const markSeen = useCallback(() => {
    isSeen.current = true;
  }, []);
  return { session, setSession, ignored, markSeen };
}

function patientOf({ patient }: Session): string {
  return JSON.stringify(patient);
}

function sharedSession({ drafts, groups }: Start): SharedSession {
  return readSession(location.hash, {
    drafts,
    stories: groups.flatMap(({ stories }) => stories.map(({ slug }) => slug)),
  });
}

function initialSession(start: Start): Session {
  return { ...callOfStory(start, firstStory), prefetch: true, access: true };
}

const firstStory = 'tace-while-atezo-bev-runs';

/** A story with one of its calls; what is sent with a call stays as it was chosen. */
export function callOfStory(
  { groups, drafts }: Start,
  slug: string,
  index = 0,
): Pick<Session, 'patient' | 'edits' | 'drafts' | 'hook'> {
  const story = groups.flatMap(({ stories }) => stories).find((one) => one.slug === slug);
  const call = story?.calls[index];
  const keys = call?.drafts ?? [];
  return {
    patient: { story: slug },
    edits: {},
    drafts: keys.flatMap((key) => {
      const resource = drafts[key];
      return resource ? [{ key, resource, selected: call?.select.includes(key) ?? true }] : [];
    }),
    hook: call?.hook ?? 'order-select',
  };
}
