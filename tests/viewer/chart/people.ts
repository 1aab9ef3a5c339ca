/** Synthetic people for the screens: each shows what the screens must not get wrong. Nobody here exists. */
import {
  type Identity,
  type ProtectedPart,
  type RestPart,
  type Sections,
  type Source,
  type StripItem,
  type StripPart,
  SUMMARY_VERSION,
  type Summary,
} from "../../../src/shared/summary/summary.ts";
import { allergy, coded, diagnosis, item, lab, medicine, received, section } from "./parts.ts";

export { allergy, coded, diagnosis, lab, medicine, now, received, section } from "./parts.ts";

export const sources: readonly Source[] = [
  { facility: "9910000001", name: "架空中央病院", kind: "chart", telephone: "000-0000-0101", pid: "0000012345" },
  { facility: "9910000002", name: "見本薬局 灯台前店", kind: "dispensing", telephone: "000-0000-0202", pid: "P-778" },
  { facility: "9910000003", name: "試験クリニック", kind: "claim", telephone: "", pid: "000991" },
];

export const identity: Identity = {
  kanji: { family: "灯台", given: "太郎" },
  kana: { family: "トウダイ", given: "タロウ" },
  alphabetic: null,
  birthDate: "1948-03-05",
  sex: "male",
  address: "架空県見本市灯台町1-2-3",
  telephones: ["000-0000-1111"],
  identifiers: [
    { source: 0, value: "0000012345" },
    { source: 1, value: "P-778" },
    { source: 2, value: "000991" },
  ],
  conflicts: [],
};

const nothing = { state: "notRecorded", confirmed: null, items: [], window: null, more: 0 } as const;

export const sections: Sections = {
  allergies: section([
    allergy("ペニシリン系抗菌薬"),
    allergy("ヨード造影剤", {
      contraindication: true,
      category: "contraindication",
      severity: "unknown",
      reactions: ["アナフィラキシー"],
      verification: "suspected",
    }),
    allergy("そば", { resolved: true, category: "food", severity: "mild", date: "2012-01", reactions: [], verification: "doubted" }),
    allergy("特になし", {
      saysNone: true,
      category: "unknown",
      severity: "unknown",
      reactions: [],
      onset: "",
      verification: "unknown",
      verifiedBy: "",
      source: 2,
      date: null,
    }),
  ]),
  medicines: section(
    [
      medicine("ワルファリンカリウム錠1mg「架空」", { dosePerIntake: { value: "1.50", unit: "錠" }, usage: "1日1回 夕食後" }),
      medicine("ビソプロロールフマル酸塩錠2.5mg「見本」", { dosePerIntake: null, dosePerDay: { value: "1.0", unit: "錠" } }),
      medicine("インスリン グラルギン（遺伝子組換え）[後続1]注ミリオペン", {
        injection: true,
        route: "皮下",
        dosePerIntake: { value: "12", unit: "IU" },
        usage: "1日1回 眠前",
        source: 1,
        note: "残薬あり",
      }),
      medicine("ニフェジピン徐放錠（24時間持続）20mg「試験」", {
        end: null,
        days: null,
        usage: "",
        dosePerIntake: null,
        warnings: ["dose-missing"],
      }),
      medicine("セファゾリンナトリウム注射用1g", {
        completion: "refused",
        stage: "given",
        end: null,
        days: null,
        injection: true,
        setting: "inpatient",
      }),
      ...[1, 2, 3].map((month) =>
        medicine("ワルファリンカリウム錠1mg「架空」", {
          date: `2026-0${month}-10`,
          start: `2026-0${month}-10`,
          end: `2026-0${month + 1}-06`,
        }),
      ),
      ...Array.from({ length: 12 }, (_, at) =>
        medicine(`架空薬${at + 1}錠${(at + 1) * 5}mg`, {
          date: "2026-05-01",
          start: "2026-05-01",
          end: "2026-05-28",
          dosePerIntake: { value: ".5", unit: "錠" },
        }),
      ),
    ],
    { window: { from: "2026-01-01", to: "2026-11-19" }, more: 14 },
  ),
  diagnoses: section([
    diagnosis("非弁膜症性心房細動", { main: true }),
    diagnosis("急性冠症候群", { suspected: true, onset: "2026-11-12", phase: "急性期" }),
    diagnosis("2型糖尿病"),
    diagnosis("右大腿骨頸部骨折", { active: false, end: "2021-03-20", outcome: "recovered", onset: "2020-12-24" }),
  ]),
  labs: section([
    lab("クレアチニン", "1.84", { analyte: "Cr", flag: "H", range: "0.65-1.07" }),
    lab("eGFR", "28.4", { analyte: "eGFR", unit: "mL/min/1.73m2", flag: "L", range: "60 以上" }),
    lab("カリウム", "6.2", {
      analyte: "K",
      unit: "mmol/L",
      flag: "HH",
      range: "3.6-4.8",
      previous: { value: "5.0", unit: "mmol/L", date: "2026-08-06", source: 2 },
    }),
    lab("PT-INR", "3.4", {
      analyte: "PT-INR",
      unit: "",
      flag: "H",
      result: "preliminary",
      range: "",
      specimen: "血漿",
      notes: ["検体に軽度の溶血を認めます"],
    }),
    lab("ヘモグロビン", "10.0", {
      analyte: "Hb",
      unit: "g/dL",
      flag: "LL",
      range: "13.7-16.8",
      specimen: "全血",
      previous: null,
      result: "corrected",
    }),
    lab("尿蛋白", "（2+）", { unit: "", flag: "A", range: "", specimen: "尿", previous: null }),
    lab("γ-GTP", "44", { unit: "U/L", flag: "", range: "13-64" }),
  ]),
  procedures: section([
    {
      ...item,
      name: coded("頭部単純CT"),
      what: "radiology",
      modality: "CT",
      accession: "A1",
      studyUid: "",
      findings: ["明らかな出血を認めません。\n陳旧性の小梗塞を左被殻に認めます。"],
      department: "放射線科",
    },
  ]),
  visits: section([
    { ...item, event: "outpatient", department: "循環器内科", ward: "", doctor: "見本 花子", admitted: null, discharged: null },
    {
      ...item,
      date: "2020-12-24",
      event: "admission",
      department: "整形外科",
      ward: "東3階",
      doctor: "架空 次郎",
      admitted: "2020-12-24",
      discharged: "2021-01-30",
    },
  ]),
  contacts: section([{ ...item, name: "灯台 はな", relation: "妻", telephones: ["000-0000-2222", "000-0000-3333"] }]),
  registration: section([
    { ...item, what: "abo", text: "A", unit: "" },
    { ...item, what: "weight", text: "58.2", unit: "kg" },
  ]),
  documents: nothing,
  vitals: nothing,
  infections: nothing,
  dialysis: nothing,
  devices: nothing,
  immunizations: nothing,
  wishes: nothing,
  pregnancy: nothing,
  careLevel: nothing,
  checkups: nothing,
  images: nothing,
};

export const stripItems: readonly StripItem[] = [
  {
    danger: "allergy",
    text: "ペニシリン系抗菌薬",
    detail: "重度　全身の蕁麻疹、血圧低下",
    date: "2019-04-02",
    end: null,
    source: 0,
    received,
    by: "sent",
    rule: "AL1",
  },
  {
    danger: "contraindication",
    text: "ヨード造影剤",
    detail: "アナフィラキシー（疑い）",
    date: "2019-04-02",
    end: null,
    source: 0,
    received,
    by: "sent",
    rule: "AL1",
  },
  {
    danger: "anticoagulant",
    text: "ワルファリンカリウム錠1mg「架空」",
    detail: "1日1回 夕食後",
    date: "2026-11-12",
    end: "2026-12-09",
    source: 1,
    received,
    by: "name",
    rule: "N-333-01",
  },
  {
    danger: "insulin",
    text: "インスリン グラルギン（遺伝子組換え）[後続1]注ミリオペン",
    detail: "1日1回 眠前",
    date: "2026-11-12",
    end: "2026-12-09",
    source: 1,
    received,
    by: "code",
    rule: "YJ-2492",
  },
  {
    danger: "betaBlocker",
    text: "ビソプロロールフマル酸塩錠2.5mg「見本」",
    detail: "",
    date: "2026-11-12",
    end: "2026-12-09",
    source: 0,
    received,
    by: "name",
    rule: "N-212-04",
  },
];

export const summary: Summary = { version: SUMMARY_VERSION, identity, sources, asOf: received, sections };

export const stripPart: StripPart = {
  part: "strip",
  version: SUMMARY_VERSION,
  identity,
  sources,
  asOf: received,
  strip: {
    items: stripItems,
    unjudged: 7,
    rules: { version: "2026.11", date: "2026-11-01" },
    allergyState: "present",
    medicineState: "present",
    diagnosisState: "present",
    masked: true,
  },
};

export const restPart: RestPart = { part: "rest", version: SUMMARY_VERSION, summary };

export const emptySections: Sections = {
  allergies: nothing,
  medicines: nothing,
  diagnoses: nothing,
  labs: nothing,
  procedures: nothing,
  visits: nothing,
  contacts: nothing,
  registration: nothing,
  documents: nothing,
  vitals: nothing,
  infections: nothing,
  dialysis: nothing,
  devices: nothing,
  immunizations: nothing,
  wishes: nothing,
  pregnancy: nothing,
  careLevel: nothing,
  checkups: nothing,
  images: nothing,
};

export const protectedPart: ProtectedPart = {
  part: "protected",
  version: SUMMARY_VERSION,
  categories: ["psychiatric"],
  strip: {
    ...stripPart.strip,
    items: [
      {
        danger: "lithium",
        text: "炭酸リチウム錠200mg「架空」",
        detail: "1日2回",
        date: "2026-11-01",
        end: "2026-11-28",
        source: 2,
        received,
        by: "name",
        rule: "N-117-02",
      },
    ],
    unjudged: 0,
    masked: false,
  },
  sections: { ...emptySections, diagnoses: section([diagnosis("双極性障害", { source: 2 })]) },
};
