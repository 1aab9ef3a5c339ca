/** Paper, in a real Chromium: nothing of a patient is printed but by the button that writes the entry first. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
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

const onPaper = async (page: Page) => {
  await page.emulateMedia({ media: "print" });
  return (await page.locator("#root").allInnerTexts()).join(" ").replace(/\s+/g, " ");
};

it("the browser's own printing of an open person, of the people found and of the reasons shows none of them", async () => {
  const context = await contextOf(browser, "ja day", sizes.desktop);
  for (const name of ["page", "protected", "strip", "reason", "hits"]) {
    const { page, faults } = await goTo(context, screens.address, name);
    expect(faults).toEqual([]);
    const paper = await onPaper(page);
    for (const word of ["灯台", "1948", "ワルファリン", "ペニシリン"])
      expect([name, word, paper.includes(word)]).toEqual([name, word, false]);
    await page.close();
  }
  await context.close();
});

it("the button records, then prints the page with who printed it; when that is over the page is closed to paper again", async () => {
  const context = await contextOf(browser, "ja day", sizes.desktop);
  await context.addInitScript(() => {
    window.print = () => Object.assign(window, { printed: document.documentElement.dataset.print });
  });
  const { page } = await goTo(context, screens.address, "strip");
  expect(await onPaper(page)).toContain("画面の「印刷」を押したときだけ");
  await page.emulateMedia({ media: "screen" });
  await page.getByRole("button", { name: "印刷", exact: true }).click();
  await page.waitForFunction(() => "printed" in window);
  expect(await page.evaluate(() => Reflect.get(window, "printed"))).toBe("open");
  const paper = await onPaper(page);
  expect(paper).toContain("灯台 太郎");
  expect(paper).toContain("ワルファリンカリウム錠1mg「架空」");
  expect(paper).toMatch(/印刷 \d{4}-\d\d-\d\d \d\d:\d\d 見本 花子/);
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  expect((await page.locator("#root").allInnerTexts()).join(" ")).not.toContain("灯台");
  await context.close();
});
