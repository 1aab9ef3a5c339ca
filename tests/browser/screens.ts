/**
 * Pictures of every screen over synthetic people, and axe over each: `node --import tsx tests/browser/screens.ts [NAME-or-its-beginning…]`.
 * They go to artefacts/screens, to be looked at; the command fails on a serious axe violation or on anything wider than its screen.
 */
import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import react from "@vitejs/plugin-react";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { createServer } from "vite";

const sizes = {
  phone: { width: 390, height: 844 },
  small: { width: 360, height: 640 },
  tablet: { width: 1180, height: 820 },
  desktop: { width: 1440, height: 900 },
};
/** A reader who doubled the size of text, on a phone: everything must still be there. */
const zoomed = { width: 390, height: 844 };
const looks = ["ja day", "ja night", "en day", "en night", "ja contrast"] as const;

const reason = (page: Page) => page.locator(".reason").first();
const findHit = async (page: Page) => {
  await page.locator("input[type=search]").fill("とうだい");
  await page.locator(".hit").first().click();
};
const openStrip = async (page: Page) => {
  await findHit(page);
  await reason(page).click();
  await page.locator(".strip").waitFor();
};
const openRest = async (page: Page) => {
  await openStrip(page);
  await page.locator(".choice").nth(0).click();
  await page.locator(".choice").nth(1).click();
  await page.locator(".button-main", { hasText: /本人と確認|Identity confirmed/ }).click();
  await reason(page).click();
  await page.locator(".page").waitFor();
};
const openProtected = async (page: Page) => {
  await openRest(page);
  await page.locator(".masked button").click();
};

/** Without a pointer: type, go on with Tab, press Enter or Space, as far as the page. */
const byKeyboard = async (page: Page) => {
  const goTo = async (wanted: RegExp) => {
    for (let step = 0; step < 60; step++) {
      const focused = await page.evaluate(() => {
        const element = document.activeElement;
        return element?.closest("label")?.textContent ?? (element === document.body ? "" : (element?.textContent ?? ""));
      });
      if (wanted.test(focused)) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`the keyboard does not reach ${wanted}`);
  };
  await page.keyboard.type("とうだい");
  await page.locator(".hit").first().waitFor();
  await goTo(/灯台 太郎/);
  await page.keyboard.press("Enter");
  await goTo(/意識がない|Unconscious/);
  await page.keyboard.press("Enter");
  await page.locator(".strip").waitFor();
  for (const tick of [/氏名が一致|Name matches/, /生年月日が一致|Birth date matches/]) {
    await goTo(tick);
    await page.keyboard.press("Space");
  }
  await goTo(/^(本人と確認した|Identity confirmed)$/);
  await page.keyboard.press("Enter");
  await goTo(/救急の治療方針|To decide emergency/);
  await page.keyboard.press("Enter");
  await page.locator(".page").waitFor();
  await goTo(/^(検査|Laboratory)/);
  await page.keyboard.press("Enter");
};

const screens: Readonly<Record<string, readonly [string, ((page: Page) => Promise<void>)?]>> = {
  enrol: ["blank"],
  scan: ["blank", (page) => page.locator(".button-wide").first().click()],
  pending: ["pending"],
  staff: ["unstaffed"],
  pull: ["pull"],
  stopped: ["stopped"],
  lock: ["locked"],
  unlock: ["locked", (page) => page.locator(".button-wide").first().click()],
  throttled: [
    "throttled",
    async (page) => {
      await page.locator(".button-wide").nth(1).click();
      await page.locator("input[type=password]").fill("x");
      await page.locator("button[type=submit]").click();
      await page.locator(".notice").waitFor();
    },
  ],
  home: ["home"],
  display: ["home", (page) => page.locator(".bar-tools .button").first().click()],
  troubled: ["troubled"],
  hits: ["home", (page) => page.locator("input[type=search]").fill("とうだい")],
  nothing: ["home", (page) => page.locator("input[type=search]").fill("すずき")],
  reason: ["home", findHit],
  journal: [
    "journal",
    async (page) => {
      await findHit(page);
      await reason(page).click();
      await page.locator(".notice").waitFor();
    },
  ],
  strip: ["home", openStrip],
  page: ["home", openRest],
  ask: ["home", openProtected],
  protected: [
    "home",
    async (page) => {
      await openProtected(page);
      await page.locator("dialog .reason").first().click();
      await page.locator(".protected").waitFor();
    },
  ],
  conflict: ["conflict", openRest],
  keyboard: ["home", byKeyboard],
};

const wanted = process.argv.slice(2);
const folder = "artefacts/screens";
await mkdir(folder, { recursive: true });
const server = await createServer({
  configFile: false,
  root: resolve("."),
  plugins: [react()],
  server: { port: 0, host: "127.0.0.1" },
  logLevel: "error",
});
await server.listen();
const address = server.resolvedUrls?.local[0] ?? "";
const browser = await launch();
let wrong = 0;
for (const look of looks) {
  for (const [size, viewport] of Object.entries(sizes)) {
    // Each look on the phone and one bigger screen is enough to look at; "ja day" is taken at every size.
    if (look !== "ja day" && size !== "phone" && size !== (look.startsWith("ja") ? "tablet" : "desktop")) continue;
    const context = await browser.newContext({ viewport, deviceScaleFactor: 1 });
    await context.addInitScript((chosen) => localStorage.setItem("tomoshibi-display", chosen), look);
    for (const [name, [state, act]] of Object.entries(screens)) {
      const full = `${name}-${size}-${look.replace(" ", "-")}`;
      if (wanted.length > 0 && !wanted.some((part) => full.startsWith(part))) continue;
      wrong += await picture(context, full, state, act);
    }
    await context.close();
  }
}
await browser.close();
const reader = await launch("--blink-settings=defaultFontSize=32");
const large = await reader.newContext({ viewport: zoomed, deviceScaleFactor: 1 });
await large.addInitScript(() => localStorage.setItem("tomoshibi-display", "ja day"));
for (const [name, [state, act]] of Object.entries(screens)) {
  const full = `${name}-zoomed-ja-day`;
  if (wanted.length === 0 || wanted.some((part) => full.startsWith(part))) wrong += await picture(large, full, state, act);
}
await reader.close();
await server.close();
console.log(JSON.stringify({ folder, wrong }));
process.exitCode = wrong === 0 ? 0 : 1;

function launch(...more: string[]) {
  return chromium.launch({
    executablePath: process.env.TOMOSHIBI_CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...more,
    ],
  });
}

async function picture(context: BrowserContext, name: string, state: string, act?: (page: Page) => Promise<void>): Promise<number> {
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  await page.goto(`${address}tests/viewer/app/screens.html?case=${state}`);
  await page.locator("h1").first().waitFor();
  await act?.(page).catch((error: unknown) => faults.push(`not reached: ${error instanceof Error ? error.message.split("\n")[0] : error}`));
  await page.waitForTimeout(150);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wider > 0) faults.push(`${wider} px wider than the screen`);
  faults.push(...(await page.evaluate(cutOff)), ...(await page.evaluate(smallTargets)));
  const { violations } = await new AxeBuilder({ page }).analyze();
  for (const violation of violations) {
    faults.push(
      `axe ${violation.impact} ${violation.id}: ${violation.nodes
        .slice(0, 2)
        .map((node) => node.html.slice(0, 160))
        .join(" | ")}`,
    );
  }
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  await page.close();
  for (const fault of faults) console.log(`${name}: ${fault}`);
  return faults.length;
}

/** Text that its own box hides. */
function cutOff(): string[] {
  return [...document.querySelectorAll<HTMLElement>("#root *")]
    .filter((element) => {
      const style = getComputedStyle(element);
      const hides = style.overflowX === "hidden" || style.overflowX === "clip" || style.textOverflow !== "clip";
      return hides && style.position !== "absolute" && element.tagName !== "INPUT" && element.scrollWidth > element.clientWidth + 1;
    })
    .map((element) => `cut off: ${element.className} ${element.textContent?.slice(0, 40)}`);
}

/** Targets for gloved hands: 48 px each way. */
function smallTargets(): string[] {
  return [...document.querySelectorAll<HTMLElement>("button, label.choice, label.tick, input.input, textarea")]
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0 && (box.width < 47.5 || box.height < 47.5))
    .map(({ element, box }) => `small target ${Math.round(box.width)}×${Math.round(box.height)}: ${element.textContent?.slice(0, 30)}`);
}
