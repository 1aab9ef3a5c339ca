import type { Item, Section, Summary } from "../../../src/shared/summary/summary.ts";
import { allergy, coded, diagnosis, item, lab, medicine, procedure, section, summaryWith, visit } from "../../shared/summary/fixtures.ts";

const at = (date: string): Item => ({ ...item, date });

/** Nothing but a state. */
export const empty = (state: Section<never>["state"], confirmed: Section<never>["confirmed"] = null): Section<never> => ({
  state,
  confirmed,
  items: [],
  window: null,
  more: 0,
});

/** One plainly synthetic person with an item of every kind. */
export const full: Summary = summaryWith({
  allergies: section(
    allergy("架空ペニシリン", { severity: "severe", reactions: ["呼吸困難"], verification: "confirmed" }),
    allergy("そば", { category: "food", resolved: true, date: "2001" }),
    allergy("ヨード造影剤", { contraindication: true, category: "contraindication" }),
  ),
  medicines: section(
    medicine("ワルファリンカリウム錠１ｍｇ", {
      drug: coded("ワルファリンカリウム錠１ｍｇ", "HOT9", "900010101"),
      dosePerDay: { value: "2.5", unit: "錠" },
      usage: "１日１回朝食後",
      days: 28,
      start: "2026-05-01",
      end: "2026-05-28",
    }),
    medicine("アムロジピン錠５ｍｇ", {
      stage: "dispensed",
      total: { value: "28", unit: "錠" },
      days: 28,
      date: "2026-05-02",
      start: "2026-05-02",
      end: "2026-05-29",
    }),
    medicine("セファゾリン注１ｇ", {
      stage: "given",
      injection: true,
      route: "静脈内",
      dosePerIntake: { value: "1", unit: "g" },
      start: "2026-05-01",
    }),
  ),
  diagnoses: section(
    diagnosis("心房細動", "I489", { main: true, onset: "2020-04" }),
    diagnosis("肺癌", "C349", { suspected: true }),
    diagnosis("肺炎", "J189", { active: false, end: "2025-01-20", outcome: "recovered" }),
  ),
  labs: section(
    lab("カリウム", {
      test: coded("カリウム", "JC10", "3H015000002326101"),
      value: "4.10",
      unit: "mmol/L",
      flag: "N",
      range: "3.6-4.8",
      previous: { value: "5.0", unit: "mmol/L", date: "2026-04-01", source: 0 },
      history: [{ value: "5.0", unit: "mmol/L", date: "2026-04-01", source: 0, flag: "H" }],
    }),
    lab("尿蛋白", { value: "  +-", unit: "", specimen: "尿" }),
    lab("ＣＲＰ", { value: "<0.10", unit: "mg/dL", result: "preliminary" }),
  ),
  procedures: section(procedure("胃切除術", { what: "surgery", date: "2019-08-08" }), procedure("胸部CT")),
  visits: section(visit(), visit({ event: "admission", admitted: "2026-03-01", discharged: "2026-03-10", date: "2026-03-01" })),
  contacts: section({ ...item, name: "灯台 一郎", relation: "長男", telephones: ["000-0000-0001"] }),
  registration: section({ ...item, what: "abo", text: "A", unit: "" }, { ...item, what: "rh", text: "+", unit: "" }),
  documents: section({
    ...at("2026-03-10"),
    what: "dischargeSummary",
    title: "退院時サマリー",
    author: "見本 一郎",
    department: "内科",
    sections: [{ title: "経過", text: "架空の経過。\n改善した。" }],
    attachments: [],
  }),
  vitals: section({ ...item, what: "systolic", test: coded("収縮期血圧"), value: "132", unit: "mm(hg)" }),
  infections: section(
    { ...item, agent: coded("HBs抗原"), result: "negative", text: "陰性" },
    { ...at("2025-11-01"), agent: coded("HCV抗体"), result: "positive", text: "陽性" },
  ),
  dialysis: section({
    ...item,
    modality: coded("血液透析"),
    access: "左前腕内シャント",
    schedule: "月水金",
    dryWeight: { value: "52.5", unit: "kg" },
    place: "見本透析クリニック",
    details: [{ label: "抗凝固薬", value: "ヘパリン" }],
  }),
  devices: section({
    ...item,
    device: coded("心臓ペースメーカー"),
    site: "左前胸部",
    status: "active",
    implanted: "2018-02-03",
    removed: null,
    maker: "見本医療機器",
    identifier: "SN-1",
    note: "MRI 条件付き",
  }),
  immunizations: section({ ...at("2025-12-01"), vaccine: coded("インフルエンザHAワクチン"), dose: "1", given: true, note: "" }),
  wishes: section({ ...item, what: "dnar", text: "心肺蘇生を希望しない", by: "本人", telephones: [], inForce: true }),
  pregnancy: section({ ...item, status: "notPregnant", due: null, text: "" }),
  careLevel: section({ ...item, level: coded("要介護２"), from: "2026-04-01", to: "2027-03-31" }),
  checkups: section({ ...item, test: coded("腹囲"), value: "82.5", unit: "cm", range: "", flag: "" }),
  images: section({
    ...item,
    studyUid: "1.2.392.9.1",
    accession: "A0001",
    modalities: ["CT"],
    description: "胸部CT",
    bodySite: "",
    department: "放射線科",
    series: [{ uid: "1.2.392.9.1.1", modality: "CT", description: "plain", instances: 40, drawable: true }],
  }),
});
