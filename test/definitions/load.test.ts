import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DefinitionError } from '../../src/definitions/definition-error.ts';
import { loadDefinitions } from '../../src/definitions/load.ts';
import { moduleFolder } from '../support/app.ts';

/** Loads a copy of the shipped module into which faults were written. */
function faultsOf(...edits: readonly (readonly [file: string, from: string, to: string])[]): readonly string[] {
  const folder = join(mkdtempSync(join(tmpdir(), 'hcc-cds-module-')), basename(moduleFolder));
  try {
    cpSync(moduleFolder, folder, { recursive: true });
    for (const [file, from, to] of edits) {
      const text = readFileSync(join(folder, file), 'utf8');
      if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
      writeFileSync(
        join(folder, file),
        text.replace(from, () => to),
      );
    }
    loadDefinitions(folder);
    return [];
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    return error.message.split('\n').slice(1);
  } finally {
    rmSync(join(folder, '..'), { recursive: true });
  }
}

const rule = 'rules/child-pugh-b-tace.yaml';

describe('a knowledge module', () => {
  it('loads as it is shipped', () => {
    expect(faultsOf()).toEqual([]);
  });

  it.each<[what: string, edit: readonly [file: string, from: string, to: string], fault: RegExp]>([
    ['is no YAML', [rule, 'ref: R11', 'ref: [R11'], /child-pugh-b-tace\.yaml:\d+: /],
    ['has a key nobody knows', [rule, 'ref: R11', 'ref: R11\nurgent: yes'], /child-pugh-b-tace\.yaml.*urgent/],
    ['lacks what it needs', [rule, 'topic: suitability\n', ''], /child-pugh-b-tace\.yaml.*topic/],
    [
      'has another id than its file',
      [rule, 'id: child-pugh-b-tace', 'id: child-pugh-b'],
      /child-pugh-b-tace\.yaml.*name of the file/,
    ],
    [
      'compares with a number instead of a threshold',
      [rule, 'atLeast: child-pugh-b', 'atLeast: 7'],
      /child-pugh-b-tace\.yaml/,
    ],
    [
      'compares with a threshold that is not declared',
      [rule, 'atLeast: child-pugh-b', 'atLeast: class-b'],
      /threshold 'class-b' is not declared/,
    ],
    [
      'names a measure that is not declared',
      [rule, 'measure: child-pugh-score', 'measure: meld'],
      /measure 'meld' is not declared/,
    ],
    ['names an order that is not declared', [rule, 'order: tace', 'order: tare'], /order 'tare' is not declared/],
    [
      'names a topic that is not declared',
      [rule, 'topic: suitability', 'topic: surgery'],
      /topic 'surgery' is not declared/,
    ],
    [
      'names evidence that is not declared',
      [rule, 'evidence: [', 'evidence: [somewhere, '],
      /evidence 'somewhere' is not declared/,
    ],
    [
      'offers a suggestion that is not declared',
      [rule, 'suggestions: [', 'suggestions: [phone, '],
      /suggestion 'phone' is not declared/,
    ],
    [
      'offers more than six override reasons',
      [rule, 'overrideReasons: [', 'overrideReasons: [a, b, c, d, '],
      /child-pugh-b-tace\.yaml.*overrideReasons/,
    ],
    [
      'has a placeholder that nobody fills',
      [rule, 'well compensated. Review', 'well {compensated}. Review'],
      /placeholder \{compensated\} is not known/,
    ],
    [
      'has a summary that can become too long',
      [
        rule,
        'Review before ordering {order}',
        'Review before ordering {order}, and then review once more before ordering {order}',
      ],
      /the summary can reach \d+ characters, at most 139/,
    ],
    [
      'is a threshold without unit',
      ['thresholds.yaml', '  unit: "1"\n  values: { 1973-08-01: { value: 7', '  values: { 1973-08-01: { value: 7'],
      /child-pugh-b: has no unit/,
    ],
    [
      'is a threshold in a unit in which the fact is not found',
      ['thresholds.yaml', '{ "mg/dL": 2, "umol/L": 34 }', '{ "mg/dL": 2 }'],
      /fact 'bilirubin' is found in umol\/L, but 'bilirubin-2' has no value in it/,
    ],
    [
      'rests a threshold on evidence that is not declared',
      ['thresholds.yaml', 'evidence: child-pugh-1973', 'evidence: nowhere'],
      /evidence 'nowhere' is not declared/,
    ],
    [
      'holds evidence that nobody has verified',
      ['evidence.yaml', 'verification: primary', 'verification: unverified'],
      /is unverified and can never be printed/,
    ],
    [
      'reads a fact of a read that is not declared',
      ['facts.yaml', 'from: [patient]', 'from: [person]'],
      /read 'person' is not declared/,
    ],
    [
      'holds a fact that refers to one below it',
      ['facts.yaml', 'notObtainableWhen: anticoagulant', 'notObtainableWhen: ecog'],
      /inr: 'ecog' must stand above it/,
    ],
    [
      'holds a fact that refers to one of another kind',
      ['facts.yaml', 'quantity: bilirubin,', 'quantity: ascites,'],
      /bilirubin-before-tace: 'ascites' must be a fact of the kind latest-quantity/,
    ],
    [
      'reads absence as no without saying why',
      ['facts.yaml', '  absenceRationale: Anticoagulants are ordered through the medication list that is read.\n', ''],
      /anticoagulant.*absenceRationale/,
    ],
    [
      'names a value set that is not there',
      ['facts.yaml', 'valueSet: bilirubin-total', 'valueSet: bilirubin'],
      /bilirubin: value set 'bilirubin' does not exist/,
    ],
    [
      'holds a group of itself',
      [
        'orders.yaml',
        'immunotherapy: [checkpoint-inhibitor, bevacizumab]',
        'immunotherapy: [immunotherapy, bevacizumab]',
      ],
      /'immunotherapy' holds itself/,
    ],
    [
      'holds a condition that leads back to itself',
      [
        'conditions.yaml',
        'when: { fact: combination-study, concerns: tace-overlaps-tki }',
        'when: { condition: tki-combination-trial }',
      ],
      /tki-combination-trial: leads back to itself/,
    ],
    [
      'asks whether a fact concerns a condition that leads back to itself',
      [
        'conditions.yaml',
        'when: { fact: combination-study, concerns: tace-overlaps-tki }',
        'when: { fact: combination-study, concerns: tki-combination-trial }',
      ],
      /tki-combination-trial: leads back to itself/,
    ],
    [
      'asks whether a fact concerns a condition that nobody declared',
      [
        'conditions.yaml',
        'when: { fact: combination-study, concerns: tace-overlaps-tki }',
        'when: { fact: combination-study, concerns: tace-overlaps-nothing }',
      ],
      /condition 'tace-overlaps-nothing' is not declared/,
    ],
    [
      'declares what nobody uses',
      ['conditions.yaml', 'hcc:\n', 'spare:\n  description: Spare.\n  when: { fact: hcc, present: true }\n\nhcc:\n'],
      /condition 'spare' is never used/,
    ],
    [
      'asks for a prefetch with a date',
      [
        'service.yaml',
        'query: Procedure?patient={{context.patientId}}',
        'query: Procedure?patient={{context.patientId}}&date=ge{{today()}}',
      ],
      /only \{\{context\.patientId\}\} is understood everywhere/,
    ],
    [
      'asks for a prefetch with a parameter twice',
      [
        'service.yaml',
        'query: Procedure?patient={{context.patientId}}',
        'query: Procedure?patient={{context.patientId}}&patient=1',
      ],
      /a parameter stands twice/,
    ],
    [
      'has a topic code that some clients refuse',
      ['service.yaml', 'HCCSEQUENCE', 'HCC-SEQUENCE'],
      /letters and digits only/,
    ],
    [
      'tells in patient-view.yaml of what is not declared',
      ['patient-view.yaml', 'ALBI {albi-score}', 'ALBI {meld}'],
      /patient-view\.yaml:\d+: placeholder \{meld\} is not known/,
    ],
    [
      'asks in patient-view.yaml for what is not declared',
      ['patient-view.yaml', 'outOfDate: [bilirubin', 'outOfDate: [sodium, bilirubin'],
      /patient-view\.yaml:\d+: fact 'sodium' is not declared/,
    ],
    [
      'says in patient-view.yaml of something due, not when',
      ['patient-view.yaml', 'outOfDate: [ecog-status], ', ''],
      /patient-view\.yaml:\d+: due\.1: must say when/,
    ],
    [
      'gives a fact inputs, which only a measure has',
      ['patient-view.yaml', '{child-pugh-score.inputs}', '{ecog.inputs}'],
      /only a measure has inputs, not 'ecog'/,
    ],
    [
      'has a line in patient-view.yaml that no summary can hold',
      ['patient-view.yaml', 'short: "ECOG {ecog-status}"', `short: "${'x'.repeat(140)}"`],
      /patient-view\.yaml:\d+: the summary can reach 15\d characters/,
    ],
    [
      'holds a template that is no draft',
      ['order-templates/inr.json', '"status": "draft"', '"status": "active"'],
      /inr\.json.*status/,
    ],
  ])('that %s is refused', (_what, edit, fault) => {
    const faults = faultsOf(edit);
    expect(faults.join('\n')).toMatch(fault);
  });

  it('is refused with all its faults at once, each with its file, and its line where one can be told', () => {
    const faults = faultsOf(
      [rule, 'whenUnknown: ask', 'whenUnknown: perhaps'],
      ['thresholds.yaml', 'reviewedOn: 2026-11-22', 'reviewedOn: recently'],
    );
    expect(faults).toEqual([
      expect.stringMatching(/^ {2}hcc-tace-systemic\/thresholds\.yaml:\d+: .*reviewedOn: must be a date/),
      expect.stringMatching(/^ {2}hcc-tace-systemic\/rules\/child-pugh-b-tace\.yaml:\d+: whenUnknown/),
    ]);
  });

  it('needs patient-view.yaml only for a service of that hook', () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'hcc-cds-module-')), basename(moduleFolder));
    cpSync(moduleFolder, folder, { recursive: true });
    rmSync(join(folder, 'patient-view.yaml'));
    expect(() => loadDefinitions(folder)).toThrow(/the hook patient-view needs patient-view\.yaml/);
    rmSync(join(folder, '..'), { recursive: true });
  });
});
