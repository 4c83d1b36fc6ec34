import { between, type Estimate, exactly } from '../../kernel/estimate.ts';
import { type ConceptMatcher, matchText } from '../../terminology/match-concept.ts';
import { compileName } from '../../terminology/name-pattern.ts';
import { clausesOf } from '../../terminology/negation.ts';
import { resourcesOf, thresholdOf } from '../patient-record.ts';
import { provenanceOfProblem } from '../provenance.ts';
import { textsAbout } from './described-problem.ts';
import { isPresence, type Statement, standing, statedAbsence, statementsOf } from './problem-statements.ts';
import { notFound, type Reducer, type Source } from './reducer.ts';

type ProblemExtent = Source<'problem-extent'>;

/**
 * How far a problem reaches, if it is of the kind that counts; 0 is "not there, or not of that kind". What the record
 * leaves open is a range. Several places may be affected at once: the worst of the standing statements counts, and one
 * that tells neither kind nor extent adds nothing beside one that does.
 */
export const problemExtent: Reducer<'problem-extent'> = ({ definition, concept }, context) => {
  const { record } = context;
  const { statements, missing } = statementsOf(record, definition.from, concept);
  const all = standing(statements);
  const [latest] = all;
  if (latest === undefined) return notFound(missing);
  if (!isPresence(latest)) {
    return statedAbsence(latest, missing, thresholdOf(context, definition.absenceValid), record.now, exactly(0));
  }
  const present = all.filter(isPresence).map((statement) => ({ statement, extent: extentOf(statement, definition) }));
  const told = present.filter(({ extent }) => !isVague(extent, definition));
  const counted = told.length > 0 ? told : present;
  const [worst = present[0]] = [...counted].sort(
    (a, b) => b.extent.low - a.extent.low || b.extent.high - a.extent.high,
  );
  const { resource, recorded, says } = worst?.statement ?? latest;
  const value = between(
    Math.max(...counted.map(({ extent }) => extent.low)),
    Math.max(...counted.map(({ extent }) => extent.high)),
  );
  return { state: 'found', value, unit: '1', provenance: provenanceOfProblem(resource, says, recorded) };
};

/** A grade known to within one step is known well enough. */
const oneStep = 1;

/** Whether a problem is recorded without saying how far it reaches. */
export const ungradedProblem: Reducer<'ungraded-problem'> = ({ definition }, { facts, record }) => {
  const graded = facts.get(definition.of);
  if (graded === undefined || graded.state === 'unavailable') {
    return graded ?? { state: 'unavailable', reason: 'not gathered' };
  }
  if (graded.state !== 'found') return notFound(resourcesOf(record, definition.from, 'Condition').missing);
  const { value, provenance } = graded;
  const open = value.high - value.low > oneStep;
  const present = provenance.asRecorded === 'present' ? exactly(1) : between(0, 1);
  return { state: 'found', value: open ? present : exactly(0), unit: '1', provenance };
};

type Definition = ProblemExtent['definition'];

function isVague({ low, high }: Estimate, { anywhere }: Definition): boolean {
  return low === 0 && high === anywhere[1];
}

function extentOf({ resource, says }: Statement, definition: Definition): Estimate {
  const extent = extentIn(textsAbout(resource), definition);
  return says === 'present' ? extent : { ...extent, low: 0 };
}

/** The worst place that is named, else anywhere; of a kind that is not told it may be nothing. */
function extentIn(texts: readonly string[], { extents, anywhere, kind, notKind, harmless }: Definition): Estimate {
  const named = extents.find((one) => saidIn(texts, one));
  const [low, high] = named?.grade ?? anywhere;
  if (named?.tellsKind === true || saidIn(texts, kind)) return between(low, high);
  return saidIn(texts, notKind) && high <= harmless ? exactly(0) : between(0, high);
}

const asStated = { negation: 'statement' } as const;
const compiled = new WeakMap<object, ConceptMatcher>();

interface Words {
  readonly names: readonly string[];
  readonly notNames: readonly string[];
}

/** What takes a name back stands in the same clause: "right branch, main trunk patent". */
function saidIn(texts: readonly string[], words: Words): boolean {
  const known = compiled.get(words) ?? {
    names: words.names.map(compileName),
    notNames: words.notNames.map(compileName),
  };
  compiled.set(words, known);
  const read = words.notNames.length === 0 ? texts : texts.flatMap(clausesOf);
  return read.some((text) => matchText(text, known, asStated) !== undefined);
}
