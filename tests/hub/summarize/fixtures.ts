import type {
  AllergyRecord,
  Concept,
  DiagnosisRecord,
  FiledRecords,
  FileIdentity,
  LabRecord,
  MedicineRecord,
  PatientRecord,
  ProcedureRecord,
  RegistrationRecord,
  SourceRecord,
  VisitRecord,
  Warning,
} from "../../../src/hub/record/record.ts";
import { summarize } from "../../../src/hub/summarize/index.ts";
import type { Summary } from "../../../src/shared/summary/summary.ts";

/** Plainly synthetic records; every helper fills what a test does not name. */
export const concept = (text: string, system = "", code = ""): Concept => ({ text, codings: code === "" ? [] : [{ code, text, system }] });

export const facilities = new Map([
  ["9990000001", { name: "架空総合病院", telephone: "000-000-0001" }],
  ["9990000002", { name: "見本中央病院", telephone: "000-000-0002" }],
]);

let made = 0;

export function file(
  records: readonly SourceRecord[],
  over: Partial<FileIdentity> & { received?: string; warnings?: readonly Warning[] } = {},
): FiledRecords {
  const { received = "2026-06-01T00:00:00.000Z", warnings = [], ...identity } = over;
  made += 1;
  const orderNo = String(made).padStart(15, "0");
  const whole = {
    facility: "9990000001",
    pid: "00012345",
    day: "20260501",
    type: "OMP-01",
    orderNo,
    stamp: "20260501100000000",
    department: "01",
    flag: "1" as const,
    ...identity,
  };
  return {
    file: { ...whole, name: `${whole.pid}_${whole.day}_${whole.type}_${whole.orderNo}_${whole.stamp}_${whole.department}_${whole.flag}` },
    received,
    records,
    warnings,
  };
}

export const summaryOf = (...files: readonly FiledRecords[]): Summary => summarize({ files, facilities });

export const patient = (over: Partial<PatientRecord> = {}): PatientRecord => ({
  kind: "patient",
  date: null,
  segment: "PID",
  birthDate: "1948-03-05",
  sex: "F",
  addresses: [],
  telecoms: [],
  insurances: [],
  contacts: [],
  disabilities: [],
  names: [
    { family: "灯台", given: "花子", representation: "ideographic" },
    { family: "トウダイ", given: "ハナコ", representation: "phonetic" },
  ],
  ...over,
});

export const iam = (substance: string, over: Partial<AllergyRecord> = {}): AllergyRecord => ({
  kind: "allergy",
  origin: "IAM",
  date: null,
  segment: "IAM[1]",
  category: concept("薬剤アレルギー", "HL70127", "DA"),
  substance: concept(substance),
  severity: "",
  reactions: [],
  action: "A",
  instance: "",
  sensitivity: "",
  onset: null,
  onsetText: "",
  status: "",
  reportedAt: null,
  informant: "",
  verifiedBy: "",
  verifierRole: "",
  verifiedAt: null,
  ...over,
});

export const al1 = (substance: string, over: Partial<AllergyRecord> = {}): AllergyRecord => ({
  ...iam(substance),
  origin: "AL1",
  segment: "AL1[1]",
  action: "",
  ...over,
});

export const medicine = (drug: string, over: Partial<MedicineRecord> = {}): MedicineRecord => ({
  kind: "medicine",
  date: "2026-05-01",
  segment: "RXE[1]",
  stage: "ordered",
  injection: false,
  injectionKind: null,
  orderNo: "000000000000185",
  orderControl: "NW",
  orderType: "",
  group: "1",
  drug: concept(drug, "HOT9", "100000001"),
  dosePerIntake: null,
  dosePerDay: null,
  total: null,
  form: "",
  usage: null,
  usageText: "",
  days: "",
  times: "",
  start: null,
  end: null,
  actEnd: null,
  route: null,
  categories: [],
  rate: null,
  completion: "",
  department: null,
  prescriber: "",
  note: "",
  ...over,
});

export const diagnosis = (disease: string, over: Partial<DiagnosisRecord> = {}): DiagnosisRecord => ({
  kind: "diagnosis",
  date: "2026-05-01",
  segment: "PRB[1]",
  disease: concept(disease, "MDCDX2", "20054174"),
  icd10: concept("", "I10", "K297"),
  prefixes: [],
  suffixes: [],
  text: "",
  action: "AD",
  certainty: null,
  outcome: null,
  onset: null,
  entered: null,
  end: null,
  expectedEnd: null,
  rank: null,
  phase: "",
  instance: "",
  confidentiality: "",
  department: null,
  ...over,
});

export const lab = (test: Concept, value: string, over: Partial<LabRecord> = {}): LabRecord => ({
  kind: "lab",
  date: "2026-05-01",
  segment: "OBX[1]",
  orderNo: "",
  orderControl: "SC",
  panel: null,
  test,
  specimen: concept("血清", "JC10", "023"),
  collected: "2026-05-01T09:00",
  valueType: "NM",
  value,
  valueConcept: null,
  unit: "mg/dL",
  range: "",
  flags: [],
  resultStatus: "F",
  subId: "",
  notes: [],
  ...over,
});

export const visit = (event: VisitRecord["event"], over: Partial<VisitRecord> = {}): VisitRecord => ({
  kind: "visit",
  date: null,
  segment: "PV1",
  event,
  cancelled: false,
  patientClass: event === "outpatient" ? "O" : "I",
  department: concept("内科"),
  ward: "",
  room: "",
  doctor: "",
  admitted: null,
  discharged: null,
  disposition: "",
  ...over,
});

export const procedure = (name: string, over: Partial<ProcedureRecord> = {}): ProcedureRecord => ({
  kind: "procedure",
  date: "2026-05-01",
  segment: "OBR[1]",
  what: "radiology",
  stage: "performed",
  orderNo: "1",
  orderControl: "NW",
  name: concept(name),
  modality: "CT",
  accession: "A1",
  studyUid: "1.2.3",
  findings: [],
  materials: [],
  department: null,
  ...over,
});

export const registration = (what: RegistrationRecord["what"], value: string, unit = ""): RegistrationRecord => ({
  kind: "registration",
  date: null,
  segment: "OBX[1]",
  what,
  test: concept(what),
  value,
  unit,
});

export const other = { facility: "9990000002", pid: "777" } as const;
export const later = { stamp: "20260502100000000" } as const;

export type Files = readonly FiledRecords[];
