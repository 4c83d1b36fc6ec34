export interface TumourLoadVector {
  readonly diameter: readonly [value: number, unit: 'cm' | 'mm'];
  readonly number: number;
  readonly load: number;
  /** Within up-to-seven, beyond it, or beyond up-to-eleven. */
  readonly group: 'within 7' | '7 to 11' | 'beyond 11';
  readonly source: string;
}

const definition = 'seven-eleven table: at most 7, 7 to 11, more than 11 (evidence pack 2.5), computed here';
const contradictions = 'evidence pack 1.3, C2';

const cm = (
  value: number,
  number: number,
  load: number,
  group: TumourLoadVector['group'],
  source: string,
): TumourLoadVector => ({ diameter: [value, 'cm'], number, load, group, source });

export const tumourLoadVectors: readonly TumourLoadVector[] = [
  cm(6.5, 1, 7.5, '7 to 11', contradictions),
  cm(5, 3, 8, '7 to 11', contradictions),
  cm(1.5, 5, 6.5, 'within 7', contradictions),
  cm(3, 2, 5, 'within 7', 'evidence pack, T1'),
  cm(6, 1, 7, 'within 7', definition),
  cm(6.1, 1, 7.1, '7 to 11', definition),
  cm(4, 3, 7, 'within 7', definition),
  cm(4.1, 3, 7.1, '7 to 11', definition),
  cm(9, 2, 11, '7 to 11', definition),
  cm(9.1, 2, 11.1, 'beyond 11', definition),
  cm(0.9, 1, 1.9, 'within 7', definition),
  { diameter: [60, 'mm'], number: 1, load: 7, group: 'within 7', source: definition },
  { diameter: [61, 'mm'], number: 1, load: 7.1, group: '7 to 11', source: definition },
  { diameter: [69, 'mm'], number: 3, load: 9.9, group: '7 to 11', source: definition },
  { diameter: [91, 'mm'], number: 2, load: 11.1, group: 'beyond 11', source: definition },
];
