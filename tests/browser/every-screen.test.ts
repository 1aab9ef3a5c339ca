/**
 * Every screen, by night and with high contrast as well as by day (axe, all impacts), and with text at 200 %: the browser's own text size doubled,
 * and the page zoomed so that half the width is left. Nothing may be cut off, wider than its screen, or too small to press.
 */
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { boundsOf, contextOf, faultsOf, goTo, launch, type Screens, screens, serveScreens, sizes } from "./lib/screens.ts";

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

/** All screens in one context, two at a time. */
async function through(context: BrowserContext, look: (page: Parameters<typeof faultsOf>[0]) => Promise<readonly string[]>) {
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
  it.each(["ja night", "ja contrast"])("%s on a phone: no axe violation of any impact", async (look) => {
    const context = await contextOf(browser, look, sizes.phone);
    expect(await through(context, (page) => faultsOf(page, impacts))).toEqual([]);
  });

  it("with the browser's text doubled on a phone: nothing lost", async () => {
    expect(await through(await contextOf(reader, "ja day", sizes.phone), boundsOf)).toEqual([]);
  });

  it("zoomed to twice the size on a desktop, in English by night: nothing lost", async () => {
    expect(await through(await contextOf(browser, "en night", half), boundsOf)).toEqual([]);
  });
});
