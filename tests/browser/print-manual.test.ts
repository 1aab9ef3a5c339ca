/** The manual on the wall: one A4 side each, in both languages, from the lock screen as from inside. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { manuals, manualVersion } from "../../src/viewer/manual/pages.ts";
import { manualEn } from "../../src/words/manual-en.ts";
import { manualJa } from "../../src/words/manual-ja.ts";
import { pagesOf } from "./lib/paper.ts";
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

/** Letters alone: where a line breaks is the browser's affair. */
const bare = (text: string) => text.normalize("NFKC").replace(/[\s‧・]/g, "");

it.each([
  ["manual-locked", "ja night", "glass"],
  ["manual", "en day", "glass"],
  ["manual", "ja day", "outage"],
  ["manual-locked", "en contrast", "outage"],
] as const)("%s in %s: the %s manual is one page, whole, with its pictures and its version", async (screen, look, name) => {
  const context = await contextOf(browser, look, sizes.phone);
  const { page, faults } = await goTo(context, screens.address, screen);
  expect(faults).toEqual([]);
  const words = look.startsWith("ja") ? manualJa : manualEn;
  const { title, lead, parts, pictures } = manuals[name];
  await page.getByText(words[title], { exact: true }).first().click();
  await page.emulateMedia({ media: "print" });
  await page.waitForFunction((count) => {
    const shown = [...document.querySelectorAll<HTMLImageElement>(".manual-sheet img")];
    return shown.length === count && shown.every((image) => image.complete && image.naturalWidth > 0);
  }, pictures.length);
  const pages = await pagesOf(page);
  expect(pages).toHaveLength(1);
  const text = bare(pages.join(""));
  for (const word of [title, lead, ...parts.flatMap((part) => [part.title, ...part.lines])]) expect(text).toContain(bare(words[word]));
  expect(text).toContain(bare(`${manualVersion.version}`));
  expect(text).toContain(manualVersion.date);
  expect(text).not.toContain(bare(words.manualPrint));
  await context.close();
});
