/** The sections of one synthetic person, and of one of whom nothing is known. */
import type { Medicine, Sections } from "../../../src/shared/summary/summary.ts";
import { allergy, coded, diagnosis, item, lab, medicine, received, section } from "./parts.ts";
import { widerSections } from "./wider.ts";

const nothing = { state: "notRecorded", confirmed: null, items: [], window: null, more: 0 } as const;

const warfarin: Pick<Medicine, "ingredient" | "conflicts"> = { ingredient: "ワルファリンカリウム", conflicts: ["dose", "notDispensed"] };

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
      medicine("ワルファリンカリウム錠1mg「架空」", { dosePerIntake: { value: "1.50", unit: "錠" }, usage: "1日1回 夕食後", ...warfarin }),
      medicine("ワーファリン錠1mg", {
        dosePerIntake: { value: "2", unit: "錠" },
        stage: "dispensed",
        source: 1,
        usage: "1日1回 夕食後",
        date: "2026-10-30",
        start: "2026-10-30",
        end: "2026-11-12",
        ...warfarin,
      }),
      medicine("ワルファリンK錠1mg", {
        dosePerIntake: null,
        usage: "",
        days: null,
        end: null,
        source: 2,
        date: "2026-08",
        start: "2026-08",
        ...warfarin,
      }),
      medicine("ビソプロロールフマル酸塩錠2.5mg「見本」", {
        dosePerIntake: null,
        dosePerDay: { value: "1.0", unit: "錠" },
        ingredient: "ビソプロロール",
      }),
      medicine("メインテート錠2.5mg", { stage: "dispensed", source: 1, ingredient: "ビソプロロール" }),
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
          ingredient: warfarin.ingredient,
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
    diagnosis("2型糖尿病", {
      also: [
        { source: 1, date: "2026-10-30", received },
        { source: 2, date: "2026-08", received },
        { source: 0, date: "2026-09-02", received },
      ],
    }),
    diagnosis("膵尾部癌の疑いによる精査中", { suspected: true, onset: "2026-11-10", warnings: ["uninformed"] }),
    diagnosis("右大腿骨頸部骨折", { active: false, end: "2021-03-20", outcome: "recovered", onset: "2020-12-24" }),
  ]),
  labs: section([
    lab("クレアチニン", "1.84", {
      analyte: "Cr",
      flag: "H",
      range: "0.65-1.07",
      history: [
        { value: "0.98", unit: "mg/dL", date: "2026-08-06T08:55", source: 0, flag: "N" },
        { value: "1.02", unit: "mg/dL", date: "2026-05-14", source: 0, flag: "N" },
        { value: "1.21", unit: "mg/dL", date: "2026-02-03T09:10", source: 1, flag: "H" },
        { value: "測定不能", unit: "mg/dL", date: "2025-12-11", source: 0, flag: "" },
        { value: "0.88", unit: "mg/dL", date: "2025-03", source: 0, flag: "" },
      ],
    }),
    lab("eGFR", "28.4", { analyte: "eGFR", unit: "mL/min/1.73m2", flag: "L", range: "60 以上" }),
    lab("カリウム", "6.2", {
      analyte: "K",
      unit: "mmol/L",
      flag: "HH",
      range: "3.6-4.8",
      previous: { value: "5.0", unit: "mmol/L", date: "2026-08-06", source: 2 },
      history: [
        { value: "5.0", unit: "mmol/L", date: "2026-08-06", source: 2, flag: "H" },
        { value: "4.4", unit: "mmol/L", date: "2026-05-14", source: 0, flag: "N" },
        { value: "3.3", unit: "mmol/L", date: "2025-09-20", source: 0, flag: "L" },
      ],
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
  ...widerSections,
};
