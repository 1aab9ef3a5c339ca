/** Trends of laboratory values: what was measured and nothing else. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LabPoint } from "../../../src/shared/summary/summary.ts";
import { Labs } from "../../../src/viewer/chart/Labs.tsx";
import { Trend } from "../../../src/viewer/chart/Trend.tsx";
import { rangeOf, scaleOf, trendOf } from "../../../src/viewer/chart/trend.ts";
import { draw } from "./draw.tsx";
import { lab, section, sections } from "./people.ts";

const point = (value: string, date: string | null, more: Partial<LabPoint> = {}): LabPoint => ({
  value,
  unit: "mg/dL",
  date,
  source: 0,
  flag: "",
  ...more,
});
const latest = (...history: LabPoint[]) => lab("クレアチニン", "1.84", { analyte: "Cr", flag: "H", history });

describe("a trend", () => {
  it("has the values in the order of time, oldest first, each as sent", () => {
    const trend = trendOf(latest(point("0.90", "2026-08-06T08:55"), point("1.02", "2026-05-14")));
    expect(trend?.points.map(({ value, date }) => [value, date])).toEqual([
      ["1.02", "2026-05-14"],
      ["0.90", "2026-08-06T08:55"],
      ["1.84", "2026-11-12T08:40"],
    ]);
    expect([...(trend?.breaks ?? [])]).toEqual([0]);
  });

  it("is not drawn of fewer than two values, nor of another unit", () => {
    expect(trendOf(latest())).toBeNull();
    expect(trendOf(latest(point("90", "2026-08-06", { unit: "μmol/L" })))).toBeNull();
    expect(trendOf(latest(point("<0.10", "2026-08-06")))).toBeNull();
  });

  it("has no line over half a year without a value, nor over a result that is no number", () => {
    const gap = trendOf(latest(point("0.9", "2026-04-01"), point("0.8", "2026-03-01")));
    expect([...(gap?.breaks ?? [])]).toEqual([0, 2]);
    const hole = trendOf(latest(point("測定不能", "2026-10-10"), point("0.9", "2026-10-01")));
    expect([...(hole?.breaks ?? [])]).toEqual([0, 1]);
  });

  it("says in words every value, its day, its flag and what is not drawn", () => {
    const { text, markup } = draw(
      <Trend
        lab={latest(point("1.21", "2026-02-03", { flag: "L", source: 1 }), point("測定不能", "2025-12-11"), point("0.88", "2025-03"))}
      />,
    );
    for (const words of [
      "2026-11-12 1.84 mg/dL ▲ 高い",
      "2026-02-03 1.21 mg/dL ▼ 低い 見本薬局 灯台前店",
      "2025-12-11 測定不能",
      "2025-03 0.88",
    ])
      expect(text).toContain(words);
    expect(text).toContain("図に描けない値 2件");
    expect(text).toContain("線の途切れ");
    expect(text).toContain("帯：最新の結果に添えられた基準値 0.65-1.07");
    expect(markup).toContain('role="img" aria-label="クレアチニンの推移：2026-02-03');
  });

  it("marks values out of range by shape: a triangle up, one down, a ring within", () => {
    const { markup } = draw(<Trend lab={latest(point("0.9", "2026-08-01", { flag: "N" }), point("0.2", "2026-07-01", { flag: "L" }))} />);
    expect(markup.match(/class="trend-out"/g)).toHaveLength(2);
    expect(markup.match(/class="trend-ring"/g)).toHaveLength(1);
    const [low, high] = [...markup.matchAll(/class="trend-out" d="([^"]*)"/g)].map(([, path]) => path);
    const points = (path = "") => [...path.matchAll(/[\d.]+/g)].map(([number]) => Number(number));
    // "M left,base H right L top": the tip of a low one lies below its base, that of a high one above.
    expect(points(low)[4]).toBeGreaterThan(points(low)[1] ?? 0);
    expect(points(high)[4]).toBeLessThan(points(high)[1] ?? 0);
  });

  it("keeps every point and limit inside the picture, later ones further right, higher ones higher", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            day: fc.integer({ min: 1, max: 28 }),
            month: fc.integer({ min: 1, max: 10 }),
            value: fc.integer({ min: -50, max: 5000 }),
          }),
          {
            minLength: 1,
            maxLength: 7,
          },
        ),
        (sent) => {
          const trend = trendOf(
            latest(
              ...sent.map(({ day, month, value }) =>
                point(`${value}`, `2026-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`),
              ),
            ),
          );
          if (trend === null) throw new Error("two values make a trend");
          const { x, y } = scaleOf(trend, { left: 0, right: 100, top: 0, bottom: 50 });
          for (const [i, { at, number }] of trend.points.entries()) {
            expect(x(at)).toBeGreaterThanOrEqual(0);
            expect(x(at)).toBeLessThanOrEqual(100);
            expect(y(number)).toBeGreaterThanOrEqual(0);
            expect(y(number)).toBeLessThanOrEqual(50);
            const before = trend.points[i - 1];
            if (before === undefined) continue;
            expect(x(at)).toBeGreaterThanOrEqual(x(before.at));
            if (number > before.number) expect(y(number)).toBeLessThan(y(before.number));
          }
        },
      ),
      { seed: 11, numRuns: 300 },
    );
  });
});

describe("the band", () => {
  it.each([
    ["3.6-4.8", { low: 3.6, high: 4.8 }],
    ["３．６～４．８", { low: 3.6, high: 4.8 }],
    ["60 以上", { low: 60, high: null }],
    ["≧60", { low: 60, high: null }],
    ["0.30以下", { low: null, high: 0.3 }],
    ["<0.30", { low: null, high: 0.3 }],
    ["（-）", null],
    ["4.8-3.6", null],
    ["男 13.7-16.8 女 11.6-14.8", null],
    ["", null],
  ])("of %s", (sent, range) => {
    expect(rangeOf(sent)).toEqual(range);
  });
});

it("key tests show their trend at once; the others by a button that says how many", () => {
  const { markup, text } = draw(<Labs section={sections.labs} />);
  expect(markup.match(/<figure class="trend"/g)).toHaveLength(2);
  expect(text).not.toContain("推移を表示");
  const others = section([lab("γ-GTP", "44", { history: [point("40", "2026-08-01"), point("38", "2026-07-01")] })]);
  expect(draw(<Labs section={others} />).text).toContain("推移を表示（1項目）");
  expect(draw(<Labs section={others} />).markup).not.toContain("<figure");
});
