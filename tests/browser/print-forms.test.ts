/** Downtime forms as a real Chromium prints them: one page each, each with a number of its own, none before its entry. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readFormId } from "../../src/shared/protocol/paper.ts";
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

async function printed(name: string, look: string) {
  const context = await contextOf(browser, look, sizes.phone);
  await context.addInitScript(holdPrint);
  const { page, faults } = await goTo(context, screens.address, name);
  expect(faults).toEqual([]);
  await page.emulateMedia({ media: "print" });
  const before = (await page.locator("#root").allInnerTexts()).join(" ");
  await page.emulateMedia({ media: "screen" });
  await page.getByRole("button", { name: /^(記録して印刷|Record and print)$/ }).click();
  await page.waitForFunction(() => document.documentElement.dataset.printed === "1");
  await page.emulateMedia({ media: "print" });
  const beside = await page.evaluate(outside);
  const pages = await pagesOf(page);
  await context.close();
  return { before, beside, pages };
}

const idsOf = (pages: readonly string[]) =>
  pages.map((text) => readFormId(/(?:用紙番号|Form no\.) ((?:\w{5}-\s?){4}\w{6})/.exec(text)?.[1] ?? ""));

it.each(["ja night", "en day"])(
  "in %s: every blank form is one page with a number that no other has, and rows to write on",
  async (look) => {
    const { before, beside, pages } = await printed("forms", look);
    expect(before).not.toMatch(/血圧|Blood pressure/);
    expect(pages).toHaveLength(5);
    expect(beside).toEqual([]);
    const ids = idsOf(pages);
    expect(ids).not.toContain(null);
    expect(new Set(ids).size).toBe(5);
    for (const text of pages) expect(text).toContain("ZF2A769G-128");
    expect(pages[0]).toMatch(/血圧 mmHg.*処置|Blood pressure mmHg.*Treatment/);
    expect(pages.join(" ")).not.toContain("灯台");
  },
);

it("a person's forms bear two identifiers on each page, and nothing clinical", async () => {
  const { before, beside, pages } = await printed("paper-forms", "ja day");
  expect(before).not.toContain("灯台");
  expect(pages).toHaveLength(3);
  expect(beside).toEqual([]);
  expect(idsOf(pages)).not.toContain(null);
  for (const text of pages) {
    expect(text).toContain("灯台 太郎");
    expect(text).toContain("1948-03-05");
    expect(text).not.toMatch(/ワルファリン|ペニシリン/);
  }
});
