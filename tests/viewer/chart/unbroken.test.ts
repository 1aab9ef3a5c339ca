import { describe, expect, it } from "vitest";
import { withoutBreaks } from "../../../src/ui/withoutBreaks.ts";

const whole = (text: string) =>
  withoutBreaks(text)
    .filter((part) => part.whole)
    .map(({ part }) => part);

describe("what must not be broken over two lines", () => {
  it.each([
    ["ビソプロロール（メインテート錠２．５ｍｇ）", ["２．５ｍｇ"]],
    ["ワーファリン錠１ｍｇ", ["１ｍｇ"]],
    ["アレビアチン散10%", ["10%"]],
    ["供給 2026-11-07（土） まで 14日前", ["2026-11-07"]],
    ["電話 000-0000-0001 08:50", ["000-0000-0001", "08:50"]],
    ["２型糖尿病", []],
  ])("%s", (text, parts) => {
    expect(whole(text)).toEqual(parts);
    expect(
      withoutBreaks(text)
        .map(({ part }) => part)
        .join(""),
    ).toBe(text);
  });
});
