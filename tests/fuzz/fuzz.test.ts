import { describe, expect, test } from "vitest";
import { fuzz } from "./run.ts";
import type { Target } from "./target.ts";
import { targets } from "./targets.ts";

/** The long run is `npm run test:long -- fuzz`: 100,000 inputs each. */
const INPUTS = 600;

describe("any bytes at all", () => {
  test.each(targets)(
    "$name: each input has one disposition, no crash, no hang",
    async (target) => {
      const { inputs, dispositions, troubles } = await fuzz(target, 20261121, 0, INPUTS, () => undefined);
      expect(troubles).toEqual([]);
      expect(Object.values(dispositions).reduce((sum, times) => sum + times, 0)).toBe(inputs);
      // Damage that is never noticed, or always, is no test.
      expect(Object.keys(dispositions).length).toBeGreaterThan(1);
    },
    120_000,
  );

  test("a parser that crashes, hangs or loses its input is found", async () => {
    const bad: Target = {
      name: "bad",
      seeds: () => [Uint8Array.of(1, 2, 3)],
      parse(bytes) {
        if (bytes.length % 3 === 0) throw new RangeError("crashed");
        return "read";
      },
    };
    const { troubles } = await fuzz(bad, 1, 0, 50, () => undefined);
    expect(troubles.length).toBeGreaterThan(0);
    expect(troubles[0]?.what).toContain("crashed");
  });
});
