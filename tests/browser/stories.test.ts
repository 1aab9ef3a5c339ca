/**
 * The three stories that the product is for, lived in a real Chromium with the hub dead, from a sleeping device, unlock included. Taps are
 * counted and held; times are printed and kept among the artefacts (docs/bedside.md quotes them), never asserted.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { region } from "../../src/hub/synth/index.ts";
import { openBrowser } from "./lib/browser.ts";
import { cameraShowing } from "./lib/camera.ts";
import { demoRegion } from "./lib/demo.ts";
import { type Enrolled, enrolledDevice } from "./lib/enrolled.ts";
import { startHub } from "./lib/hub-process.ts";
import { breakGlass, picture, search, unlockWithPassphrase } from "./lib/steps.ts";
import { watchHands } from "./lib/taps.ts";

const figures: Record<string, unknown> = {};
/** Enough for sixty of the clinic's own. */
const cared = 150;
let device: Enrolled | null = null;

afterEach(async () => {
  await device?.destroy();
  device = null;
  mkdirSync("artefacts/stories", { recursive: true });
  writeFileSync("artefacts/stories/figures.json", `${JSON.stringify(figures, null, 2)}\n`);
});

describe("an emergency physician during a transfer", () => {
  it("from a cold start with no hub: unlock, search, and two taps to what kills first", async () => {
    device = await enrolledDevice(40, "救急外来 タブレット1");
    await device.hub.kill();
    const { context, page, problems } = await openBrowser(device.profile);
    const hands = await watchHands(page);
    hands.begin();
    await page.goto(device.hub.origin);
    await page.getByLabel("パスフレーズ", { exact: true }).waitFor();
    const toLock = hands.milliseconds();
    await unlockWithPassphrase(page, device.passphrase);
    const toHome = hands.milliseconds();
    await search(page, "灯台花子");
    await page.locator("button.hit").first().waitFor();
    const before = hands.taps();
    await breakGlass(page, 0, "意識がない・話せない");
    expect(hands.taps() - before).toBe(2);
    // One more for the whole way: the button that unlocks.
    expect(hands.taps()).toBeLessThanOrEqual(3);
    figures.physician = { taps: hands.taps(), toLockScreen: toLock, toHome, toStrip: hands.milliseconds() };
    await picture(page, "stories", "physician-strip");
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe("a paramedic with no signal", () => {
  it("scans the code of a patient's hospital card: two taps from home to the strip", async () => {
    device = await enrolledDevice(40, "救急車 1", "paramedic");
    await device.hub.kill();
    const { record, number } = soleNumber(40);
    const film = join(device.place.data, "camera.y4m");
    const { context, page, problems } = await openBrowser(device.profile, {
      viewport: { width: 390, height: 844 },
      args: cameraShowing(number, film),
    });
    const hands = await watchHands(page);
    hands.begin();
    await page.goto(device.hub.origin);
    await unlockWithPassphrase(page, device.passphrase);
    const before = hands.taps();
    const home = hands.milliseconds();
    await page.getByRole("button", { name: "カードや用紙を読み取る" }).click();
    await page.getByText(`${record.family} ${record.given}`).first().waitFor();
    const read = hands.milliseconds();
    await page.getByRole("button", { name: "意識がない・話せない" }).click();
    await page.getByText("コード・名称から機械的に抽出").first().waitFor();
    expect(hands.taps() - before).toBe(2);
    figures.paramedic = { taps: hands.taps(), toHome: home, scanned: read, toStrip: hands.milliseconds() };
    await picture(page, "stories", "paramedic-strip");
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe("a clinic whose line and power are gone", () => {
  it("sees sixty people in one outage session: two taps a person to the whole page, one entry for each part, and all of it comes home", async () => {
    device = await enrolledDevice(cared, "診察室 タブレット");
    await device.hub.kill();
    const { context, page, problems } = await openBrowser(device.profile, { viewport: { width: 820, height: 1180 } });
    const hands = await watchHands(page);
    await page.goto(device.hub.origin);
    await unlockWithPassphrase(page, device.passphrase);
    await page.getByRole("button", { name: "システム停止中の診療" }).click();
    await page.getByLabel("何が止まっているか").fill("停電");
    await page.getByRole("button", { name: "システム停止を宣言する" }).click();
    await page.getByLabel("患者をさがす").waitFor();
    const numbers = ownNumbers(cared);
    const taps: number[] = [];
    const times: number[] = [];
    for (const number of numbers.slice(0, 60)) {
      await search(page, number);
      await page.locator("button.hit").first().waitFor();
      hands.begin();
      await page.locator("button.hit").first().click();
      await page.locator(".other-ways .reason").first().click();
      await page.locator(".page").waitFor();
      taps.push(hands.taps());
      times.push(hands.milliseconds());
      await page.getByRole("button", { name: "閲覧を終える", exact: true }).click();
      await page.getByLabel("患者をさがす").waitFor();
    }
    expect(taps).toEqual(Array.from({ length: 60 }, () => 2));
    await page.getByText("開いた人 60件").waitFor();
    await picture(page, "stories", "clinic-sixty");
    times.sort((a, b) => a - b);
    figures.clinic = { people: times.length, tapsEach: 2, medianMs: times[30], slowestMs: times[59] };

    const hub = await startHub(device.place);
    await page.getByRole("button", { name: "消す", exact: true }).click();
    await page.getByText("閲覧記録はすべて送信済み").first().waitFor({ timeout: 120_000 });
    await hub.kill();
    const { faults, size } = JSON.parse(device.command("audit", "verify", "--json"));
    expect(faults.counts).toEqual({});
    // Strip and rest of each person, and the ends of both.
    expect(size).toBeGreaterThanOrEqual(60 * 3);
    expect(problems).toEqual([]);
    await context.close();
  });
});

/** A hospital number that one person alone bears, as the barcode of that hospital's card has it. */
function soleNumber(people: number) {
  const number = ownNumbers(people)[0];
  const { seed, today } = demoRegion;
  const records = region(people, seed, today.replaceAll("-", "")).people.flatMap((person) => person.records);
  const record = records.find(({ pid }) => pid === number);
  if (number === undefined || record === undefined) throw new Error("nobody has a number of their own");
  return { number, record };
}

/** Numbers at the clinic's own hospital (the region's first, prepareDemo), one a person, that nobody else bears anywhere. */
function ownNumbers(people: number): string[] {
  const { seed, today } = demoRegion;
  const everybody = region(people, seed, today.replaceAll("-", "")).people;
  const count = new Map<string, number>();
  for (const { pid } of everybody.flatMap(({ records }) => records)) count.set(pid, (count.get(pid) ?? 0) + 1);
  const own = (facility: { readonly code: string }) => facility.code === "1310000001";
  return everybody.flatMap(({ records }) =>
    records.filter(({ facility, pid }) => own(facility) && count.get(pid) === 1).map(({ pid }) => pid),
  );
}
