import { describe, expect, it } from "vitest";
import type { StripItem } from "../../../src/shared/summary/summary.ts";
import { StripPanel } from "../../../src/viewer/chart/StripPanel.tsx";
import { groupStrip, shortNames } from "../../../src/viewer/chart/strip.ts";
import { detailParts, lineText } from "../../../src/viewer/chart/stripDetail.ts";
import { chartEn } from "../../../src/words/chart-en.ts";
import { draw } from "./draw.tsx";
import { stripItems, stripPart } from "./people.ts";

const [first] = stripItems;
if (first === undefined) throw new Error("no strip");
const line = (danger: StripItem["danger"], text: string, more: Partial<StripItem> = {}): StripItem => ({
  ...first,
  danger,
  text,
  by: "name",
  ...more,
});
const namesOf = (...items: StripItem[]) => groupStrip(items).flatMap((group) => shortNames(group));

describe("the first lines of the strip", () => {
  it("say one ingredient of two hospitals once, counted, with the last day of supply of either", () => {
    expect(
      namesOf(
        line("glucoseLowering", "シタグリプチン（ジャヌビア錠５０ｍｇ）", { end: "2026-11-07" }),
        line("glucoseLowering", "シタグリプチン（ジャヌビア錠50mg）", { end: "2026-10-03" }),
      ),
    ).toEqual([{ name: "シタグリプチン", count: 2, end: "2026-11-07", untold: [] }]);
  });

  it("leave out nothing of an allergy, a diagnosis, or what a hospital sent in brackets", () => {
    const texts = ["ペニシリン（注射のみ）", "腎不全（透析中）", "甲（乙）（丙"];
    expect(namesOf(line("allergy", texts[0] ?? "", { by: "sent" })).map(({ name }) => name)).toEqual([texts[0]]);
    expect(namesOf(line("dialysis", texts[1] ?? "")).map(({ name }) => name)).toEqual([texts[1]]);
    expect(namesOf(line("opioid", texts[2] ?? "")).map(({ name }) => name)).toEqual([texts[2]]);
  });

  it("lose no line on the way into the classes, and keep their order", () => {
    const items = [...stripItems, ...stripItems];
    const groups = groupStrip(items);
    expect(groups.flatMap((group) => group.items)).toHaveLength(items.length);
    expect(groups.map(({ danger }) => danger)).toEqual(["allergy", "contraindication", "anticoagulant", "insulin", "betaBlocker"]);
  });

  it("begin a long wish with its first sentence and a sign that more follows; the whole stands below", () => {
    const wish = `輸血を希望しない。${"ただし本人の意識があるときは改めて説明し確認する。".repeat(4)}`;
    const items = [line("wishes", wish, { by: "sent" })];
    expect(namesOf(...items).map(({ name }) => name)).toEqual(["輸血を希望しない。…"]);
    expect(draw(<StripPanel strip={{ ...stripPart.strip, items }} />).text).toContain(wish);
    expect(namesOf(line("wishes", "挿管しない。点滴はする。", { by: "sent" })).map(({ name }) => name)).toEqual([
      "挿管しない。点滴はする。",
    ]);
  });

  it("of many leave the day of a supply that lasts to the record below; one that is over is dated in any case", () => {
    const many = Array.from({ length: 12 }, (_, i) =>
      line("glucoseLowering", `見本薬${i}（見本薬${i}錠）`, { end: i === 0 ? "2026-11-07" : "2026-12-20" }),
    );
    const briefOf = (items: readonly StripItem[]) =>
      draw(<StripPanel strip={{ ...stripPart.strip, items }} />)
        .markup.split('class="strip-rule"')[0]
        ?.split("strip-brief")[1] ?? "";
    expect(briefOf(many)).toContain("2026-11-07");
    expect(briefOf(many)).not.toContain("2026-12-20");
    expect(briefOf(many.slice(0, 11))).toContain("2026-12-20");
  });

  it("draw what hospitals state outright: infection, device, dialysis, pregnancy, wish", () => {
    const items = (
      [
        ["dialysis", "血液透析"],
        ["implantedDevice", "植込み型除細動器"],
        ["infection", "MRSA"],
        ["pregnancy", "妊娠中"],
        ["wishes", "DNAR"],
      ] as const
    ).map(([danger, text]) => line(danger, text, { by: "sent" }));
    const { text } = draw(<StripPanel strip={{ ...stripPart.strip, items }} />, {}, "en");
    for (const words of [
      "■ Dialysis 血液透析",
      "■ Implanted device 植込み型除細動器",
      "■ Infection MRSA",
      "■ Pregnancy Pregnant",
      "■ Wishes, DNAR DNAR (no resuscitation wanted)",
    ])
      expect(text).toContain(words);
  });

  it("stand before the details, and after what is known at all", () => {
    const { markup } = draw(<StripPanel strip={stripPart.strip} onward={<button type="button">先へ</button>} />);
    const places = ["strip-states", "strip-brief", "masked", "先へ", "strip-groups"].map((part) => markup.indexOf(part));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
  });

  it("call no medicine ended or stopped because its supply is over", () => {
    const { text } = draw(<StripPanel strip={stripPart.strip} />, { now: Date.parse("2027-06-01T00:00:00Z") });
    expect(text).toContain("供給 2026-12-09（水） まで");
    expect(text).not.toMatch(/終了|中止/);
  });
});

describe("the detail of a line", () => {
  const t = (key: keyof typeof chartEn, values: Readonly<Record<string, string | number>> = {}) =>
    chartEn[key].replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]));

  it("is said in English where the rules wrote it, and stays as sent where a hospital did", () => {
    expect(detailParts("処方 · 1回量 2.5 錠 · 1日量 5 錠 · 1日2回 朝夕食後 · 28日分", t)).toEqual([
      "Ordered",
      "Dose each time 2.5 錠",
      "Dose per day 5 錠",
      "1日2回 朝夕食後",
      "28 days",
    ]);
    expect(detailParts("重度 · 確認済 · アナフィラキシー", t)).toEqual(["Severe", "Confirmed", "アナフィラキシー"]);
  });

  it("is in English of what hospitals state outright, dates and sent texts kept", () => {
    expect(detailParts("陽性 · 監視培養", t)).toEqual(["Positive", "監視培養"]);
    expect(detailParts("現在の有無は不明 · 左前胸部 · 植込 2022-04-18", t)).toEqual([
      "Still there: unknown",
      "左前胸部",
      "Implanted 2022-04-18",
    ]);
    expect(lineText({ danger: "pregnancy", by: "sent", text: "妊娠中" }, t)).toBe("Pregnant");
    expect(lineText({ danger: "wishes", by: "sent", text: "DNAR: 挿管しない" }, t)).toBe("DNAR (no resuscitation wanted): 挿管しない");
    expect(lineText({ danger: "wishes", by: "sent", text: "輸血を希望しない" }, t)).toBe("輸血を希望しない");
    expect(lineText({ danger: "infection", by: "sent", text: "妊娠中" }, t)).toBe("妊娠中");
  });

  it("says of an end without a day that the day is unknown: nothing was confirmed absent", () => {
    expect(detailParts("終了 日付なし", t)).toEqual(["Ended date unknown"]);
  });
});
