import { names, type Unreleased } from './changelog.ts';
import { differingParts, type Fingerprints, type Versioned } from './fingerprint.ts';
import type { Lock } from './lock-file.ts';

/** What the check has to know besides the definitions. */
export interface Recorded {
  /** None when no lock has been written yet. */
  readonly lock: Lock | undefined;
  /** None when the changelog is not there, as in an image; then nothing has to be named in it. */
  readonly changelog: Unreleased | 'nothing unreleased' | undefined;
}

/** What is wrong with the versions of the rules; empty when the lock is the truth and the changelog tells it. */
export function lockFaults(found: Fingerprints, { lock, changelog }: Recorded): readonly string[] {
  if (lock === undefined) return ['there is no lock of the rules yet: run `npm run lock`'];
  return [
    ...refusals(found, lock),
    ...stale(found, lock),
    ...(typeof changelog === 'object' ? unnamed(found, lock, changelog) : []),
  ];
}

/** What must not be locked: content that changed under the same version, and rules that are gone. */
export function refusals(found: Fingerprints, lock: Lock): readonly string[] {
  const { rules } = found;
  const gone = Object.keys(lock.rules).filter((id) => !rules.some((rule) => rule.id === id));
  const lowered = rules.filter(({ id, version }) => version < (lock.rules[id]?.version ?? version));
  return [
    ...unraised(found, lock).map(
      ({ id, version, changed }) =>
        `${id}: ${changed.join(', ')} changed, but its version is still ${version}: raise it (\`npm run lock -- --raise\`)`,
    ),
    ...lowered.map(
      ({ id, version }) => `${id}: version ${version} is lower than the locked ${lock.rules[id]?.version}`,
    ),
    ...gone.map((id) => `${id}: is locked and gone. A rule is retired (\`status: retired\`), never deleted or renamed`),
  ];
}

/** The rules whose content changed under the same version, with the parts that did. */
export function unraised({ rules }: Fingerprints, lock: Lock) {
  return rules.flatMap(({ id, version, parts }) => {
    const locked = lock.rules[id];
    const changed = locked?.version === version ? differingParts(locked.parts, parts) : [];
    return changed.length > 0 ? [{ id, version, changed }] : [];
  });
}

/**
 * The lock that fits the definitions. New rules and new versions belong to the release that is being made; drafts are
 * locked once they are no longer drafts.
 */
export function lockOf({ rules, drafts, shared }: Fingerprints, lock: Lock | undefined, release: string): Lock {
  const kept = rules.filter(({ id }) => !drafts.has(id) || lock?.rules[id] !== undefined);
  const entries = kept.map(({ id, version, parts }) => {
    const locked = lock?.rules[id];
    return [id, { version, since: locked?.version === version ? locked.since : release, parts }] as const;
  });
  return { rules: Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1))), shared };
}

function stale({ rules, drafts, shared }: Fingerprints, lock: Lock): readonly string[] {
  const write = 'run `npm run lock`';
  const missing = rules.filter(({ id }) => lock.rules[id] === undefined && !drafts.has(id));
  const raised = rules.filter(({ id, version }) => version > (lock.rules[id]?.version ?? version));
  const together = [...new Set([...Object.keys(shared), ...Object.keys(lock.shared)])].flatMap((name) => {
    const changed = differingParts(lock.shared[name] ?? {}, shared[name] ?? {});
    return changed.length > 0 ? [`${name} (shared by all rules): ${changed.join(', ')} changed: ${write}`] : [];
  });
  return [
    ...missing.map(({ id }) => `${id}: is not locked yet: ${write}`),
    ...raised.map(({ id, version }) => `${id}: version ${version} is not locked yet: ${write}`),
    ...together,
  ];
}

/** Each name once under which a rule whose content is new in this release should be told. */
function unnamed({ rules }: Fingerprints, lock: Lock, changelog: Unreleased): readonly string[] {
  const isNew = ({ id, version }: Versioned) => {
    const locked = lock.rules[id];
    return locked !== undefined && (locked.since === changelog.release || locked.version !== version);
  };
  const missing = rules.filter((rule) => isNew(rule) && !names(changelog, rule));
  const wanted = missing.map(({ id, ref, version }) => (version === 1 ? ref : `${id}@${version}`));
  return [...new Set(wanted)].map(
    (name) => `CHANGELOG.md: 'Clinical behaviour' of ${changelog.release} does not name ${name}`,
  );
}
