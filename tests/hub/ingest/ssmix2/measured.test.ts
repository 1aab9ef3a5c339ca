import { describe, expect, it } from "vitest";
import { jspeedItems } from "../../../../src/hub/ingest/ssmix2/extended/jspeed-items.ts";
import { readFile } from "../../../../src/hub/ingest/ssmix2/index.ts";
import { bytesOf } from "../../../vectors/ssmix2/build.ts";
import { cda, contentFile, folders, jspeedLine, section, utf8, vitals } from "../../../vectors/ssmix2/documents.ts";
import { codes, only } from "./support.ts";

describe("vital signs (ORU^R30)", () => {
  it("each at the time it was measured, by JLAC10 or by a name that means one thing", () => {
    const result = readFile(bytesOf(vitals), contentFile(folders.vitals, "main_document.hl7"));
    expect(codes(result)).toEqual([]);
    expect(only(result, "vital").map((one) => [one.what, one.value, one.unit, one.date])).toEqual([
      ["systolic", "148", "mmHg", "2026-07-02T08:00"],
      ["diastolic", "92", "mmHg", "2026-07-02T08:00"],
      ["pulse", "104", "回／１分", "2026-07-02T08:00"],
      ["respiration", "22", "回／１分", "2026-07-02T08:00"],
      ["temperature", "38.4", "℃", "2026-07-02T08:00"],
      ["spo2", "93", "%", "2026-07-02T08:00"],
      ["consciousness", "I-1", "", "2026-07-02T08:00"],
    ]);
    expect(only(result, "lab")).toEqual([]);
  });

  it.each([
    ["taken back", "|||||F|||202607020800", "|||||D|||202607020800"],
    ["only asked for", "|||||F|||202607020800", "|||||O|||202607020800"],
  ])("a value %s is no vital sign, and stays raw", (_, from, to) => {
    const lines = vitals.map((line) => (line.startsWith("OBX|5") ? line.replace(from, to) : line));
    const result = readFile(bytesOf(lines), contentFile(folders.vitals, "main_document.hl7"));
    expect(only(result, "vital").map((one) => one.what)).not.toContain("temperature");
    expect(only(result, "raw").map((one) => one.segment)).toEqual(["OBX[5]"]);
  });

  it("a withdrawn order gives none", () => {
    const result = readFile(
      bytesOf(vitals.map((line) => line.replace("ORC|SC", "ORC|CA"))),
      contentFile(folders.vitals, "main_document.hl7"),
    );
    expect(only(result, "vital")).toEqual([]);
    expect(only(result, "raw").length).toBeGreaterThan(7);
  });

  it("a damaged message is no picture", () => {
    expect(readFile(utf8("garbage"), contentFile(folders.vitals, "main_document.hl7")).reason).toBe("not-hl7");
  });
});

describe("disaster records (J-SPEED)", () => {
  const at = (name: string) => jspeedItems.indexOf(name);
  const doc = (line: string) =>
    readFile(utf8(cda(section("77599-9", "Jspeed DOCUMENTATION", line), { code: "74465-6" })), contentFile(folders.jspeed));
  const line = jspeedLine(
    {
      0: '"架空中央病院"',
      [at("年齢")]: "78",
      [at("年齢区分（J-SPEED）")]: "4",
      [at("人工透析が必要?")]: "1",
      [at("発熱?")]: "0",
      [jspeedItems.length - 1]: '"JPN+1.00"',
    },
    jspeedItems.length,
  );

  it("the item list has the fields of its version, in its odd order", () => {
    expect(jspeedItems).toHaveLength(99);
    expect(at("男性?")).toBe(32);
    expect(at("人工透析が必要?") + 1).toBe(at("外傷以外の緊急の外科的ニーズ?"));
    expect(at("追加項目6?")).toBe(97);
    expect(new Set(jspeedItems).size).toBe(jspeedItems.length);
  });

  it("is readable item by item, with the line as it was sent", () => {
    const result = doc(line);
    expect(codes(result)).toEqual([]);
    const [record] = only(result, "document");
    expect(record?.what).toBe("jspeed");
    expect(record?.sections).toEqual([
      {
        code: expect.anything(),
        title: "J-SPEED",
        text: "医療機関: 架空中央病院\n年齢: 78\n年齢区分（J-SPEED）: 75歳以上\n該当: 人工透析が必要\n版: JPN+1.00\n非該当（0と記録）: 発熱",
      },
      { code: expect.anything(), title: "Jspeed DOCUMENTATION（受信した原文）", text: line },
    ]);
  });

  it.each([
    ["a field short", line.replace(",", "")],
    ["another version", line.replace("JPN+1.00", "JPN+2.00")],
    ["a quote that never ends", line.replace('"架空中央病院"', '"架空中央病院')],
  ])("%s: no position is trusted, the line stays as sent", (_, sent) => {
    const result = doc(sent);
    expect(only(result, "document")[0]?.sections).toEqual([
      { code: expect.anything(), title: expect.stringContaining("原文"), text: sent },
    ]);
    expect(codes(result)).toEqual(["field-shifted"]);
  });
});
