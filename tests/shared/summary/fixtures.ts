import type {
  Allergy,
  Coded,
  Diagnosis,
  Item,
  Lab,
  Medicine,
  Procedure,
  Section,
  Sections,
  Source,
  Summary,
  Visit,
} from "../../../src/shared/summary/summary.ts";
import { SUMMARY_VERSION } from "../../../src/shared/summary/summary.ts";

/** A plainly synthetic summary; every helper fills what a test does not name. */
export const item: Item = { date: "2026-05-01", source: 0, received: "2026-06-01T00:00:00.000Z", warnings: [], also: [] };

export const coded = (text: string, system = "", code = ""): Coded => ({
  text,
  codes: code === "" ? [] : [{ system, code, text }],
  local: false,
});

export const medicine = (name: string, over: Partial<Medicine> = {}): Medicine => ({
  ...item,
  drug: coded(name),
  stage: "ordered",
  injection: false,
  route: "",
  form: "",
  dosePerIntake: null,
  dosePerDay: null,
  total: null,
  usage: "",
  days: null,
  times: null,
  start: null,
  end: null,
  setting: "outpatient",
  completion: null,
  department: "",
  ingredient: "",
  conflicts: [],
  group: "",
  note: "",
  ...over,
});

export const diagnosis = (name: string, icd10 = "", over: Partial<Diagnosis> = {}): Diagnosis => ({
  ...item,
  disease: coded(name, "I10", icd10),
  suspected: false,
  main: false,
  active: true,
  phase: "",
  onset: null,
  end: null,
  outcome: null,
  ...over,
});

export const allergy = (name: string, over: Partial<Allergy> = {}): Allergy => ({
  ...item,
  substance: coded(name),
  category: "drug",
  contraindication: false,
  severity: "unknown",
  reactions: [],
  onset: "",
  verification: "unknown",
  resolved: false,
  saysNone: false,
  verifiedBy: "",
  ...over,
});

export const lab = (name: string, over: Partial<Lab> = {}): Lab => ({
  ...item,
  test: coded(name),
  specimen: "血清",
  value: "1.0",
  unit: "mg/dL",
  range: "",
  flag: "",
  result: "final",
  previous: null,
  history: [],
  analyte: "",
  notes: [],
  ...over,
});

export const visit = (over: Partial<Visit> = {}): Visit => ({
  ...item,
  event: "outpatient",
  department: "内科",
  ward: "",
  doctor: "見本医師",
  admitted: null,
  discharged: null,
  ...over,
});

export const procedure = (name: string, over: Partial<Procedure> = {}): Procedure => ({
  ...item,
  name: coded(name),
  what: "radiology",
  modality: "CT",
  accession: "",
  studyUid: "",
  findings: [],
  department: "",
  ...over,
});

export const section = <T>(...items: readonly T[]): Section<T> => ({
  state: items.length > 0 ? "present" : "notRecorded",
  confirmed: null,
  items,
  window: null,
  more: 0,
});

export const source: Source = { facility: "9990000001", name: "架空総合病院", kind: "chart", telephone: "000-000-0000", pid: "00012345" };

export function summaryWith(sections: Partial<Sections> = {}, over: Partial<Summary> = {}): Summary {
  return {
    version: SUMMARY_VERSION,
    identity: {
      kanji: { family: "灯台", given: "花子" },
      kana: { family: "トウダイ", given: "ハナコ" },
      alphabetic: null,
      birthDate: "1948-03-05",
      sex: "female",
      address: "架空県見本市1-2-3",
      telephones: ["000-0000-0000"],
      identifiers: [{ source: 0, value: "00012345" }],
      conflicts: [],
    },
    sources: [source],
    asOf: "2026-06-01T00:00:00.000Z",
    sections: {
      allergies: section(),
      medicines: section(),
      diagnoses: section(),
      labs: section(),
      procedures: section(),
      visits: section(),
      contacts: section(),
      registration: section(),
      documents: section(),
      vitals: section(),
      infections: section(),
      dialysis: section(),
      devices: section(),
      immunizations: section(),
      wishes: section(),
      pregnancy: section(),
      careLevel: section(),
      checkups: section(),
      images: section(),
      ...sections,
    },
    ...over,
  };
}
