/** The picture of two years: bars where something lasted as sent, gaps where nothing was sent, and the same in words. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Medicine, Procedure, Visit } from "../../../src/shared/summary/summary.ts";
import { Timeline } from "../../../src/viewer/chart/Timeline.tsx";
import { dayText, joined, ticksOf, timelineOf } from "../../../src/viewer/chart/timeline.ts";
import { draw } from "./draw.tsx";
import { emptySections, medicine, received, section, sections } from "./people.ts";

const today = "2026-11-20";
const visit = (more: Partial<Visit>): Visit => ({ ...(sections.visits.items[0] as Visit), date: null, ...more });
const operation = (text: string, date: string | null): Procedure => ({
  ...(sections.procedures.items[0] as Procedure),
  name: { text, codes: [], local: false },
  what: "surgery",
  date,
});
const supply = (ingredient: string, start: string | null, end: string | null, more: Partial<Medicine> = {}) =>
  medicine(`${ingredient}錠`, { ingredient, start, end, date: start, ...more });
const of = (parts: { visits?: Visit[]; medicines?: Medicine[]; procedures?: Procedure[] }) =>
  timelineOf(
    { visits: section(parts.visits ?? []), medicines: section(parts.medicines ?? []), procedures: section(parts.procedures ?? []) },
    today,
  );
const words = (rows: ReturnType<typeof of>["rows"]) =>
  rows.map(({ kind, name, stretches, points }) => [
    kind,
    name,
    stretches.map(({ said: [first, last], open }) => `${first}/${open ? "?" : last}`),
    points.map(({ said, open }) => (open ? `${said}?` : said)),
  ]);

describe("rows", () => {
  it("supplies of one ingredient share a row; what touches is one bar, a day between stays a gap", () => {
    const medicines = [
      supply("甲", "2026-01-01", "2026-01-28"),
      supply("甲", "2026-01-29", "2026-02-25", { source: 1 }),
      supply("甲", "2026-02-27", "2026-03-10"),
    ];
    expect(words(of({ medicines }).rows)).toEqual([["medicine", "甲", ["2026-01-01/2026-02-25", "2026-02-27/2026-03-10"], []]]);
  });

  it("a supply without an end is a point and no bar; one that was given is a point", () => {
    const medicines = [supply("甲", "2026-10-01", null), supply("乙", "2026-10-02", null, { stage: "given" })];
    const { rows } = of({ medicines });
    expect(words(rows)).toEqual([
      ["medicine", "乙", [], ["2026-10-02"]],
      ["medicine", "甲", [], ["2026-10-01?"]],
    ]);
  });

  it("what was refused is no supply; a plan is no stay", () => {
    expect(of({ medicines: [supply("甲", "2026-10-01", "2026-10-09", { completion: "refused" })] }).rows).toEqual([]);
    expect(of({ visits: [visit({ event: "plannedAdmission", admitted: "2026-11-01" })] }).rows).toEqual([]);
  });

  it("stays come first, open ones reach today and say so; then visits, medicines and procedures", () => {
    const { rows } = of({
      visits: [visit({ event: "admission", admitted: "2026-11-01", discharged: null }), visit({ date: "2026-09-09" })],
      medicines: [supply("甲", "2026-01-01", "2026-12-28")],
      procedures: [operation("胃切除", "2025-05-05")],
    });
    expect(words(rows)).toEqual([
      ["stay", "", ["2026-11-01/?"], []],
      ["visit", "", [], ["2026-09-09"]],
      ["medicine", "甲", ["2026-01-01/2026-12-28"], []],
      ["procedure", "胃切除", [], ["2025-05-05"]],
    ]);
    expect(dayText(rows[0]?.stretches[0]?.to ?? 0)).toBe(today);
  });

  it("a shortened date keeps its whole span", () => {
    const { rows } = of({ medicines: [supply("甲", "2026-02", "2026-04")] });
    expect(words(rows)).toEqual([["medicine", "甲", ["2026-02/2026-04"], []]]);
    expect(rows[0]?.stretches.map(({ from, to }) => [dayText(from), dayText(to)])).toEqual([["2026-02-01", "2026-04-30"]]);
  });

  it("what lies before the picture or has no day is counted, nothing vanishes", () => {
    const parts = {
      medicines: [supply("甲", "2019-01-01", "2019-02-01"), supply("乙", null, null)],
      procedures: [operation("胃切除", null), operation("胃切除", "2010")],
    };
    expect(of(parts)).toMatchObject({ rows: [], earlier: 2, undated: 2 });
  });
});

it("joined stretches cover the same days, in order, with a gap between any two", () => {
  const stretch = fc
    .tuple(fc.nat({ max: 60 }), fc.nat({ max: 15 }))
    .map(([from, days]) => ({ from, to: from + days, open: false, said: ["", ""] as readonly [string, string] }));
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 12 }), (all) => {
      const days = (of: typeof all) =>
        [...new Set(of.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i)))].sort((a, b) => a - b);
      const out = joined(all);
      expect(days([...out])).toEqual(days(all));
      for (const [i, { from }] of out.entries()) if (i > 0) expect(from).toBeGreaterThan((out[i - 1]?.to ?? 0) + 1);
    }),
    { seed: 5, numRuns: 300 },
  );
});

it("its axis has a tick every half year, the first at the beginning", () => {
  const { from, to } = of({});
  expect(ticksOf({ from, to }).map(dayText)).toEqual(["2024-11-01", "2025-05-01", "2025-11-01", "2026-05-01", "2026-11-01"]);
});

describe("on the page", () => {
  it("says in words what it draws: names, days, what is open and what is left out", () => {
    const drawn = draw(
      <Timeline
        sections={{
          ...emptySections,
          visits: section([visit({ event: "admission", admitted: "2026-11-01" })]),
          medicines: section([supply("ワルファリン", "2026-01-10", "2026-02-06"), supply("甲", "2026-10-01", null)]),
          procedures: section([operation("人工股関節置換術", "2025-12-24"), operation("古い手術", "2001")]),
        }}
        asOf={received}
      />,
    );
    for (const said of [
      "入院 2026-11-01 〜 終わりの記録がありません",
      "ワルファリン 2026-01-10 〜 2026-02-06",
      "2026-10-01 から（いつまでか不明）",
      "◆ 人工股関節置換術 ◆ 2025-12-24",
      "期間より前 1件、日付不明 0件",
    ])
      expect(drawn.text).toContain(said);
    expect(drawn.text).not.toContain("なし");
  });

  it("of nobody's records says that there are 0, never an empty picture", () => {
    expect(draw(<Timeline sections={emptySections} asOf={received} />).text).toContain("0件");
  });
});
