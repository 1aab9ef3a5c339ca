import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { evaluate } from "./evaluate.ts";
import { plantedRegion } from "./planted.ts";
import { shownTable, tableOf } from "./table.ts";

const [people, seeds] = process.env.TOMOSHIBI_LONG === "1" ? [20_000, [1, 2, 3, 4, 5]] : [1_500, [1, 2, 3]];

test.each(seeds)(
  "a region with planted errors, seed %i: no wrong merge, and at least 95 of 100 of what the rules can see is joined",
  (seed) => {
    const region = plantedRegion(people, seed);
    for (const kind of ["twins", "namesakes born on one day", "swapped", "changed family name", "slip in birth date", "doubled", "no card"])
      expect(region.planted[kind], kind).toBeGreaterThan(people / 200);
    const found = evaluate(region);
    expect(found.wrong).toBe(0);
    expect(found.visiblePairs).toBeGreaterThan(people / 4);
    expect(found.linkedVisible / found.visiblePairs).toBeGreaterThanOrEqual(0.95);
  },
);

test("what the rules leave is found by likeness: nearly all at the queue's threshold, and a higher threshold is never less precise", () => {
  const { thresholds } = evaluate(plantedRegion(people, 4));
  expect(thresholds.find(({ threshold }) => threshold === 0.9)?.recall).toBeGreaterThan(0.98);
  for (const [i, at] of thresholds.entries()) {
    expect(at.precision).toBeGreaterThanOrEqual((thresholds[i - 1]?.precision ?? 0) - 0.01);
    expect(at.recall).toBeLessThanOrEqual(thresholds[i - 1]?.recall ?? 1);
  }
});

test("docs/identity.md shows what the long run found, and that was no wrong merge", () => {
  const evidence = JSON.parse(readFileSync("docs/evidence/identity.json", "utf8"));
  expect(evidence).toMatchObject({ outcome: "passed", wrong: 0 });
  expect(shownTable()).toBe(tableOf(evidence));
});
