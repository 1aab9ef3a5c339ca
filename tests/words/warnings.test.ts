import { describe, expect, it } from "vitest";
import { warningCodes } from "../../src/hub/record/warning.ts";
import { summaryMarks } from "../../src/shared/summary/marks.ts";
import { warningText, warningWords } from "../../src/words/warnings.ts";

describe("the words of warnings", () => {
  it("exist for every code that a record may carry, and for no other", () => {
    expect(Object.keys(warningWords).sort()).toEqual([...warningCodes, ...summaryMarks].sort());
  });

  it("never show the code, nor sound like a clinical absence", () => {
    for (const [code, { ja, en }] of Object.entries(warningWords)) {
      expect(ja, code).toMatch(/[ぁ-ん一-龠]/);
      expect(ja, code).not.toContain("なし");
      expect(en.trim(), code).not.toBe("");
      expect(en, code).not.toMatch(/\b(none|no known|nil)\b/i);
      expect([warningText(code, "ja"), warningText(code, "en")]).toEqual([ja, en]);
    }
  });

  it("of a code this version does not know leave the code standing", () => {
    expect(warningText("seen-by-a-newer-hub", "ja")).toBe("seen-by-a-newer-hub");
  });
});
