/** The screens in a real Chromium, a small set on every run; all of them, with pictures, by `node --import tsx tests/browser/screens.ts`. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contextOf, faultsOf, goTo, launch, type Screens, serveScreens, sizes } from "./lib/screens.ts";

let screens: Screens;
let browser: Browser;
beforeAll(async () => {
  [screens, browser] = await Promise.all([serveScreens(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await screens?.close();
});

const grave = ["serious", "critical"];

describe.each([
  ["phone", "ja day"],
  ["desktop", "en night"],
] as const)("on a %s, %s", (size, look) => {
  it("screens can be read and pressed by everyone: names, contrast, 48 px, nothing cut off or too wide", async () => {
    const context = await contextOf(browser, look, sizes[size]);
    const found: string[] = [];
    for (const name of [
      "enrol",
      "staff",
      "throttled",
      "troubled",
      "hits",
      "nothing",
      "journal",
      "conflict",
      "protected",
      "doubtful",
      "wiped-done",
    ]) {
      const { page, faults } = await goTo(context, screens.address, name);
      faults.push(...(await faultsOf(page, grave)));
      found.push(...faults.map((fault) => `${name}: ${fault}`));
      await page.close();
    }
    await context.close();
    expect(found).toEqual([]);
  });

  it("the keyboard alone leads from the search to the page", async () => {
    const context = await contextOf(browser, look, sizes[size]);
    const { page, faults } = await goTo(context, screens.address, "keyboard");
    expect(faults).toEqual([]);
    expect(await page.locator(".page").count()).toBe(1);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("title-labs");
    await context.close();
  });
});

/** Windows' own high contrast: the system's colours replace ours, so nothing may hang on a background or a shadow alone. */
describe("in forced colours", () => {
  it.each(["dark", "light"] as const)("every button, mark and chosen one is still told apart (%s)", async (colorScheme) => {
    const context = await contextOf(browser, "ja contrast", sizes.tablet);
    const found: string[] = [];
    for (const name of ["enrol", "unlock", "home", "reason", "strip", "protected", "readyRed", "installIos", "lostVault"]) {
      const { page, faults } = await goTo(context, screens.address, name);
      await page.emulateMedia({ forcedColors: "active", colorScheme });
      // axe reads the fill colour of the text, which no forced colour replaces: contrast is measured from what is painted.
      const others = (await faultsOf(page, grave)).filter((fault) => !fault.includes("color-contrast"));
      faults.push(...others, ...(await page.evaluate(edgeless)), ...(await page.evaluate(faint)));
      found.push(...faults.map((fault) => `${name}: ${fault}`));
      await page.close();
    }
    await context.close();
    expect(found).toEqual([]);
  });
});

/** Text whose painted colour stands out less than 4.5 to 1 from the ground behind it. */
function faint(): string[] {
  const parts = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color: string) => {
    const [r = 0, g = 0, b = 0] = parts(color).map((part) =>
      part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element: Element | null): string => {
    if (element === null) return "rgb(255, 255, 255)";
    const { backgroundColor } = getComputedStyle(element);
    return parts(backgroundColor)[3] === 0 ? ground(element.parentElement) : backgroundColor;
  };
  return [...document.querySelectorAll<HTMLElement>("#root *")]
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()))
    .filter((element) => element.getBoundingClientRect().width > 1 && !element.matches(":disabled, :disabled *"))
    .flatMap((element) => {
      const [low, high] = [luminance(getComputedStyle(element).color), luminance(ground(element))].sort((a, b) => a - b);
      const ratio = ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
      return ratio < 4.5 ? [`faint ${ratio.toFixed(1)}: ${element.className} ${element.textContent?.slice(0, 30)}`] : [];
    });
}

/** What can be pressed and has no edge of its own. */
function edgeless(): string[] {
  const quiet = ".button-quiet, .status-fold, .jump-link";
  return [...document.querySelectorAll<HTMLElement>("button, label.choice, .notice, .check")]
    .filter((element) => element.getBoundingClientRect().width > 0 && !element.matches(quiet))
    .filter((element) => {
      const { borderStyle, borderTopWidth, textDecorationLine } = getComputedStyle(element);
      return (borderStyle === "none" || borderTopWidth === "0px") && textDecorationLine !== "underline";
    })
    .map((element) => `no edge: ${element.className} ${element.textContent?.slice(0, 30)}`);
}

/** Whether the middle of what was found can be seen: on the screen, with nothing over it. */
const seen = (page: Page, selector: string) =>
  page.evaluate((wanted) => {
    const element = document.querySelector(wanted);
    const box = element?.getBoundingClientRect();
    if (!element || !box || box.height === 0) return false;
    const at = (share: number) => document.elementFromPoint(box.left + 8, box.top + box.height * share);
    return [0.2, 0.5, 0.8].every((share) => element.contains(at(share)));
  }, selector);

describe("under a patient", () => {
  it.each([
    ["a small phone", sizes.small, [".banner-name", ".banner-facts", ".banner-more"]],
    ["a phone on its side", { width: 844, height: 390 }, [".banner-line"]],
    ["a phone with doubled text", { width: 300, height: 640 }, [".banner-line"]],
    ["a tablet", sizes.tablet, [".banner-name", ".banner-facts", ".banner-more"]],
  ])("name and birth date stay in sight on %s, however far the page is scrolled", async (_, viewport, selectors) => {
    const context = await contextOf(browser, "ja day", viewport);
    const { page, faults } = await goTo(context, screens.address, "page");
    expect(faults).toEqual([]);
    // The longest name a site and a device may have makes the bar above as high as it gets.
    await page.evaluate(() => {
      const device = document.querySelector(".bar-site");
      if (device) device.textContent = "架空県立総合救急医療センター 救命救急外来 初療室 タブレット12";
    });
    for (const y of [400, 1600, 100_000]) {
      await page.evaluate((top) => window.scrollTo(0, top), y);
      await page.waitForTimeout(100);
      for (const selector of selectors) expect([y, selector, await seen(page, selector)]).toEqual([y, selector, true]);
    }
    await context.close();
  });

  it.each([
    ["small", [".strip-states", ".strip-brief > li:last-child", ".masked-title"]],
    ["phone", [".strip-states", ".strip-brief > li:last-child", ".masked"]],
  ] as const)("what is known, every class of the danger strip, and what is hidden stand on the first screen (%s)", async (size, parts) => {
    const context = await contextOf(browser, "ja day", sizes[size]);
    const { page, faults } = await goTo(context, screens.address, "strip");
    expect(faults).toEqual([]);
    for (const part of parts) {
      const bottom = await page.locator(part).evaluate((element) => element.getBoundingClientRect().bottom);
      expect([part, bottom <= sizes[size].height]).toEqual([part, true]);
    }
    await context.close();
  });

  it.each([
    ["brief", "ja day", ["000-0000-0101", "000-0000-2222"], /ニフェジピン徐放錠（24時間持続）20mg「試験」/],
    ["brief", "en night", ["000-0000-0101", "000-0000-2222"], /ニフェジピン徐放錠（24時間持続）20mg「試験」/],
    ["brief-strip", "ja day", ["000-0000-0101", "000-0000-1111"], /薬の一覧は開いていません/],
    ["brief-strip", "en night", ["000-0000-0101", "000-0000-1111"], /The list is not open/],
  ] as const)("a paramedic sees everything on one screen (%s, %s)", async (name, look, telephones, medicines) => {
    const context = await contextOf(browser, look, sizes.phone);
    const { page, faults } = await goTo(context, screens.address, name);
    faults.push(...(await faultsOf(page, grave)));
    expect(faults).toEqual([]);
    const parts = page.locator(".brief-part");
    expect(await parts.count()).toBe(4);
    expect(await parts.nth(1).textContent()).toMatch(medicines);
    expect(await parts.nth(3).evaluate((element) => element.getBoundingClientRect().bottom)).toBeLessThanOrEqual(sizes.phone.height);
    for (const part of [".banner-name", ".banner-facts", ".banner-more", ".brief-danger"])
      expect([part, await seen(page, part)]).toEqual([part, true]);
    expect(await page.evaluate(() => window.scrollY)).toBe(0);
    const called = await page.locator(".brief a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    for (const telephone of telephones) expect(called).toContain(`tel:${telephone.replaceAll("-", "")}`);
    await context.close();
  });
});
