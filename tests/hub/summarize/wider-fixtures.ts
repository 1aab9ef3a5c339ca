import type {
  AbsenceRecord,
  CareLevelRecord,
  DeviceRecord,
  DialysisRecord,
  DocumentRecord,
  ImmunizationRecord,
  OrderRecord,
  PregnancyRecord,
  SourceRecord,
  StudyRecord,
  VitalRecord,
  WishRecord,
} from "../../../src/hub/record/record.ts";
import { concept, diagnosis, iam, lab, medicine, procedure, registration, visit } from "./fixtures.ts";

/** Plainly synthetic records of the wider kinds; every helper fills what a test does not name. */
const base = { date: "2026-05-01", segment: "R[1]" } as const;

export const document = (text: string, over: Partial<DocumentRecord> = {}): DocumentRecord => ({
  kind: "document",
  ...base,
  what: "other",
  type: concept("文書"),
  title: "見本文書",
  author: "見本医師",
  department: "内科",
  sections: [{ code: null, title: "本文", text }],
  attachments: [],
  identifier: "",
  ...over,
});

export const vital = (what: VitalRecord["what"], value: string, over: Partial<VitalRecord> = {}): VitalRecord => ({
  kind: "vital",
  ...base,
  what,
  test: concept(what),
  value,
  unit: "",
  ...over,
});

export const study = (over: Partial<StudyRecord> = {}): StudyRecord => ({
  kind: "study",
  ...base,
  studyUid: "1.2.3",
  accession: "A1",
  modalities: ["CT"],
  description: "",
  bodySite: "",
  department: "",
  series: [{ uid: "1.2.3.1", modality: "CT", number: "1", description: "", instances: 20, drawable: true }],
  endpoint: "",
  ...over,
});

export const order = (over: Partial<OrderRecord> = {}): OrderRecord => ({
  kind: "order",
  ...base,
  what: "radiology",
  orderNo: "1",
  orderControl: "NW",
  name: concept("頭部CT"),
  planned: "2026-05-10",
  accession: "A1",
  department: concept("脳神経外科"),
  note: "",
  ...over,
});

export const device = (name: string, over: Partial<DeviceRecord> = {}): DeviceRecord => ({
  kind: "device",
  ...base,
  device: concept(name),
  site: "",
  status: "active",
  implanted: null,
  removed: null,
  manufacturer: "",
  model: "",
  identifier: "",
  note: "",
  ...over,
});

export const immunization = (name: string, over: Partial<ImmunizationRecord> = {}): ImmunizationRecord => ({
  kind: "immunization",
  ...base,
  vaccine: concept(name),
  status: "completed",
  dose: "",
  lot: "",
  note: "",
  ...over,
});

export const dialysis = (over: Partial<DialysisRecord> = {}): DialysisRecord => ({
  kind: "dialysis",
  ...base,
  modality: concept("HD"),
  access: "左前腕内シャント",
  schedule: "月水金",
  dryWeight: { value: "52.5", unit: "kg" },
  place: "見本透析クリニック",
  details: [],
  ...over,
});

export const wish = (what: WishRecord["what"], text: string, over: Partial<WishRecord> = {}): WishRecord => ({
  kind: "wish",
  ...base,
  what,
  text,
  by: "",
  contacts: [],
  inForce: true,
  ...over,
});

export const pregnancy = (status: PregnancyRecord["status"], over: Partial<PregnancyRecord> = {}): PregnancyRecord => ({
  kind: "pregnancy",
  ...base,
  status,
  due: null,
  text: "",
  ...over,
});

export const careLevel = (level: string, over: Partial<CareLevelRecord> = {}): CareLevelRecord => ({
  kind: "careLevel",
  ...base,
  level: concept(level),
  from: null,
  to: null,
  ...over,
});

export const absence = (section: string, state: AbsenceRecord["state"], over: Partial<AbsenceRecord> = {}): AbsenceRecord => ({
  kind: "absence",
  ...base,
  section,
  state,
  by: "",
  role: "",
  text: "",
  ...over,
});

export const signed = { by: "見本医師", role: "医師" } as const;

/** One record for every section. */
export const oneOfEach: readonly SourceRecord[] = [
  iam("ペニシリン"),
  medicine("ワーファリン錠1mg"),
  diagnosis("心房細動"),
  lab(concept("K", "JC10", "3H015000002326101"), "4.1"),
  procedure("頭部CT", { studyUid: "", accession: "" }),
  visit("outpatient", { date: "2026-05-01" }),
  registration("height", "150", "cm"),
  document("本文"),
  vital("pulse", "80"),
  lab(concept("HBs抗原"), "陽性", { group: "infection" }),
  dialysis(),
  device("心臓ペースメーカ"),
  immunization("インフルエンザHAワクチン"),
  wish("dnar", "心肺蘇生を希望しない", {
    contacts: [{ name: "見本 次郎", relation: "子", telecoms: [{ number: "000-0000-0001", use: "" }] }],
  }),
  pregnancy("pregnant"),
  careLevel("要介護2"),
  lab(concept("LDLコレステロール"), "120", { group: "checkup" }),
  study(),
];
