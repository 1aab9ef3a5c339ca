import type { Concept, FiledRecords, MedicineRecord } from "../../../src/hub/record/record.ts";

/** One medicine as a hospital sends it, and a file around such records: nothing but the drug matters here. */
export const concept = (text: string, system: string, code: string): Concept => ({ text, codings: [{ code, text, system }] });

export const medicineRecord = (i: number, drug: Concept): MedicineRecord => ({
  kind: "medicine",
  date: "2026-01-01",
  segment: `RXE[${i}]`,
  stage: "ordered",
  injection: false,
  injectionKind: null,
  orderNo: "1",
  orderControl: "NW",
  orderType: "O",
  group: "",
  drug,
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
});

export const filed = (records: readonly MedicineRecord[]): FiledRecords => ({
  file: {
    facility: "1310000001",
    pid: "0000000001",
    day: "20260101",
    type: "OMP-01",
    orderNo: "1",
    stamp: "20260101120000000",
    department: "-",
    flag: "1",
    name: "0000000001_20260101_OMP-01_1_20260101120000000_-_1",
  },
  received: "2026-01-01T00:00:00.000Z",
  records,
  warnings: [],
});
