export interface AlbiVector {
  readonly albumin: readonly [value: number, unit: 'g/dL' | 'g/L'];
  readonly bilirubin: readonly [value: number, unit: 'mg/dL' | 'umol/L'];
  readonly score: number;
  readonly grade: 1 | 2 | 3;
  readonly source: string;
}

const radulator = 'Radulator, E2E tests of the ALBI calculator (id 66858082576), recomputed';
const actin = 'hartwigmedical/actin, HasSpecificAlbiGradeTest.kt';
const formula = 'Johnson PJ et al. J Clin Oncol 2015;33:550, formula with -0.085, computed here';

const si = (albumin: number, bilirubin: number, score: number, grade: 1 | 2 | 3, source: string): AlbiVector => ({
  albumin: [albumin, 'g/L'],
  bilirubin: [bilirubin, 'umol/L'],
  score,
  grade,
  source,
});

const conventional = (
  albumin: number,
  bilirubin: number,
  score: number,
  grade: 1 | 2 | 3,
  source: string,
): AlbiVector => ({ albumin: [albumin, 'g/dL'], bilirubin: [bilirubin, 'mg/dL'], score, grade, source });

export const albiVectors: readonly AlbiVector[] = [
  si(40, 10, -2.74, 1, radulator),
  si(35, 17, -2.163, 2, radulator),
  si(25, 50, -1.004, 3, radulator),
  si(38.35294117647059, 10, -2.6, 1, `${radulator}: limit of grade 1, included`),
  si(24.11764705882353, 10, -1.39, 2, `${radulator}: limit of grade 2, included`),
  si(38.35176470588235, 10, -2.5999, 2, `${radulator}: prints as -2.60`),
  si(24.11647058823529, 10, -1.3899, 3, `${formula}: other side of the limit of grade 2`),
  si(65, 10, -4.865, 1, radulator),
  si(40, 0.5, -3.599, 1, radulator),
  conventional(4.0, 1.0, -2.586, 2, `${radulator}: healthy but grade 2`),
  conventional(4.0, 0.5, -2.785, 1, radulator),
  conventional(3.5, 1.0, -2.161, 2, radulator),
  conventional(2.5, 3.0, -0.996, 3, radulator),
  si(35, 10, -2.315, 2, `${actin}: PASS for grade 2`),
  si(20, 10, -1.04, 3, `${actin}: FAIL message "grade 3"`),
  conventional(4.2, 0.7, -2.8585, 1, formula),
  conventional(3.8, 0.9, -2.4464, 2, formula),
  conventional(3.6, 1.1, -2.2189, 2, formula),
  conventional(3.4, 1.8, -1.9077, 2, formula),
  conventional(3.0, 2.0, -1.5375, 2, formula),
  conventional(2.8, 2.9, -1.261, 3, formula),
  conventional(2.7, 3.1, -1.1569, 3, formula),
];

/** Values whose grade depends on the coefficient: -0.085 as pinned, -0.0852 as many papers print it. */
export const coefficientFlips: readonly (AlbiVector & { readonly otherGrade: 1 | 2 | 3 })[] = [
  { ...conventional(4.1, 1.3, -2.596, 2, formula), otherGrade: 1 },
  { ...conventional(3.5, 0.7, -2.2635, 2, `${formula}: changes only the subgrade 2b to 2a`), otherGrade: 2 },
  { ...conventional(2.7, 1.4, -1.3848, 3, formula), otherGrade: 2 },
  { ...si(36, 5, -2.5987, 2, formula), otherGrade: 1 },
];
