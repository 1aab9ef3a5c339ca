import { expect, test } from "vitest";
import { projectRules } from "../../../src/shared/summary/rules.ts";
import { splitSummary } from "../../../src/shared/summary/split.ts";
import type { Files } from "./fixtures.ts";
import { concept, diagnosis, file, later, medicine, other, procedure, summaryOf } from "./fixtures.ts";
import { device, dialysis } from "./wider-fixtures.ts";

const sections = (...files: Files) => summaryOf(...files).sections;
const suspected = concept("疑い", "JHSD0005", "1");

test("dialysis as each hospital last stated it", () => {
  const found = sections(
    file([dialysis({ date: "2026-04-01", schedule: "火木土" })]),
    file([dialysis()], later),
    file([dialysis({ place: "別の医院" })], other),
  ).dialysis.items;
  expect(found.map(({ schedule, place }) => [schedule, place]).sort()).toEqual([
    ["月水金", "別の医院"],
    ["月水金", "見本透析クリニック"],
  ]);
  expect(found[0]?.dryWeight).toEqual({ value: "52.5", unit: "kg" });
});

test("sessions and diagnoses state dialysis too: the last session, and no suspicion", () => {
  const found = sections(
    file([
      procedure("人工透析", { what: "treatment", date: "2026-05-01" }),
      procedure("人工透析", { what: "treatment", date: "2026-05-03" }),
    ]),
    file([diagnosis("維持透析状態", { icd10: concept("", "I10", "Z992") }), diagnosis("透析アミロイドーシス", { certainty: suspected })]),
  ).dialysis.items;
  expect(found.map(({ modality, details }) => [modality.text, details[0]?.label, details[0]?.value]).sort()).toEqual([
    ["人工透析", "最終実施", "2026-05-03"],
    ["維持透析状態", "病名", "維持透析状態"],
  ]);
});

test("a device that one message says is in and a later one that it was taken out is out", () => {
  const pacemaker = { identifier: "UDI-1", implanted: "2015-06-01" } as const;
  const found = sections(
    file([device("心臓ペースメーカ", pacemaker)]),
    file([device("心臓ペースメーカ", { ...pacemaker, removed: "2026-04-01", date: "2026-04-02" })], later),
  ).devices.items;
  expect(found).toMatchObject([{ status: "removed", implanted: "2015-06-01", removed: "2026-04-01" }]);
});

test("an implantation long ago and cut from the procedures still stands among the devices, of which nobody knows whether it is there", () => {
  const many = Array.from({ length: 80 }, (_, i) => procedure(`検査${i}`, { date: "2026-05-01" }));
  const found = sections(file([...many, procedure("ペースメーカー植込術", { what: "surgery", date: "2009-02-03" })]));
  expect(found.devices.items).toMatchObject([{ status: "unknown", date: "2009-02-03", note: "手術・処置の記録から" }]);
  expect(found.procedures.items.some(({ name }) => name.text === "ペースメーカー植込術")).toBe(true);
});

test("a removal is no implant, an exchange is no removal, a suspicion is nothing", () => {
  const of = (name: string) => sections(file([procedure(name, { what: "surgery" })])).devices.items.map(({ status }) => status);
  expect(of("ペースメーカー抜去術")).toEqual(["removed"]);
  expect(of("ペースメーカー交換術")).toEqual(["unknown"]);
  expect(sections(file([diagnosis("ペースメーカー植込み後", { certainty: suspected })])).devices.items).toEqual([]);
  expect(sections(file([diagnosis("ペースメーカー植込み後")])).devices.items).toMatchObject([{ note: "病名から" }]);
});

test("a medicine for dialysis is no dialysis", () => {
  expect(sections(file([medicine("ヘパリンNa透析用")])).dialysis).toMatchObject({ state: "notRecorded", items: [] });
});

test("a diagnosis that a section lists too stands once in the strip; what was stated besides stands beside it", () => {
  const summary = summaryOf(
    file([
      diagnosis("維持透析状態", { icd10: concept("", "I10", "Z992") }),
      diagnosis("ペースメーカー植込み後"),
      diagnosis("Ｂ型慢性肝炎", { icd10: concept("", "I10", "B181") }),
      device("心臓ペースメーカ", { implanted: "2015-06-01" }),
    ]),
  );
  const lines = splitSummary(summary, projectRules).strip.strip.items.map(({ danger, text }) => [danger, text]);
  expect(lines).toEqual([
    ["dialysis", "維持透析状態"],
    ["implantedDevice", "ペースメーカー植込み後"],
    ["implantedDevice", "心臓ペースメーカ"],
    ["infection", "Ｂ型慢性肝炎"],
  ]);
});
