import fc from "fast-check";
import { expect, test } from "vitest";
import { type Block, layOut } from "../../../src/viewer/print/layOut.ts";

const block = (name: string, lines: readonly number[], alwaysTail = false): Block => ({ name, head: 5, lines, tail: 4, alwaysTail });
const names = ["a", "b", "c", "d", "e"];
const sheets = fc.record({
  blocks: fc
    .array(fc.array(fc.integer({ min: 2, max: 30 }), { maxLength: 40 }), { minLength: 1, maxLength: 5 })
    .map((all) => all.map((lines, at) => block(names[at] as string, lines))),
  columns: fc.array(fc.integer({ min: 60, max: 260 }), { minLength: 1, maxLength: 4 }),
});

test("whatever is sent: no column is over-full, order is kept, and every line is on the paper or counted", () => {
  fc.assert(
    fc.property(sheets, ({ blocks, columns }) => {
      const placed = layOut(blocks, columns, names);
      for (const [at, slices] of placed.entries()) {
        const height = slices.reduce((sum, { name, from, to, left }) => {
          const { lines = [], head = 0, tail = 0 } = blocks.find((each) => each.name === name) ?? {};
          const own = lines.slice(from, to).reduce((all, line) => all + line, head);
          return sum + own + (left === null || left === 0 ? 0 : tail);
        }, 0);
        expect(height).toBeLessThanOrEqual(columns[at] ?? 0);
      }
      const all = placed.flat();
      expect(all.filter(({ left }) => left !== null).map(({ name }) => name)).toEqual(blocks.map(({ name }) => name));
      for (const { name, lines } of blocks) {
        const own = all.filter((slice) => slice.name === name);
        let next = 0;
        for (const [n, { from, to, continued }] of own.entries()) {
          expect(from).toBe(next);
          expect(continued).toBe(n > 0);
          next = to;
        }
        expect(next + (own.at(-1)?.left ?? 0)).toBe(lines.length);
      }
    }),
  );
});

test("what matters most is whole before what matters less gets a second line", () => {
  const placed = layOut([block("a", Array(20).fill(5)), block("b", Array(10).fill(5))], [100], ["b", "a"]).flat();
  expect(placed.map(({ name, to, left }) => [name, to, left])).toEqual([
    ["a", 7, 13],
    ["b", 10, 0],
  ]);
});

test("all of it is there when there is room", () => {
  const placed = layOut([block("a", [5, 5]), block("b", [])], [60], ["a", "b"]).flat();
  expect(placed.every(({ left }) => left === 0)).toBe(true);
});
