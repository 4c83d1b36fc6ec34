import { evidenceBlocks } from './evidence.ts';
import type { Finding } from './finding.ts';
import { visibleLength } from './format.ts';
import { localPolicyBlock } from './local-policy.ts';
import { patientDataBlock, type Told } from './patient-data.ts';
import { bulleted, type RemarksContext, remarksBlock } from './remarks.ts';
import type { Subject } from './subject.ts';

/** What a card's detail is made of besides its findings. */
export type DetailContext = RemarksContext;

/**
 * The detail of a card, in the order in which it is read: the findings, what can be done, the patient's data with what
 * is missing of them, the evidence for and against, and what it was computed with: the rules, the state of the knowledge,
 * who answers for it.
 * Where it would become too long, sources are cut, supplementary ones first, then down to their names; if that is not
 * enough, of the patient's data only the scores with their values, at last only what the findings rest on. That stays,
 * with its days, whatever the length.
 *
 * @param isFirst the first card of an answer tells all that is known of the patient, the others what they rest on
 */
export function renderDetail(
  findings: readonly Finding[],
  also: readonly Finding[],
  isFirst: boolean,
  context: DetailContext,
): string {
  const { definitions, situation } = context.subject;
  const { summary, longestDetail } = definitions.service;
  const all = [...findings, ...also];
  const basis = new Set(all.flatMap(({ restsOn }) => restsOn));
  const told: Told = isFirst ? 'all' : basis;
  const scores = summary.measures.flatMap((id) => [id, ...(situation.measures.get(id)?.inputs ?? [])]);
  const whole = evidenceBlocks(inTurn(all.map(({ evidence }) => evidence)), definitions);
  const names = whole.slice(-1);
  const attempts: readonly (readonly [told: Told, evidence: readonly string[]])[] = [
    [told, whole.length > 1 ? whole.slice(0, -1) : whole],
    [new Set([...basis, ...(isFirst ? scores : [])]), whole],
    [basis, names],
  ];
  let text = '';
  for (const [what, evidence] of attempts) {
    for (const block of evidence) {
      text = write(findings, also, what, block, context);
      if (visibleLength(text) <= longestDetail) return text;
    }
  }
  return text;
}

/** One of each, then the next of each: what is cut from the end is cut from all alike. */
function inTurn(lists: readonly (readonly string[])[]): readonly string[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, place) => lists.flatMap((list) => list[place] ?? [])).flat();
}

function write(
  findings: readonly Finding[],
  also: readonly Finding[],
  told: Told,
  evidence: string,
  context: DetailContext,
): string {
  const all = [...findings, ...also];
  const blocks = [
    ...findings.map(({ detail }) => detail),
    bulleted(
      'Also',
      also.map(({ summary }) => summary),
    ),
    bulleted(
      'Options',
      all.flatMap(({ options }) => options),
    ),
    patientDataBlock(told, context.subject),
    remarksBlock(told, context),
    evidence,
    localPolicyBlock(all, context.subject),
    footer(all, context),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

function footer(findings: readonly Finding[], { subject }: DetailContext): string {
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  return `${rules.join(', ')}. ${closingOf(subject)}`;
}

/** What every card ends with: of which day the knowledge is, who answers for it, and what it does not replace. */
export function closingOf({ definitions }: Subject): string {
  const { evidencePack, clinicalOwner, footer: closing } = definitions.service;
  return `Evidence ${evidencePack}, clinical owner: ${clinicalOwner}. ${closing}`;
}
