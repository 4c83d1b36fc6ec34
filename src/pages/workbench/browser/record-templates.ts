import type { CodeableConcept, Coding } from 'fhir/r4.js';
import { umolPerLPerMgPerDl } from '../../../measures/bilirubin.ts';

/** What the editor writes into a record, coded as most records are. */

const loinc = 'http://loinc.org';
const snomed = 'http://snomed.info/sct';

export interface LaboratoryTest {
  readonly title: string;
  readonly code: CodeableConcept;
  /** UCUM, with what people see. The first is the default. */
  readonly units: readonly { readonly code: string; readonly label: string }[];
  /** By its molar mass, where the test is written as mass and as amount of substance. */
  readonly umolPerLPerMgPerDl?: number;
}

const mgPerDl = { code: 'mg/dL', label: 'mg/dL' };
const umolPerL = { code: 'umol/L', label: 'µmol/L' };

/** Molar mass of creatinine (C4H7N3O), 113.12 g/mol by the IUPAC atomic weights: 1 mg/dL is 88.4 umol/L. */
const creatinineUmolPerLPerMgPerDl = 88.4;

export const laboratoryTests = {
  bilirubin: {
    title: 'Bilirubin',
    code: concept(loinc, '1975-2', 'Bilirubin, total'),
    units: [mgPerDl, umolPerL],
    umolPerLPerMgPerDl,
  },
  albumin: {
    title: 'Albumin',
    code: concept(loinc, '1751-7', 'Albumin'),
    units: [
      { code: 'g/dL', label: 'g/dL' },
      { code: 'g/L', label: 'g/L' },
    ],
  },
  inr: { title: 'INR', code: concept(loinc, '6301-6', 'INR'), units: [{ code: '{INR}', label: 'ratio' }] },
  creatinine: {
    title: 'Creatinine',
    code: concept(loinc, '2160-0', 'Creatinine'),
    units: [mgPerDl, umolPerL],
    umolPerLPerMgPerDl: creatinineUmolPerLPerMgPerDl,
  },
} as const satisfies Record<string, LaboratoryTest>;

export type LaboratoryTestId = keyof typeof laboratoryTests;

/** Grades of a problem; without severity the problem is stated as absent. */
export interface ProblemGrade {
  readonly id: string;
  readonly label: string;
  readonly severity?: Coding;
}

const mild: Coding = { system: snomed, code: '255604002', display: 'Mild' };
const moderate: Coding = { system: snomed, code: '6736007', display: 'Moderate' };
const severe: Coding = { system: snomed, code: '24484000', display: 'Severe' };

export const problems = {
  ascites: {
    title: 'Ascites',
    code: concept(snomed, '389026000', 'Ascites'),
    grades: [
      { id: 'none', label: 'none' },
      { id: 'slight', label: 'slight', severity: mild },
      { id: 'moderate', label: 'moderate', severity: moderate },
      { id: 'severe', label: 'severe', severity: severe },
    ],
  },
  encephalopathy: {
    title: 'Encephalopathy',
    code: concept(snomed, '13920009', 'Hepatic encephalopathy'),
    grades: [
      { id: 'none', label: 'none' },
      { id: 'grade-1-2', label: 'grade 1–2', severity: mild },
      { id: 'grade-3-4', label: 'grade 3–4', severity: severe },
    ],
  },
} as const satisfies Record<
  string,
  { readonly title: string; readonly code: CodeableConcept; readonly grades: readonly ProblemGrade[] }
>;

export type ProblemId = keyof typeof problems;

export const ecogCode = concept(loinc, '89247-1', 'ECOG performance status');
export const taceCode = concept(snomed, '441525007', 'Transarterial chemoembolisation (TACE)');
export const responseCode = concept(loinc, '88040-1', 'Response to treatment (mRECIST)');

export const responseAnswers = {
  CR: concept(loinc, 'LA28366-5', 'Complete response'),
  PR: concept(loinc, 'LA28369-9', 'Partial response'),
  SD: concept(loinc, 'LA28371-5', 'Stable disease'),
  PD: concept(loinc, 'LA28370-7', 'Progressive disease'),
} as const;

export type ResponseAnswer = keyof typeof responseAnswers;

function concept(system: string, code: string, text: string): CodeableConcept {
  return { coding: [{ system, code, display: text }], text };
}
