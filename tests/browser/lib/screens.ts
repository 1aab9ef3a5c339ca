/** Every screen over the fake core in a real Chromium, and what is wrong with one: shared by the pictures and the test. */
import { resolve } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import react from "@vitejs/plugin-react";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { createServer } from "vite";
import { findScreens } from "./screens-find.ts";
import { glassScreens } from "./screens-glass.ts";
import { keyScreens } from "./screens-keys.ts";
import { noteScreens } from "./screens-notes.ts";
import { printScreens } from "./screens-print.ts";
import { readinessScreens } from "./screens-readiness.ts";

export const sizes = {
  phone: { width: 390, height: 844 },
  small: { width: 360, height: 640 },
  tablet: { width: 1180, height: 820 },
  desktop: { width: 1440, height: 900 },
};
export const looks = ["ja day", "ja night", "en day", "en night", "ja contrast"] as const;

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
const toBrief = async (page: Page, open: (page: Page) => Promise<void>) => {
  await open(page);
  await page.getByRole("button", { name: /要点を1画面で|On one screen/ }).click();
  await page.locator(".brief").waitFor();
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

export const screens: Readonly<Record<string, readonly [string, ((page: Page) => Promise<void>)?]>> = {
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
  ...keyScreens,
  ...glassScreens,
  ...findScreens,
  ...readinessScreens,
  ...printScreens,
  ...noteScreens,
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
  brief: ["home", async (page) => toBrief(page, openRest)],
  timeline: [
    "home",
    async (page) => {
      await openRest(page);
      await page.getByRole("button", { name: /年表を開く|Open the timeline/ }).click();
      await page.locator(".time-row").first().waitFor();
    },
  ],
  find: [
    "home",
    async (page) => {
      await openRest(page);
      await page.getByRole("button", { name: /ページ内を探す|Find in the page/ }).click();
      await page.locator("#find-words").fill("ﾜﾙﾌｧﾘﾝ");
      await page.locator("[data-found=here]").waitFor();
    },
  ],
  "brief-strip": ["home", async (page) => toBrief(page, openStrip)],
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
  doubtful: ["doubtful"],
  over: ["over"],
  wiped: ["wiped"],
  "wiped-done": ["wipedDone"],
  keyboard: ["home", byKeyboard],
};

export interface Screens {
  readonly address: string;
  readonly close: () => Promise<void>;
}

/** Serves the screens of tests/viewer/app on a free port. */
export async function serveScreens(): Promise<Screens> {
  const server = await createServer({
    configFile: false,
    root: resolve("."),
    plugins: [react()],
    // Whoever edits a file while tests run must not reload the page under them.
    server: { port: 0, host: "127.0.0.1", hmr: false, watch: null },
    logLevel: "error",
  });
  await server.listen();
  return { address: server.resolvedUrls?.local[0] ?? "", close: () => server.close() };
}

export function launch(...more: string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.TOMOSHIBI_TEST_CHROMIUM ?? "/usr/bin/chromium",
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

/** A context of one size that shows the screens in one look ("ja night"). */
export async function contextOf(browser: Browser, look: string, viewport: { width: number; height: number }): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport, deviceScaleFactor: 1 });
  await context.addInitScript((chosen) => localStorage.setItem("tomoshibi-display", chosen), look);
  return context;
}

/** Goes to a screen; what failed on the way stands in `faults`. */
export async function goTo(context: BrowserContext, address: string, name: string): Promise<{ page: Page; faults: string[] }> {
  const [state, act] = screens[name] ?? [name];
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  await page.goto(`${address}tests/viewer/app/screens.html?case=${state}`);
  await page.locator("h1").first().waitFor();
  await act?.(page).catch((error: unknown) => faults.push(`not reached: ${error instanceof Error ? error.message.split("\n")[0] : error}`));
  await page.waitForTimeout(150);
  return { page, faults };
}

/** What is wrong with what stands on the page now: what `boundsOf` finds, and axe's violations of these impacts. */
export async function faultsOf(page: Page, impacts: readonly string[]): Promise<string[]> {
  // There are no frames, and what passes is not asked for: both would cost more than all rules together.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] })
    .analyze();
  return [
    ...(await boundsOf(page)),
    ...violations
      .filter(({ impact }) => impacts.includes(impact ?? ""))
      .map(({ impact, id, nodes }) => {
        const where = nodes.slice(0, 2).map((node) => node.html.slice(0, 160));
        return `axe ${impact} ${id}: ${where.join(" | ")}`;
      }),
  ];
}

/** What a look may break on a page that stands: contrast, measured anew in each. The page's look is left as the last one. */
export async function contrastIn(page: Page, modes: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const mode of modes) {
    await page.evaluate((chosen) => {
      document.documentElement.dataset.mode = chosen;
    }, mode);
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode()
      .options({ resultTypes: ["violations"], runOnly: ["color-contrast", "link-in-text-block"] })
      .analyze();
    found.push(...violations.flatMap(({ id, nodes }) => nodes.slice(0, 2).map((node) => `${mode}: axe ${id}: ${node.html.slice(0, 160)}`)));
  }
  return found;
}

/** Wider than its screen, cut off, too small to press. */
export async function boundsOf(page: Page): Promise<string[]> {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return [
    ...(wider > 0 ? [`${wider} px wider than the screen`] : []),
    ...(await page.evaluate(cutOff)),
    ...(await page.evaluate(smallTargets)),
  ];
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
