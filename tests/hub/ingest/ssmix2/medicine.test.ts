import { describe, expect, it } from "vitest";
import { only, read, swap } from "./support.ts";

describe("prescriptions (OMP-01)", () => {
  it("reads a line whole", () => {
    const [warfarin] = only(read("OMP-01"), "medicine");
    expect(warfarin).toEqual({
      kind: "medicine",
      date: "2026-07-01T10:25:00",
      segment: "RXE[1]",
      stage: "ordered",
      injection: false,
      injectionKind: null,
      orderNo: "000000000000777",
      orderControl: "NW",
      orderType: "O",
      group: "000000000000777_01",
      drug: {
        text: "架空ワルファリン錠１ｍｇ",
        codings: [
          { code: "101251901", text: "架空ワルファリン錠１ｍｇ", system: "HOT9" },
          { code: "3332001F1024", text: "架空ワルファリン錠１ｍｇ", system: "YJ" },
          { code: "3332001F1ZZZ", text: "【般】ワルファリンＫ錠１ｍｇ", system: "MYAK" },
        ],
      },
      dosePerIntake: { value: "1.5", unit: "錠" },
      dosePerDay: { value: "1.5", unit: "錠" },
      total: { value: "21", unit: "錠" },
      form: "錠剤",
      usage: {
        text: "内服・経口・１日１回夕食後",
        codings: [{ code: "1011000090000000", text: "内服・経口・１日１回夕食後", system: "JAMISDP01" }],
      },
      usageText: "",
      days: "14",
      times: "",
      start: "2026-07-01T00",
      end: "2026-07-14",
      actEnd: null,
      route: { text: "口", codings: [{ code: "PO", text: "口", system: "HL70162" }] },
      categories: [{ text: "院外処方", codings: [{ code: "OHO", text: "院外処方", system: "MR9P" }] }],
      rate: null,
      completion: "",
      department: { text: "内科", codings: [{ code: "01", text: "内科", system: "99XY1" }] },
      prescriber: "見本 一郎",
      note: "",
    });
  });

  it("reads 頓服: times instead of days, the words of use", () => {
    expect(only(read("OMP-01"), "medicine")[1]).toMatchObject({
      days: "",
      times: "5",
      usageText: "疼痛時",
      group: "000000000000777_02",
      dosePerDay: null,
    });
  });

  it.each([
    ["14^d", "14"],
    ["14 d", "14"],
    ["14", "14"],
    ["14^日", "14"],
    ["2^wk", "14"],
  ])("reads the days of %s", (sent, days) => {
    expect(only(read("OMP-01", swap("14^d", sent)), "medicine")[0]?.days).toBe(days);
  });

  it("guesses no days of another unit, and says so", () => {
    const result = read("OMP-01", swap("14^d", "1^mo"));
    expect(only(result, "medicine")[0]?.days).toBe("");
    expect(result.warnings).toEqual([expect.objectContaining({ code: "number-malformed", segment: "TQ1[1]", field: "TQ1-6" })]);
  });

  it("keeps a dose range as one", () => {
    expect(only(read("OMP-01", swap("^HOT9|1.5||TAB", "^HOT9|1|2|TAB")), "medicine")[0]?.dosePerIntake).toEqual({
      value: "1-2",
      unit: "錠",
    });
  });

  it("reads several drugs under one ORC, and a group number of older data", () => {
    const result = read("OMP-01", (lines) =>
      lines.filter((line, i) => !(line.startsWith("ORC") && i > 5)).map((line) => line.replace("000000000000777_01_001", "1")),
    );
    expect(only(result, "medicine").map((one) => [one.drug.text, one.group, one.times])).toEqual([
      ["架空ワルファリン錠１ｍｇ", "1", ""],
      ["架空鎮痛錠", "1", "5"],
    ]);
  });

  it("reads a message without ORC", () => {
    const result = read("OMP-01", (lines) => lines.filter((line) => !line.startsWith("ORC")));
    expect(only(result, "medicine")[0]).toMatchObject({ orderNo: "000000000000777", orderControl: "", orderType: "O", date: "2026-07-01" });
  });

  it("shows uneven doses of a second TQ1 in words", () => {
    const result = read("OMP-01", (lines) =>
      lines.flatMap((line) =>
        line.startsWith("TQ1|1||1011") ? [line, "TQ1|2||1011000400000000&１日１回朝食後&JAMISDP01||||||||２錠"] : [line],
      ),
    );
    expect(only(result, "medicine")[0]?.usageText).toBe("１日１回朝食後 ２錠");
  });

  it("an order without a drug is said", () => {
    const result = read("OMP-01", (lines) => lines.filter((line) => !line.startsWith("RXE")));
    expect(only(result, "medicine")).toEqual([]);
    expect(result.warnings.map((one) => [one.code, one.segment])).toEqual([
      ["segment-missing", "ORC[1]"],
      ["segment-missing", "ORC[2]"],
    ]);
    expect(only(result, "raw")).toHaveLength(4);
  });
});

describe("dispensed (OMP-11)", () => {
  it("takes the drug from RXA, its use from the RXE of the same drug", () => {
    const medicines = only(read("OMP-11"), "medicine");
    expect(medicines).toHaveLength(1);
    expect(medicines[0]).toMatchObject({
      stage: "dispensed",
      segment: "RXA[1]",
      completion: "CP",
      days: "14",
      date: "2026-07-01T11:30:00",
      start: "2026-07-01",
      dosePerIntake: { value: "1.5", unit: "錠" },
      dosePerDay: { value: "1.5" },
      total: { value: "21", unit: "錠" },
    });
  });

  it("the amount handed out is no dose: 28 tablets are never 28 an intake", () => {
    const bare = read("OMP-11", (lines) =>
      lines.filter((line) => !/^(?:RXE|TQ1)/.test(line)).map((line) => line.replace("^HOT9|21|TAB", "^HOT9|28|TAB")),
    );
    expect(only(bare, "medicine")).toMatchObject([
      { stage: "dispensed", dosePerIntake: null, dosePerDay: null, total: { value: "28", unit: "錠" }, start: null, days: "" },
    ]);
  });

  it("the time of handing out is no end of supply", () => {
    const bare = read("OMP-11", (lines) => lines.filter((line) => !/^(?:RXE|TQ1)/.test(line)));
    expect(only(bare, "medicine")).toMatchObject([{ end: null, actEnd: "2026-07-01T11:30:00" }]);
  });

  it("a substitute: what was dispensed and what was only ordered stay apart", () => {
    const medicines = only(
      read("OMP-11", (lines) =>
        lines.map((line) => (line.startsWith("RXA") ? line.replace("101251901^架空ワルファリン錠１ｍｇ", "999999901^架空後発錠") : line)),
      ),
      "medicine",
    );
    expect(medicines.map((one) => [one.drug.text, one.stage, one.dosePerIntake?.value ?? null])).toEqual([
      ["架空後発錠", "dispensed", null],
      ["架空ワルファリン錠１ｍｇ", "ordered", "1.5"],
    ]);
  });

  it("without RXA the RXE is what was dispensed", () => {
    expect(
      only(
        read("OMP-11", (lines) => lines.filter((line) => !line.startsWith("RXA"))),
        "medicine",
      ),
    ).toMatchObject([{ stage: "dispensed", segment: "RXE[1]" }]);
  });
});

describe("injections (OMP-02, OMP-12)", () => {
  it("gives one record a component, with the route, the rate and the words of the whole", () => {
    const [base, additive] = only(read("OMP-02"), "medicine");
    expect(base).toMatchObject({
      injection: true,
      stage: "ordered",
      dosePerIntake: { value: "1", unit: "本" },
      rate: { value: "102", unit: "ミリリッター／時間" },
      route: { text: "静脈内" },
      usageText: "５時間一定速度で",
      start: "2026-07-01T08:00",
      end: "2026-07-01T13:00",
      note: "全量 510 ミリリットル",
    });
    expect(additive?.drug.codings).toContainEqual({ code: "3334401A1012", text: "架空ヘパリン注", system: "YJ" });
  });

  it("RXA-6 of an injection is the dose of that administration; when it ended is no end of supply", () => {
    expect(only(read("OMP-12"), "medicine")[0]).toMatchObject({
      dosePerIntake: { value: "1", unit: "本" },
      total: null,
      start: "2026-07-01T08:05:21",
      end: null,
      actEnd: "2026-07-01T13:05:43",
    });
  });

  it("keeps what was given and what was refused, each with its completion", () => {
    expect(only(read("OMP-12"), "medicine").map((one) => [one.stage, one.drug.text, one.completion, one.rate?.value, one.note])).toEqual([
      ["given", "架空輸液５００ｍＬ", "CP", "102", "左手に実施"],
      ["given", "架空ヘパリン注", "NA", undefined, ""],
    ]);
  });
});
