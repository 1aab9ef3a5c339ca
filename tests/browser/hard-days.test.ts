/** Days on which something is wrong with the device itself: a slow one, a clock a year off, two tabs, a disk that is full. */
import { rmSync } from "node:fs";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { newProfile, type OpenOptions, openBrowser } from "./lib/browser.ts";
import { makeDemo } from "./lib/demo.ts";
import { type Enrolled, enrolledDevice } from "./lib/enrolled.ts";
import { type RunningHub, startHub } from "./lib/hub-process.ts";
import {
  breakGlass,
  confirmIdentity,
  enrol,
  joinWithPassphrase,
  lock,
  openRest,
  picture,
  search,
  unlockWithPassphrase,
  waitForHome,
} from "./lib/steps.ts";

const yearMs = 365 * 86_400_000;
const emergency = "意識がない・話せない";

let device: Enrolled;
beforeAll(async () => {
  device = await enrolledDevice(40, "救急外来 タブレット5");
  await device.hub.kill();
});
/** A profile belongs to one browser: what a test leaves open is closed before the next. */
const browsers: BrowserContext[] = [];
const open = async (options: OpenOptions = {}) => {
  const opened = await openBrowser(device.profile, options);
  browsers.push(opened.context);
  return opened;
};
afterEach(async () => {
  for (const context of browsers.splice(0)) await context.close();
});
afterAll(() => device.destroy());

/** The page's clock is off by so much; the machine's own is left alone. */
async function shiftClock(context: BrowserContext, ms: number): Promise<void> {
  await context.addInitScript((off) => {
    const Real = Date;
    const now = () => Real.now() + off;
    globalThis.Date = new Proxy(Real, {
      construct: (target, args) => (args.length === 0 ? new target(now()) : Reflect.construct(target, args)),
      apply: () => new Real(now()).toString(),
      get: (target, name) => (name === "now" ? now : Reflect.get(target, name)),
    });
  }, ms);
}

const findsAndOpens = async (page: Page, who = "灯台花子") => {
  await search(page, who);
  await page.locator("button.hit").first().waitFor();
  await breakGlass(page, 0, emergency);
};

describe("a device six times slower, with no hub", () => {
  it("goes the whole way from a cold start to the page, and everything it says on the way can be pressed", async () => {
    const { context, page, problems } = await open({ viewport: { width: 390, height: 844 } });
    const cdp = await context.newCDPSession(page);
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: 6 });
    const began = Date.now();
    await page.goto(device.hub.origin);
    await unlockWithPassphrase(page, device.passphrase);
    await findsAndOpens(page);
    console.log(`six times slower: cold start to the strip in ${Date.now() - began} ms`);
    await confirmIdentity(page);
    await openRest(page, "救急の診断・治療に必要");
    await picture(page, "hard-days", "slow-page");
    expect(problems).toEqual([]);
    await lock(page);
  });
});

describe("a clock that is a year behind, with no hub", () => {
  it("opens all the same, says that the clock is wrong, and marks every age as doubtful", async () => {
    const { context, page } = await open();
    await shiftClock(context, -yearMs);
    await page.goto(device.hub.origin);
    await unlockWithPassphrase(page, device.passphrase);
    await page
      .getByText(/時計.*遅れ/)
      .first()
      .waitFor();
    await findsAndOpens(page);
    await page.getByText("端末の時計ずれ").first().waitFor();
    expect(await page.locator(".banner-facts").textContent()).toContain("？");
    await picture(page, "hard-days", "clock-behind");
    await lock(page);
  });
});

describe("two tabs of one device", () => {
  it("open two people at once, and their entries make one unbroken chain", async () => {
    const { context, page } = await open();
    const other = await context.newPage();
    for (const each of [page, other]) {
      await each.goto(device.hub.origin);
      await unlockWithPassphrase(each, device.passphrase);
      await search(each, "灯台");
      await each.locator("button.hit").nth(1).waitFor();
    }
    // At the same moment: whoever comes second waits for the other's entry, and for nothing else.
    for (let round = 0; round < 3; round++) {
      await Promise.all([breakGlass(page, 0, emergency), breakGlass(other, 1, emergency)]);
      const names = await Promise.all([page, other].map((each) => each.locator(".banner-name").textContent()));
      expect(names[0]).not.toBe(names[1]);
      for (const each of [page, other]) {
        await each.getByRole("button", { name: "閲覧を終える", exact: true }).click();
        await each.locator("button.hit").nth(1).waitFor();
      }
    }
    await Promise.all([lock(page), lock(other)]);
    const hub = await startHub(device.place);
    await unlockWithPassphrase(page, device.passphrase);
    await page.getByRole("button", { name: "ハブと同期する" }).click();
    await page.getByText("閲覧記録はすべて送信済み").first().waitFor({ timeout: 90_000 });
    await hub.kill();
    const { faults, chains, size } = JSON.parse(device.command("audit", "verify", "--json"));
    expect({ faults: faults.counts, chains }).toEqual({ faults: {}, chains: 1 });
    expect(size).toBeGreaterThanOrEqual(6);
    await lock(page);
  });
});

describe("a clock that is a year ahead, with no hub", () => {
  let hub: RunningHub | null = null;
  afterAll(async () => void (await hub?.kill()));

  it("opens nothing by the clock alone and destroys nothing; as soon as the hub says the time, everything opens again", async () => {
    const ahead = await open();
    await shiftClock(ahead.context, yearMs);
    await ahead.page.goto(device.hub.origin);
    await ahead.page.getByLabel("パスフレーズ", { exact: true }).fill(device.passphrase);
    await ahead.page.getByRole("button", { name: "解錠する", exact: true }).click();
    await ahead.page.getByRole("heading", { name: "端末の時計では、利用期限が過ぎています" }).waitFor();
    expect(await ahead.page.getByLabel("患者をさがす").count()).toBe(0);
    await picture(ahead.page, "hard-days", "clock-ahead");
    await ahead.context.close();

    hub = await startHub(device.place);
    const { page } = await open();
    await page.goto(device.hub.origin);
    await page.getByLabel("パスフレーズ", { exact: true }).fill(device.passphrase);
    await page.getByRole("button", { name: "解錠する", exact: true }).click();
    await page.getByLabel("患者をさがす").waitFor({ timeout: 60_000 });
    await findsAndOpens(page);
  });
});

describe("a disk that fills up during the first pull", () => {
  it("says so, keeps what came, and goes on from there once there is room", async () => {
    const place = await makeDemo(120, null);
    const hub = await startHub(place);
    const profile = newProfile();
    const { context, page } = await openBrowser(profile);
    browsers.push(context);
    const cdp = await context.newCDPSession(page);
    const member = place.staff[0];
    if (member === undefined) throw new Error("the demo has no staff");
    await page.goto(hub.origin);
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    const { usage } = await cdp.send("Storage.getUsageAndQuota", { origin: hub.origin });
    await cdp.send("Storage.overrideQuotaForOrigin", { origin: hub.origin, quotaSize: usage + 300_000 });
    await enrol(page, place.enrolCode, "救急外来 タブレット6");
    await joinWithPassphrase(page, member.name, member.code);
    await page.getByText("storage-full").waitFor({ timeout: 60_000 });
    await page.getByText("端末の空き容量が足りません").waitFor();
    await picture(page, "hard-days", "full-pull");
    await cdp.send("Storage.overrideQuotaForOrigin", { origin: hub.origin });
    await page.getByRole("button", { name: /続き|再開|もう一度/ }).click();
    await waitForHome(page, place.people);
    await hub.kill();
    for (const folder of [profile, place.data]) rmSync(folder, { recursive: true, force: true });
  });
});
