import { describe, expect, it } from "vitest";
import { type ConflictKind, conflictKinds, type Medicine } from "../../../src/shared/summary/summary.ts";
import { Diagnoses } from "../../../src/viewer/chart/Diagnoses.tsx";
import { Medicines } from "../../../src/viewer/chart/Medicines.tsx";
import { countLines, groupMedicines, medicinePlaces } from "../../../src/viewer/chart/medicines.ts";
import { draw } from "./draw.tsx";
import { diagnosis, medicine, received, section, sources } from "./people.ts";

const shown = (...items: Medicine[]) => draw(<Medicines section={section(items)} asOf={received} />).text;
const warfarin = (text: string, more: Partial<Medicine>) => medicine(text, { ingredient: "ワルファリンカリウム", ...more });
const today = "2026-11-20";

const words: Readonly<Record<ConflictKind, string>> = {
  dose: "1日量が違う",
  stopped: "一方では中止・終了",
  notDispensed: "処方後の調剤の記録が届いていない",
  route: "経路が違う",
};

describe("medicines on which sources disagree", () => {
  it.each(conflictKinds)("say so in words: %s", (kind) => {
    const text = shown(warfarin("甲", { conflicts: [kind] }), warfarin("乙", { source: 1 }));
    expect(text).toContain(`≠ ${words[kind]}`);
    for (const other of conflictKinds.filter((each) => each !== kind)) expect(text).not.toContain(words[other]);
  });

  it("stand before all others, with every record of the ingredient, whatever its place, and once", () => {
    const text = shown(
      medicine("別薬"),
      warfarin("カルテの薬", { conflicts: ["stopped"] }),
      warfarin("調剤の薬", { source: 1, stage: "dispensed", end: "2026-10-01" }),
      warfarin("請求の薬", { source: 2, end: null }),
    );
    const [disputed = "", rest = ""] = text.split("現在の薬（供給期間内）");
    for (const name of ["カルテの薬", "調剤の薬", "請求の薬"]) {
      expect(disputed).toContain(name);
      expect(rest).not.toContain(name);
    }
    expect(rest).toContain("別薬");
    expect(rest).toContain("食い違う薬 3件は上に並べています");
    expect(disputed).toContain("どれが正しいかは判断していません");
  });

  it("each say their kind of source and where their supply stands; claims say that they are late", () => {
    const text = shown(
      warfarin("甲", { conflicts: ["dose"] }),
      warfarin("乙", { source: 1, end: "2026-10-01" }),
      warfarin("丙", { source: 2, end: null }),
    );
    expect(text).toMatch(/カルテ 架空中央病院 供給期間内 甲/);
    expect(text).toMatch(/調剤 見本薬局 灯台前店 供給は終わり 乙/);
    expect(text).toMatch(/レセプト（1〜3か月遅れ） 試験クリニック いつまでか不明 丙/);
  });

  it("of an electronic prescription say so", () => {
    const [first] = sources;
    if (first === undefined) throw new Error("no source");
    const part = <Medicines section={section([warfarin("甲", { conflicts: ["route"] })])} asOf={received} />;
    expect(draw(part, { sources: [{ ...first, kind: "ePrescription" }] }).text).toContain("電子処方箋");
  });

  it("without an ingredient are put together by their very name only: insulins are not one another", () => {
    const disputed = medicine("インスリン リスプロ", { conflicts: ["dose"] });
    const { conflicting, current } = groupMedicines(
      [disputed, medicine("インスリン　リスプロ", { source: 1 }), medicine("インスリン グラルギン", { source: 1 })],
      today,
    );
    expect(conflicting.map(({ lines, conflicts }) => [lines.length, conflicts])).toEqual([[2, ["dose"]]]);
    expect(countLines(current)).toBe(1);
  });
});

describe("medicines of one ingredient", () => {
  it("stand side by side whatever their brand, with a heading; another hospital's equal record is another line", () => {
    const text = shown(warfarin("ワーファリン錠1mg", {}), medicine("別薬"), warfarin("ワーファリン錠1mg", { source: 1 }));
    expect(text).toContain("ワルファリンカリウム：2件を並べています");
    expect(text).toMatch(/カルテ 架空中央病院.*調剤 見本薬局 灯台前店.*別薬/);
  });

  it("are all in one group and one only", () => {
    const all = [
      warfarin("甲", { conflicts: ["dose"] }),
      warfarin("乙", { end: "2026-01-01" }),
      warfarin("丙", { completion: "refused" }),
      medicine("丁", { end: "2026-01-01", conflicts: ["notDispensed"] }),
      medicine("戊", { end: null }),
      medicine("己", { end: "2026-10-01" }),
    ];
    const groups = groupMedicines(all, today);
    const names = [...groups.conflicting, ...medicinePlaces.flatMap((place) => groups[place])].flatMap(({ lines }) =>
      lines.flatMap(({ medicine: newest, others }) => [newest, ...others].map(({ drug }) => drug.text)),
    );
    expect(names.toSorted()).toEqual(all.map(({ drug }) => drug.text).toSorted());
    expect(groups.past.flatMap(({ lines }) => lines.map((line) => line.medicine.drug.text))).toEqual(["乙"]);
  });
});

describe("what several sources state alike", () => {
  const also = [
    { source: 1, date: "2026-10-30", received },
    { source: 2, date: "2026-08", received },
    { source: 2, date: null, received },
    { source: 0, date: "2026-09-02", received },
  ];
  const { text } = draw(<Diagnoses section={section([diagnosis("2型糖尿病", { also })])} />);

  it("lists every other facility once, with its kind and its days", () => {
    expect(text).toContain(
      "ほか2施設でも同じ記載：見本薬局 灯台前店 調剤 2026-10-30（金）／試験クリニック レセプト（1〜3か月遅れ） 2026-08、日付不明",
    );
  });

  it("does not count its own facility among the others", () => {
    expect(text).toContain("この施設の同じ記載 ほか1件：2026-09-02（水）");
  });

  it("counts the days that are not listed", () => {
    const many = Array.from({ length: 6 }, (_, at) => ({ source: 1, date: `2026-0${at + 1}-01`, received }));
    expect(draw(<Diagnoses section={section([diagnosis("甲", { also: many })])} />).text).toMatch(/2026-06-01（月）、.*、ほか3件/);
  });
});
