/** The canonical FHIR URI of every code system that is recognised under other names as well. */
export const codeSystems = {
  snomed: 'http://snomed.info/sct',
  loinc: 'http://loinc.org',
  rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  icd10cm: 'http://hl7.org/fhir/sid/icd-10-cm',
  icd10: 'http://hl7.org/fhir/sid/icd-10',
  icd10pcs: 'http://www.cms.gov/Medicare/Coding/ICD10',
  cpt: 'http://www.ama-assn.org/go/cpt',
  hcpcs: 'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets',
  ndc: 'http://hl7.org/fhir/sid/ndc',
  atc: 'http://www.whocc.no/atc',
  ncit: 'http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl',
  icdO3: 'http://terminology.hl7.org/CodeSystem/icd-o-3',
  radlex: 'http://radlex.org',
  mddid: 'http://terminology.hl7.org/CodeSystem/mddid',
  mgpi: 'http://terminology.hl7.org/CodeSystem/MGPI',
} as const;

const hl7 = '2.16.840.1.113883.6';
const thoCodeSystem = 'http://terminology.hl7.org/CodeSystem';
const taiwan = 'http://twcore.mohw.gov.tw/ig/twcore/CodeSystem';

/** Other names in use: OIDs and alternative URIs. From the NamingSystem resources of hl7.terminology.r4, and real data. */
const otherNames: Readonly<Record<keyof typeof codeSystems, readonly string[]>> = {
  snomed: [`${hl7}.96`],
  loinc: [`${hl7}.1`],
  rxnorm: [`${hl7}.88`],
  icd10cm: [`${hl7}.90`, `${thoCodeSystem}/icd10CM`, `${taiwan}/icd-10-cm-2023-tw`],
  icd10: [`${hl7}.3`, `${thoCodeSystem}/icd10`],
  icd10pcs: [`${hl7}.4`, `${thoCodeSystem}/icd10PCS`, `${taiwan}/icd-10-pcs-2023-tw`],
  cpt: [`${hl7}.12`],
  hcpcs: [`${hl7}.285`, 'http://www.nlm.nih.gov/research/umls/hcpcs'],
  ndc: [`${hl7}.69`],
  atc: [`${hl7}.73`],
  ncit: ['2.16.840.1.113883.3.26.1.1'],
  icdO3: [`${hl7}.43.1`],
  radlex: [`${hl7}.256`],
  mddid: [`${hl7}.253`],
  mgpi: [`${hl7}.68`],
};

const canonicalByName: ReadonlyMap<string, string> = new Map(
  (Object.keys(codeSystems) as (keyof typeof codeSystems)[]).flatMap((key) =>
    [codeSystems[key], ...otherNames[key]].map((name) => [name, codeSystems[key]] as const),
  ),
);

/**
 * The canonical URI of a code system named by URI (http or https, with or without a trailing slash) or by OID.
 * A system that is not known stays as it is, without the slash: local systems are matched literally.
 *
 * @example canonicalSystem('urn:oid:2.16.840.1.113883.6.96') // 'http://snomed.info/sct'
 */
export function canonicalSystem(system: string | undefined): string | undefined {
  const name = system?.trim().replace(/\/$/, '');
  if (name === undefined || name === '') return undefined;
  return canonicalByName.get(name.replace(/^urn:oid:/, '').replace(/^https:/, 'http:')) ?? name;
}

/**
 * A code as it is compared: ICD-10 and ICD-10-CM in capitals with the dot after the third character (`a001` is
 * `A00.1`), procedure codes in capitals, NDC as eleven digits without hyphens (5-4-2), everything else trimmed.
 * Ten NDC digits without hyphens stay as they are: they do not say which part is short.
 *
 * @param system in any of its names
 */
export function normaliseCode(system: string | undefined, code: string): string {
  const trimmed = code.trim();
  switch (canonicalSystem(system)) {
    case codeSystems.icd10:
    case codeSystems.icd10cm:
      return dotted(trimmed.toUpperCase());
    case codeSystems.icd10pcs:
    case codeSystems.cpt:
    case codeSystems.hcpcs:
    case codeSystems.atc:
      return trimmed.toUpperCase();
    case codeSystems.ndc:
      return elevenDigits(trimmed);
    default:
      return trimmed;
  }
}

function dotted(code: string): string {
  const bare = code.replace('.', '');
  return /^[A-Z][0-9][0-9A-Z]/.test(bare) && bare.length > 3 ? `${bare.slice(0, 3)}.${bare.slice(3)}` : bare;
}

function elevenDigits(code: string): string {
  const parts = code.split('-');
  const [labeler = '', product = '', pack = ''] = parts;
  if (parts.length !== 3 || !parts.every((part) => /^\d{1,5}$/.test(part))) return code;
  return labeler.padStart(5, '0') + product.padStart(4, '0') + pack.padStart(2, '0');
}
