/**
 * Code systems: the URL of today and the OID of before give one short name, the one that SS-MIX2 messages use, so that a drug of a FHIR
 * bundle and one of an HL7 message compare. Sources: JP Core "guide-urlmap", the JP-CLINS CodeSystems, HL7 FHIR.
 */

const names: Readonly<Record<string, readonly string[]>> = {
  // Medicines
  YJ: [
    "http://capstandard.jp/iyaku.info/CodeSystem/YJ-code",
    "1.2.392.100495.20.2.73",
    "1.2.392.100495.20.1.73",
    "http://jpfhir.jp/fhir/core/CodeSystem/YJ-code",
  ],
  HOT7: ["http://medis.or.jp/CodeSystem/master-HOT7", "1.2.392.200119.4.403.2"],
  HOT9: ["http://medis.or.jp/CodeSystem/master-HOT9", "1.2.392.200119.4.403.1", "1.2.392.100495.20.2.74", "1.2.392.100495.20.1.74"],
  HOT13: ["http://medis.or.jp/CodeSystem/master-HOT13", "1.2.392.200119.4.402.1"],
  GENERAL: ["http://jpfhir.jp/fhir/core/mhlw/CodeSystem/MedicationGeneralOrderCode", "1.2.392.100495.20.2.81", "1.2.392.100495.20.1.81"],
  SEIBUN: ["http://capstandard.jp/CodeSystem/KikakubetsuYakuzaiSeibun"],
  GS1: ["2.51.1.1"],
  ATC: ["http://www.whocc.no/atc"],
  // Usage, units, kinds of prescription
  JAMISDP01: ["http://jami.jp/CodeSystem/MedicationUsage", "1.2.392.200250.2.2.20.20", "1.2.392.200250.2.2.20"],
  MHLWSDP: ["http://jpfhir.jp/fhir/core/mhlw/CodeSystem/MedicationUsage_ePrescription"],
  JAMISDP02: ["http://jpfhir.jp/fhir/core/mhlw/CodeSystem/MedicationUsageAdditional", "1.2.392.200250.2.2.20.22"],
  MR9P: [
    "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/MedicationUnitMERIT9Code",
    "1.2.392.100495.20.2.101",
    "http://jpfhir.jp/fhir/core/CodeSystem/JP_MedicationCategoryMERIT9_CS",
    "http://jpfhir.jp/fhir/core/CodeSystem/JP_MedicationUnitMERIT9_CS",
  ],
  HL70162: ["http://jpfhir.jp/fhir/core/CodeSystem/route-codes", "http://terminology.hl7.org/CodeSystem/v2-0162"],
  // Tests
  JC10: [
    "http://medis.or.jp/CodeSystem/master-JLAC10-17digits",
    "http://medis.or.jp/CodeSystem/master-JLAC10",
    "1.2.392.200119.4.504",
    "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS",
    "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_InfectionLabo_CS",
    "http://jpfhir.jp/fhir/core/CodeSystem/JP_ObservationSampleMaterialCode_CS",
  ],
  JLAC11: [
    "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC11/JP_CLINS_ObsLabResult_CoreLabo_CS",
    "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC11/JP_CLINS_ObsLabResult_InfectionLabo_CS",
  ],
  LN: ["http://loinc.org", "2.16.840.1.113883.6.1"],
  // Diseases
  MDCDX2: [
    "http://medis.or.jp/CodeSystem/master-disease-keyNumber",
    "1.2.392.200119.4.101.2",
    "http://medis.or.jp/CodeSystem/master-disease-modKeyNumber",
    "1.2.392.200119.4.201.2",
  ],
  MDCEX: [
    "http://medis.or.jp/CodeSystem/master-disease-exCode",
    "1.2.392.200119.4.101.6",
    "http://medis.or.jp/CodeSystem/master-disease-modExCode",
    "1.2.392.200119.4.201.5",
  ],
  RECEDEN: [
    "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/masterB-disease",
    "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/masterZ-disease-modifier",
  ],
  I10: [
    "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/ICD10-2013-full",
    "http://jpfhir.jp/fhir/core/CodeSystem/ICD10-2013-full",
    "http://hl7.org/fhir/sid/icd-10",
    "1.2.392.200119.4.101.1",
  ],
  SCT: ["http://snomed.info/sct", "2.16.840.1.113883.6.96"],
  // Allergens
  "J-FAGY": [
    "http://jpfhir.jp/fhir/core/CodeSystem/JP_JfagyFoodAllergen_CS",
    "http://jpfhir.jp/fhir/core/CodeSystem/JP_JfagyNonFoodNonMedicationAllergen_CS",
    "http://jpfhir.jp/fhir/core/CodeSystem/JP_JfagyMedicationAllergen_CS",
    "http://jpfhir.jp/fhir/core/CodeSystem/GCM/JP_JfagyMedicationAllergen_CS",
    "http://jpfhir.jp/fhir/core/CodeSystem/YCM/JP_JfagyMedicationAllergen_CS",
  ],
  // Departments, images
  JAMIDEPT: ["http://jami.jp/SS-MIX2/CodeSystem/ClinicalDepartment", "1.2.392.200250.2.2.2", "1.2.392.100495.20.2.51"],
  JJ1017: ["http://jpfhir.jp/fhir/core/CodeSystem/JP_ProcedureCodesJJ1017_CS", "1.2.392.200119.5.1"],
  DCM: ["http://dicom.nema.org/resources/ontology/DCM"],
};

const shortNames: ReadonlyMap<string, string> = new Map(
  Object.entries(names).flatMap(([short, systems]) => systems.map((system) => [system.toLowerCase(), short] as const)),
);

/** Lists that one facility keeps for itself: never compared with another's. */
const local = [
  /^http:\/\/jpfhir\.jp\/fhir\/ecs\/codesystem\/drugcode\//,
  /jp_clins_obslabresult_localcode_cs$/,
  /^(?:urn:oid:)?1\.2\.392\.100495\.20\.2\.7[0-2]$/,
  /localcode|local-code|\/local\//,
];

/**
 * Short name of a code system. "L": of this facility only. "" when none was sent. What the table does not know stays as sent: a URI is
 * nobody else's.
 */
export function shortSystem(system: string | undefined): string {
  if (system === undefined || system.trim() === "") return "";
  const plain = bare(system);
  const known = shortNames.get(plain);
  if (known !== undefined) return known;
  return local.some((one) => one.test(plain)) ? "L" : system.trim();
}

/** Codes that say only that there is no code: equal in two records, they would make two things one. */
export function saysNoCode(system: string | undefined, code: string): boolean {
  return code === "NOCODED" || /^9{17}$/.test(code) || code === "0X0XXXXXXXXX0000" || /_uncoded_cs$|nocoded_cs$/.test(bare(system ?? ""));
}

/** Lower case, without "urn:oid:", version and the slash at the end. */
export function bare(system: string): string {
  return system
    .trim()
    .toLowerCase()
    .replace(/^urn:oid:/, "")
    .replace(/\|.*$/, "")
    .replace(/\/$/, "");
}

/** Whether a code comes from the list of tests for infections that JP-CLINS names. */
export function isInfectionList(system: string | undefined): boolean {
  return /infectionlabo_cs$/.test(bare(system ?? ""));
}
