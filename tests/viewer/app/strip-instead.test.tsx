// @vitest-environment jsdom
import { afterEach, describe, expect, it } from "vitest";
import type { RestPart } from "../../../src/shared/summary/summary.ts";
import { restPart } from "../chart/people.ts";
import { makeFakeCore } from "./fake-core.ts";
import { type Shown, show } from "./screen.tsx";

let shown: Shown | null = null;
afterEach(async () => {
  await shown?.close();
  shown = null;
});

describe("a full page that cannot be drawn", () => {
  it("leaves the danger strip on the screen and says that the rest is missing, not that there is none", async () => {
    // A part that a later fault of ours has emptied: every section is gone.
    const broken = { ...restPart, summary: { ...restPart.summary, sections: Object.create(null) } } as RestPart;
    shown = await show(makeFakeCore({}, { openRest: async () => broken }));
    await shown.type("患者をさがす", "とうだい");
    await shown.press(/灯台 太郎/);
    await shown.press(/意識がない|unconscious/);
    await shown.press("氏名が一致");
    await shown.press("生年月日が一致");
    await shown.press("本人と確認した");
    await shown.press(/救急の治療方針/);
    expect(shown.text()).toContain("詳しい情報を表示できません");
    expect(shown.text()).toContain("ペニシリン系抗菌薬");
    expect(shown.text()).not.toContain("患者の情報は閉じています");
  });
});
