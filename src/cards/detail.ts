import { evidenceBlock } from './evidence.ts';
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
 * Where it would become too long, supplementary sources are named only; if that is not enough, of the patient's data
 * only the scores and what the findings rest on are told.
 *
 * @param isFirst the first card of an answer tells all that is known of the patient, the others what they rest on
 */
export function renderDetail(
  findings: readonly Finding[],
  also: readonly Finding[],
  isFirst: boolean,
  context: DetailContext,
): string {
  const { summary, longestDetail } = context.subject.definitions.service;
  const all = [...findings, ...also];
  const basis = new Set(all.flatMap(({ restsOn }) => restsOn));
  const told: Told = isFirst ? 'all' : basis;
  const attempts: readonly (readonly [told: Told, isBrief: boolean])[] = [
    [told, false],
    [told, true],
    [new Set([...basis, ...(isFirst ? summary.measures : [])]), true],
  ];
  const written = attempts.map(([what, isBrief]) => write(findings, also, what, isBrief, context));
  return written.find((text) => visibleLength(text) <= longestDetail) ?? written.at(-1) ?? '';
}

function write(
  findings: readonly Finding[],
  also: readonly Finding[],
  told: Told,
  isBrief: boolean,
  context: DetailContext,
): string {
  const all = [...findings, ...also];
  const evidence = all.flatMap((finding) => finding.evidence);
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
    evidenceBlock(evidence, context.subject.definitions, isBrief),
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
