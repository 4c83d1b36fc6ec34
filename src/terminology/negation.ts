import { compileName, findName, type NamePattern, type NamePlace } from './name-pattern.ts';
import { type Word, wordsOf } from './words.ts';

/**
 * What to do with mentions that are denied. `statement`: "no …" is not a statement of presence. `order`: "after …",
 * "history of …" and "declined …" are not orders either. `none`: every mention counts.
 */
export type NegationMode = 'order' | 'statement' | 'none';

const names = (sources: readonly string[]): readonly NamePattern[] => sources.map(compileName);

const denials = names([
  'no',
  'not',
  'without',
  'w/o',
  'den(y|ies|ied|ying)',
  'negative for',
  'rule(|d|s) out',
  'r/o',
  'unlikely',
  'absence of',
]);
const refusals = names([
  'declin(e|es|ed|ing)',
  'refus(e|es|ed|ing)',
  'contraindicat*',
  'discuss*',
  'cancel*',
  'instead of',
  'rather than',
]);
const past = names([
  's/p',
  'status post',
  'h/o',
  'hx of',
  'history of',
  'prior',
  'previous*',
  'before',
  'after',
  'underwent',
]);
/** Negations that deny something else. */
const pretenders = names([
  'not only',
  'no (|absolute |relative |longer )contraindicat*',
  'not contraindicated',
  '(not|cannot be) ruled out',
  'prior auth*',
]);
/** Of a statement: what is not resectable is there. */
const pretendersStatement = names([
  'not (|yet |well |fully |adequately |sufficiently )(resect*|operab*|curab*|controll*|respon*|occlusive|obstruct*)',
]);
/** What a remark about the past does not reach across: "history of A for B" is an order of B. */
const presence = names(['for', 'now', 'schedule*', 'plan', 'planned', 'proceed*', 'request*']);
const pastReach = 6;

/** Prefixes belong to the very next word: "non-alcoholic X" does not deny X. */
const prefixes = { statement: names(['non']), order: names(['non', 'pre', 'post']) };

/**
 * "… not seen", "…: none", "… was ruled out": denials that follow at once. Of a statement "not" denies only what it
 * says not to be there, not to be known or not to be done: "ulcer not healed" is an ulcer.
 */
const afterwards = names(['none', 'nil', 'rule(|d) out', 'unlikely', 'negative', 'absent', 'denied', 'excluded']);
const afterwardsStatement = names([
  'not (present|seen|found|identified|detected|detectable|evident|apparent|visible|visualised|visualized)',
  'not (noted|observed|shown|demonstrated|demonstrable|appreciated|suspected|diagnosed|confirmed|proven)',
  'not (known|assessed|evaluated|examined|tested|checked|documented|recorded|reported|described|mentioned)',
  'not (applicable|available|involved|affected|likely)',
  'not (done|performed|carried out|undertaken|attempted|given|indicated|planned|required|needed|necessary)',
  'not (possible|feasible|recommended|advised)',
  'no longer present',
]);
/** What is not proven by tissue, and what is not fit for something, is there all the same. */
const pretendersAfterwards = names([
  'not (confirmed|proven|diagnosed) … (biops*|histolog*|patholog*|cytolog*)',
  'not (indicated|recommended|planned|possible|feasible|available|required|suspected|known) (for|to)',
]);
const afterwardsOrder = names(['not', 'declined', 'refused', 'contraindicated', 'discussed', 'cancelled', 'canceled']);
const auxiliaries: ReadonlySet<string> = new Set(['is', 'was', 'are', 'were', 'has', 'have', 'been', 'being']);
/** "not clearly seen" is "not seen". */
const degrees: ReadonlySet<string> = new Set(
  'yet been currently clearly definitely definitively clinically radiologically sonographically'.split(' '),
);

/** Only this many characters around a mention are read, so that many mentions cost no more than one each. */
const reachBefore = 300;
const reachAfter = 80;

/**
 * Whether the mention at `place` is denied within its clause. A clause ends at comma, semicolon, full stop, line
 * break, "but", "however" and "and then". A decimal point is no full stop.
 *
 * @param place of the name in `text`
 */
export function isNegated(text: string, place: NamePlace, mode: NegationMode): boolean {
  if (mode === 'none') return false;
  const before = wordsOf(clauseBefore(text.slice(Math.max(0, place.start - reachBefore), place.start)));
  const after = wordsOf(clauseAfter(text.slice(place.end, place.end + reachAfter)));
  const real = withoutPretenders(before, mode === 'statement' ? [...pretenders, ...pretendersStatement] : pretenders);
  if (startsAny(denials, before, real) || startsAny(prefixes[mode], before.slice(-1), real)) return true;
  if (mode === 'statement') {
    return (
      isDeniedAtOnce(after, afterwards) ||
      (isDeniedAtOnce(after, afterwardsStatement) && !isDeniedAtOnce(after, pretendersAfterwards))
    );
  }
  return (
    startsAny(refusals, before, real) ||
    startsAny(past, sincePresence(before).slice(-pastReach), real) ||
    isDeniedAtOnce(after, [...afterwards, ...afterwardsOrder])
  );
}

const clauseEnd = /[,;\n\r]|\.(?=\s|$)|\bbut\b|\bhowever\b|\band\s+then\b/gi;

/** A text by its clauses. */
export function clausesOf(text: string): readonly string[] {
  return text.split(clauseEnd);
}

function clauseBefore(text: string): string {
  const last = [...text.matchAll(clauseEnd)].at(-1);
  return last === undefined ? text : text.slice(last.index + last[0].length);
}

function clauseAfter(text: string): string {
  const [first] = text.matchAll(clauseEnd);
  return first === undefined ? text : text.slice(0, first.index);
}

/** The positions of words that may begin a cue. */
function withoutPretenders(words: readonly Word[], cues: readonly NamePattern[]): ReadonlySet<number> {
  const covered = cues.flatMap((pretender) => findName(pretender, words));
  const isCovered = ({ start }: Word) => covered.some((place) => place.start <= start && start < place.end);
  return new Set(words.filter((word) => !isCovered(word)).map(({ start }) => start));
}

function startsAny(cues: readonly NamePattern[], words: readonly Word[], allowed: ReadonlySet<number>): boolean {
  return cues.some((cue) => findName(cue, words).some(({ start }) => allowed.has(start)));
}

function sincePresence(words: readonly Word[]): readonly Word[] {
  return words.slice(words.findLastIndex((word) => presence.some((cue) => findName(cue, [word]).length > 0)) + 1);
}

function isDeniedAtOnce(following: readonly Word[], cues: readonly NamePattern[]): boolean {
  const words = following.filter(({ folded }) => !degrees.has(folded));
  const first = words.findIndex(({ folded }) => !auxiliaries.has(folded));
  const [next, ...others] = first < 0 ? [] : words.slice(first);
  if (next === undefined || first > 2) return false;
  if (others.length === 0 && (next.folded === 'no' || next.folded === 'not')) return true;
  return cues.some((cue) => findName(cue, [next, ...others]).some(({ start }) => start === next.start));
}
