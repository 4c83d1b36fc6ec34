/** Molar mass of bilirubin, 584.66 g/mol: 1 mg/dL is 17.104 umol/L. */
export const umolPerLPerMgPerDl = 17.104;
