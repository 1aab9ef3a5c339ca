/** Parts of synthetic people: each test changes what it is about. */
import type { Allergy, Coded, Diagnosis, Lab, Medicine, Section } from "../../../src/shared/summary/summary.ts";

/** Friday 2026-11-20 14:05 in Japan. */
export const now = Date.parse("2026-11-20T05:05:00Z");
export const received = "2026-11-19T18:30:00Z";

export function coded(text: string, system = "", code = ""): Coded {
  return { text, codes: system === "" ? [] : [{ system, code, text }], local: false };
}

export function section<T>(items: readonly T[], more: Partial<Section<T>> = {}): Section<T> {
  return { state: items.length === 0 ? "notRecorded" : "present", confirmed: null, items, window: null, more: 0, ...more };
}

export const item = { date: "2026-11-12", source: 0, received, warnings: [], also: [] } as const;

export function medicine(text: string, more: Partial<Medicine> = {}): Medicine {
  return {
    ...item,
    drug: coded(text, "HOT9", "103831601"),
    stage: "ordered",
    injection: false,
    route: "内服",
    form: "錠剤",
    dosePerIntake: { value: "1", unit: "錠" },
    dosePerDay: null,
    total: null,
    usage: "1日1回 朝食後",
    days: 28,
    times: null,
    start: "2026-11-12",
    end: "2026-12-09",
    setting: "outpatient",
    completion: null,
    department: "循環器内科",
    ingredient: "",
    conflicts: [],
    group: "1",
    note: "",
    ...more,
  };
}

export function allergy(text: string, more: Partial<Allergy> = {}): Allergy {
  return {
    ...item,
    date: "2019-04-02",
    substance: coded(text, "99XYZ", "A001"),
    category: "drug",
    contraindication: false,
    severity: "severe",
    reactions: ["全身の蕁麻疹", "血圧低下"],
    onset: "投与後10分",
    verification: "confirmed",
    resolved: false,
    saysNone: false,
    verifiedBy: "見本 花子",
    ...more,
  };
}

export function diagnosis(text: string, more: Partial<Diagnosis> = {}): Diagnosis {
  return {
    ...item,
    disease: coded(text, "MDCDX2", "20061577"),
    suspected: false,
    main: false,
    active: true,
    phase: "",
    onset: "2018-06",
    end: null,
    outcome: null,
    ...more,
  };
}

export function lab(text: string, value: string, more: Partial<Lab> = {}): Lab {
  return {
    ...item,
    date: "2026-11-12T08:40",
    test: coded(text, "JC10", "3C015000002327101"),
    specimen: "血清",
    value,
    unit: "mg/dL",
    range: "0.65-1.07",
    flag: "N",
    result: "final",
    previous: { value: "0.98", unit: "mg/dL", date: "2026-08-06T08:55", source: 0 },
    history: [],
    analyte: "",
    notes: [],
    ...more,
  };
}
