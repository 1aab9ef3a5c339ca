/**
 * Every screen, by night and with high contrast as well as by day (axe, all impacts), and with text at 200 %: the browser's own text size doubled,
 * and the page zoomed so that half the width is left. Nothing may be cut off, wider than its screen, or too small to press.
 */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { boundsOf, contextOf, contrastIn, faultsOf, goTo, launch, type Screens, screens, serveScreens, sizes } from "./lib/screens.ts";

let served: Screens;
let browser: Browser;
let reader: Browser;
beforeAll(async () => {
  [served, browser, reader] = await Promise.all([serveScreens(), launch(), launch("--blink-settings=defaultFontSize=32")]);
});
afterAll(async () => {
  await browser?.close();
  await reader?.close();
  await served?.close();
});

const impacts = ["minor", "moderate", "serious", "critical"];
const half = { width: sizes.desktop.width / 2, height: sizes.desktop.height / 2 };

/** What a desktop at 200 % leaves of its width. */
async function zoomed(page: Page): Promise<readonly string[]> {
  await page.setViewportSize(half);
  return (await boundsOf(page)).map((fault) => `zoomed: ${fault}`);
}

/** All screens in one context, two at a time. */
async function through(context: BrowserContext, look: (page: Page) => Promise<readonly string[]>) {
  const left = Object.keys(screens);
  const found: string[] = [];
  const work = async (): Promise<void> => {
    for (let name = left.shift(); name !== undefined; name = left.shift()) {
      const { page, faults } = await goTo(context, served.address, name);
      found.push(...[...faults, ...(await look(page))].map((fault) => `${name}: ${fault}`));
      await page.close();
    }
  };
  await Promise.all([work(), work()]);
  await context.close();
  return found;
}

describe("every screen", { timeout: 600_000 }, () => {
  it("on a phone, by day, by night, with high contrast and zoomed to twice the size: no axe violation, nothing lost", async () => {
    const context = await contextOf(browser, "ja day", sizes.phone);
    const found = await through(context, async (page) => [
      ...(await faultsOf(page, impacts)),
      // The other modes change colours and nothing else, so only what depends on colours is asked again.
      ...(await contrastIn(page, ["night", "contrast"])),
      ...(await zoomed(page)),
    ]);
    expect(found).toEqual([]);
  });

  it("with the browser's text doubled on a phone, in English: nothing lost", async () => {
    expect(await through(await contextOf(reader, "en day", sizes.phone), boundsOf)).toEqual([]);
  });
});
