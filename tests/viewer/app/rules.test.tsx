// @vitest-environment jsdom
import { act } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { TomoshibiError } from "../../../src/shared/error.ts";
import type { Core } from "../../../src/viewer/app/core.ts";
import { makeFakeCore } from "./fake-core.ts";
import { type Shown, show } from "./screen.tsx";

let shown: Shown | null = null;
afterEach(async () => {
  await shown?.close();
  shown = null;
});

async function atStrip(over: Partial<Core> = {}, language: "ja" | "en" = "ja"): Promise<Shown> {
  shown = await show(makeFakeCore({}, over), { language });
  await shown.type(language === "ja" ? "患者をさがす" : "Find a patient", "とうだい");
  await shown.press(/灯台 太郎/);
  await shown.press(/意識がない|Unconscious|unconscious/);
  return shown;
}

/** What a reader sees of a class once its fold is opened. */
async function unfold(title: string): Promise<string> {
  const fold = [...document.querySelectorAll("details")].find((element) => element.querySelector("summary")?.textContent === title);
  if (fold === undefined) throw new Error(`no fold ${title}`);
  await act(async () => {
    fold.open = true;
    fold.dispatchEvent(new Event("toggle"));
  });
  return fold.textContent ?? "";
}

describe("the rule table of the device", () => {
  it("is named with version and day on the strip itself", async () => {
    expect((await atStrip()).text()).toContain("ルール表 2026.11（2026-11-01）");
    expect(shown?.text()).not.toContain("この端末のルール表は");
  });

  it("of another version than the strip says so, with both versions", async () => {
    const screen = await atStrip({ rulesVersion: () => ({ version: "2027.1", date: "2027-01-05" }) });
    expect(screen.text()).toContain("この危険情報はルール表 2026.11 による。この端末のルール表は 2027.1。");
  });

  it("is shown whole on request: codes, names, diagnoses, sections and ordinary names", async () => {
    const screen = await atStrip();
    await screen.press("判定の規則");
    expect(screen.text()).not.toContain("ミホン");
    await screen.press("ルール表をすべて見る");
    expect(screen.text()).not.toContain("ミホン");
    expect(await unfold("抗凝固薬")).toMatch(/333 · 3331 を除く.*見本、ミホン.*patch/);
    expect(await unfold("透析")).toMatch(/Z992 · 透析 · 透析予防 を除く · 終了した病名を含む/);
    expect(await unfold("本人の意思・DNAR")).toContain("dnar");
    expect(await unfold("アレルギー")).toContain("医療機関の記載をそのまま");
    expect(await unfold("どの分類でもないと分かっている名称（1）")).toContain("架空");
  });

  it("that is not the one the hub signed is not shown; the strip stays", async () => {
    const screen = await atStrip({
      ruleTable: async () => {
        throw new TomoshibiError("rules-malformed");
      },
    });
    await screen.press("判定の規則");
    await screen.press("ルール表をすべて見る");
    expect(screen.text()).toContain("ハブの署名したものと一致しません");
    expect(screen.text()).toContain("コード・名称から機械的に抽出");
    expect(document.querySelectorAll("details")).toHaveLength(0);
  });

  it("is offered by no button where none was pulled", async () => {
    const screen = await atStrip({ rulesVersion: () => null });
    await screen.press("判定の規則");
    expect(screen.canPress("ルール表をすべて見る")).toBe(false);
  });
});
