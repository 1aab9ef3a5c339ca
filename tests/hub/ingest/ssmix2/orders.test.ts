import { describe, expect, it } from "vitest";
import { codes, only, read, swap } from "./support.ts";

describe("orders: what was asked for, never what was found", () => {
  it("a diet with its code, its text and from when (OMD)", () => {
    expect(only(read("OMD"), "order")).toEqual([
      expect.objectContaining({
        what: "diet",
        orderNo: "000000000000777",
        orderControl: "NW",
        name: { text: "腎臓食１８００", codings: [{ code: "K21", text: "腎臓食１８００", system: "99XY3" }] },
        planned: "2026-07-01T18",
        note: "全食 １日３回 塩分６ｇ未満",
      }),
    ]);
  });

  it("a diet that is only a text, and a tray", () => {
    expect(only(read("OMD", swap("K21^腎臓食１８００^99XY3", "001^^99XY3")), "order")[0]?.name.text).toBe("塩分６ｇ未満");
    expect(only(read("OMD", swap("ODS|D|0^全食^99XY4|K21^腎臓食１８００^99XY3|", "ODT|EARLY^早膳^HL70160||")), "order")[0]).toMatchObject({
      name: { text: "早膳" },
      note: "１日３回 塩分６ｇ未満",
    });
  });

  it("tests asked for, each with its panel (OML-01)", () => {
    expect(only(read("OML-01"), "order").map((one) => [one.what, one.name.codings[0]?.code, one.note, one.planned])).toEqual([
      ["lab", "3C015000002327101", "生化学的検査", "2026-07-02T09:00"],
      ["lab", "3H010000002326101", "生化学的検査", "2026-07-02T09:00"],
    ]);
    const panels = read("OML-01", (lines) => lines.filter((line) => !line.startsWith("OBX")));
    expect(only(panels, "order").map((one) => one.name.text)).toEqual(["生化学的検査"]);
  });

  it("an imaging order gives its children, what was noted above stands with each (OMG-01)", () => {
    const result = read("OMG-01");
    expect(only(result, "order").map((one) => [one.what, one.orderNo, one.name.text, one.planned, one.note])).toEqual([
      ["radiology", "101", "胸部.Ｘ線単純撮影.立位正面(A→P)", "2026-07-03", "体重: 48.5 kg"],
      ["radiology", "102", "胸部.Ｘ線単純撮影.立位側面(L→R)", "2026-07-03", "体重: 48.5 kg"],
    ]);
    expect(only(result, "procedure")).toEqual([]);
  });

  it("a suspected disease in an order is a note, no diagnosis and no finding (OMG-02, OMG-03)", () => {
    for (const [type, what, note] of [
      ["OMG-02", "endoscopy", "臨床病名: 胃潰瘍の疑い"],
      ["OMG-03", "physiology", "心電図所見: 心筋梗塞の疑い"],
    ] as const) {
      const result = read(type);
      expect(result.records.map((one) => one.kind)).toEqual(["patient", "order"]);
      expect(only(result, "order")[0]).toMatchObject({ what, note });
    }
  });

  it("a withdrawn order says so", () => {
    expect(only(read("OML-01", swap("ORC|NW", "ORC|CA")), "order").map((one) => one.orderControl)).toEqual(["CA", "CA"]);
  });

  it("an order without its examination is kept raw and said", () => {
    const result = read("OMG-02", swap("11000000000^検査.上部.-.-.-.-^LENDO", ""));
    expect(only(result, "order")).toEqual([]);
    expect(only(result, "raw").map((one) => one.segment)).toEqual(["ORC[1]", "OBR[1]", "TQ1[1]", "OBX[1]"]);
    expect(codes(result)).toEqual(["field-missing"]);
  });
});

describe("endoscopy performed (OMG-12)", () => {
  it("gives what was done, who did it, what was used and the key to the images", () => {
    expect(only(read("OMG-12"), "procedure")).toEqual([
      expect.objectContaining({
        what: "endoscopy",
        stage: "performed",
        orderNo: "111",
        name: expect.objectContaining({ text: "検査.上部.胃.-.上部通常内視鏡.生検採取" }),
        modality: "ES",
        accession: "A200",
        studyUid: "1.2.392.999999.2",
        materials: ["架空スプレー 1回"],
        findings: [expect.objectContaining({ value: "見本 二郎" })],
      }),
    ]);
  });
});

describe("stays in the ward: planned and happened (ADT-01, -21, -31, -32, -41, -42, -51)", () => {
  it.each([
    ["ADT-01", "doctorChange", "2026-07-01T08:50:00"],
    ["ADT-21", "plannedAdmission", "2026-07-01T10:00:00"],
    ["ADT-31", "leave", "2026-07-05T13:00"],
    ["ADT-32", "return", "2026-07-06T16:55"],
    ["ADT-41", "plannedTransfer", "2026-07-08T10:00"],
    ["ADT-42", "transfer", "2026-07-08T10:15"],
    ["ADT-51", "plannedDischarge", "2026-07-15T10:00:00"],
  ] as const)("%s is a %s at its own time", (type, event, date) => {
    expect(only(read(type), "visit")).toEqual([
      expect.objectContaining({ event, date, cancelled: false, admitted: null, discharged: null }),
    ]);
  });

  it("the new bed is the one that counts", () => {
    expect(only(read("ADT-42"), "visit")[0]).toMatchObject({ ward: "4W", room: "405" });
  });

  it.each([
    ["ADT-01", "A54", "A55"],
    ["ADT-21", "A14", "A27"],
    ["ADT-31", "A21", "A52"],
    ["ADT-32", "A22", "A53"],
    ["ADT-41", "A15", "A26"],
    ["ADT-42", "A02", "A12"],
    ["ADT-51", "A16", "A25"],
  ] as const)("%s: the message that takes it back is seen as such", (type, sent, back) => {
    expect(only(read(type, swap(`ADT^${sent}`, `ADT^${back}`)), "visit")[0]?.cancelled).toBe(true);
  });

  it("a plan whose time was not sent has the day of its folder and is said", () => {
    const result = read("ADT-21", (lines) => lines.filter((line) => !line.startsWith("PV2")));
    expect(only(result, "visit")[0]?.date).toBe("2026-07-01");
    expect(codes(result)).toEqual(["segment-missing"]);
    expect(codes(read("ADT-51", swap("20260715100000", "")))).toEqual(["field-missing"]);
  });
});
