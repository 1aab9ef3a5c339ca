import { rmSync } from "node:fs";
import { pino } from "pino";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Serving, serveHub } from "../../src/hub/main.ts";
import { addReviewer } from "../../src/hub/people/reviewers.ts";
import { firstSettings, setReview } from "../../src/hub/review/settings.ts";
import { systemClock } from "../../src/shared/clock.ts";
import { enrolled, entry, push, registered } from "../hub/routes/device.ts";
import { type TestRegion, testRegion } from "../hub/routes/region.ts";
import { testStores } from "../hub/store/open.ts";
import { newProfile, openBrowser } from "./lib/browser.ts";

const reviewer = { name: "確認 太郎", passphrase: "hebi zakuro ishi mangetsu saga dohyou" };
const contact = { sender: "架空県協議会", department: "窓口", telephone: "000-0000-0000", hours: "平日" };

describe("the patient's letter in a real browser", () => {
  const stores = testStores();
  const profile = newProfile();
  let region: TestRegion;
  let serving: Serving;
  let context: BrowserContext;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    const store = await stores.open("sqlite");
    region = await testRegion(store);
    const device = await enrolled(region);
    const member = await registered(device, "灯台 一郎");
    await push(device, [await entry(device, "open-strip", { staff: member, body: { reason: "unconscious" } })]);
    await addReviewer(region.deps, reviewer.name, reviewer.passphrase);
    const deps = { store, clock: systemClock, log: pino({ level: "silent" }), keys: region.deps.keys };
    serving = await serveHub({ port: 0, consolePort: 0 }, deps);
    ({ context, page, problems } = await openBrowser(profile));
    await context.addInitScript(() => {
      window.print = () => undefined;
    });
  });
  afterAll(async () => {
    await context?.close();
    await serving?.close();
    rmSync(profile, { recursive: true, force: true });
  });

  const press = (label: string) => page.getByRole("button", { name: label }).click();
  const toLetter = async () => {
    await page.locator(".review-row").first().click();
    await press("患者へのお知らせを作る");
    await page.locator(".letter").waitFor();
  };
  /** What would come out of the printer now. */
  const onPaper = async () => {
    await page.emulateMedia({ media: "print" });
    const seen = { letter: await page.locator(".letter").isVisible(), notice: await page.locator(".paper-only").isVisible() };
    const pages = (await page.pdf({ preferCSSPageSize: true })).toString("latin1").match(/\/Type\s*\/Page\b/g)?.length;
    await page.emulateMedia({ media: "screen" });
    return { ...seen, pages };
  };
  const recorded = async () => (await region.store.db.selectFrom("review_letter").select(["by", "language"]).execute()).length;

  it("is not printed without somebody to ask, nor by the browser's own command before it is recorded", async () => {
    await page.goto(serving.console);
    await page.getByLabel("名前").fill(reviewer.name);
    await page.getByLabel("パスフレーズ").fill(reviewer.passphrase);
    await press("サインイン");
    await toLetter();
    // The page asks for a session before anybody signed in.
    problems.length = 0;
    expect(await page.getByRole("button", { name: /印刷する/ }).isDisabled()).toBe(true);
    expect(await page.locator(".letter-missing").count()).toBe(2);
    expect(await onPaper()).toEqual({ letter: false, notice: true, pages: 1 });
    await page.evaluate(() => {
      document.documentElement.dataset.print = "letter";
    });
    expect((await onPaper()).letter).toBe(false);
    expect(await recorded()).toBe(0);
  });

  it("is recorded first, then printed on one sheet without the console around it; the title and the address name nobody", async () => {
    await setReview(region.deps, { ...firstSettings, contact }, reviewer.name);
    await page.reload();
    await toLetter();
    expect(await onPaper()).toMatchObject({ letter: false, notice: true });
    await press("印刷する（記録に残ります）");
    await page.getByText("印刷の記録").waitFor();
    expect(await recorded()).toBe(1);
    expect(await onPaper()).toEqual({ letter: true, notice: false, pages: 1 });
    await page.emulateMedia({ media: "print" });
    for (const around of [".bar", ".tabs"]) expect(await page.locator(around).isVisible()).toBe(false);
    await page.emulateMedia({ media: "screen" });
    for (const seen of [page.url(), await page.title()]) expect(seen).not.toMatch(/架空|太郎|review=/);
    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
    expect((await onPaper()).letter).toBe(false);
    expect(problems).toEqual([]);
  });
});
