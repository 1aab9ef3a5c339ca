/** The emergency sheet and the large strip as a real Chromium prints them: whole, on their pages, with their entry. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { holdPrint, outside, pagesOf } from "./lib/paper.ts";
import { contextOf, goTo, launch, type Screens, serveScreens, sizes } from "./lib/screens.ts";

let screens: Screens;
let browser: Browser;
beforeAll(async () => {
  [screens, browser] = await Promise.all([serveScreens(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await screens?.close();
});

/** From a phone at night in one language: paper is paper. */
async function printed(name: string, look: string) {
  const context = await contextOf(browser, look, sizes.phone);
  await context.addInitScript(holdPrint);
  const { page, faults } = await goTo(context, screens.address, name);
  expect(faults).toEqual([]);
  await page.locator(".paper-tools .button-main").click();
  await page.waitForFunction(() => document.documentElement.dataset.printed === "1");
  await page.emulateMedia({ media: "print" });
  const beside = await page.evaluate(outside);
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const pages = await pagesOf(page);
  await context.close();
  return { pages, beside, ground, text: pages.join(" ") };
}

describe.each(["ja night", "en day"])("in %s", (look) => {
  const ja = look.startsWith("ja");
  it.each([
    ["paper-sheet", 2],
    ["paper-crowded", 2],
    ["paper-unknown", 1],
    ["paper-large", 1],
    ["paper-crowded-large", 1],
    ["paper-unknown-large", 1],
  ])("%s: pages, two identifiers and the entry on each, nothing outside its sheet", async (name, count) => {
    const { pages, beside, ground } = await printed(name, look);
    expect(pages).toHaveLength(count);
    expect(beside).toEqual([]);
    expect(ground).toBe("rgb(255, 255, 255)");
    for (const [at, text] of pages.entries()) {
      expect(text).toContain("灯台 太郎");
      expect(text).toContain("1948-03-05");
      expect(text).toMatch(/ZF2A769G-1 .*ZF2A769G-128/);
      expect(text).toContain(`${at + 1}/${count}`);
      expect(text).toContain("架空中央病院 救急外来 タブレット2");
      expect(text).toContain("2026-11-20 03:30");
    }
    expect(pages[0]).toContain(ja ? "診療情報は入っていません" : "No clinical data inside");
    expect(pages.join(" ")).toContain("000-0000-0101");
  });
});

it("sixty medicines: each is on the paper or counted, and so is everything else", async () => {
  const { text } = await printed("paper-crowded", "ja day");
  const named = new Set(text.match(/架空成分\d+水和物口腔内崩壊錠/g));
  const [, left] = /水和物口腔内崩壊錠.*?▶ ほか (\d+)件は端末で/.exec(text) ?? [];
  expect(named.size).toBeGreaterThan(40);
  expect(named.size + Number(left ?? 0)).toBe(60);
  expect(text).toContain("ほか 14件はハブに");
  for (const word of ["架空アレルゲン9", "DNAR", "CRT-D", "自己血管内シャント", "000-0000-2222"]) expect(text).toContain(word);
  expect(text).toMatch(/架空の慢性疾患その1\(.*ほか \d+件は端末で/);
});

it("everything unknown: every section says in which way, and nothing says that there is none", async () => {
  for (const name of ["paper-unknown", "paper-unknown-large"]) {
    const { text } = await printed(name, "ja day");
    expect(text).not.toContain("なし");
    for (const word of ["未確認", "未記録", "取得不可"]) expect(text).toContain(word);
  }
  const { text } = await printed("paper-unknown", "ja day");
  for (const word of ["アレルギー・禁忌", "病名・既往", "体内機器", "透析", "検査", "連絡先", "感染症"])
    expect(text.replace(/‧/g, "・")).toContain(word);
});

it("what is protected is on no paper and said so; what the patient was not told is marked", async () => {
  const { text } = await printed("paper-sheet", "ja day");
  expect(text).toContain("保護対象の項目があります");
  expect(text).not.toContain("リチウム");
  expect(text).toContain("告知していない項目があります");
  expect(text).toMatch(/◆ 未告知.{0,60}膵尾部癌/);
});

it("doubled text and a desktop make the same paper", async () => {
  const reader = await launch("--blink-settings=defaultFontSize=32");
  const context = await contextOf(reader, "ja day", sizes.desktop);
  await context.addInitScript(holdPrint);
  const { page } = await goTo(context, screens.address, "paper-crowded");
  await page.locator(".paper-tools .button-main").click();
  await page.waitForFunction(() => document.documentElement.dataset.printed === "1");
  await page.emulateMedia({ media: "print" });
  expect(await page.evaluate(outside)).toEqual([]);
  expect(await pagesOf(page)).toHaveLength(2);
  await reader.close();
});

it("without its entry no paper comes out, and the browser's own printing shows none of it", async () => {
  const context = await contextOf(browser, "ja day", sizes.desktop);
  await context.addInitScript(holdPrint);
  const { page } = await goTo(context, screens.address, "paper-unprinted");
  await page.locator(".paper-tools .button-main").click();
  await page.locator(".paper-tools .notice").waitFor();
  expect(await page.evaluate(() => document.documentElement.dataset.printed)).toBeUndefined();
  expect((await pagesOf(page)).join(" ")).not.toContain("灯台");
  await context.close();
});
