/** A drill in a real browser: begun from the real device, unmistakable, deleted at its end, its record signed into the real journal. */
import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { newProfile, openBrowser } from "./lib/browser.ts";
import { makeDemo } from "./lib/demo.ts";
import { startHub } from "./lib/hub-process.ts";
import {
  breakGlass,
  confirmIdentity,
  enrol,
  joinWithPassphrase,
  openRest,
  picture,
  search,
  unlockWithPassphrase,
  waitForHome,
} from "./lib/steps.ts";

const people = 12;

test("practises the whole flow with no hub, shows nobody real, and leaves only its signed record", async () => {
  const place = await makeDemo(people, null);
  const hub = await startHub(place);
  const profile = newProfile();
  const { context, page, problems } = await openBrowser(profile, { viewport: { width: 820, height: 1180 } });
  try {
    await page.goto(hub.origin);
    await enrol(page, place.enrolCode, "救急外来 タブレット1");
    const member = place.staff[0];
    if (member === undefined) throw new Error("the demo has no staff");
    const passphrase = await joinWithPassphrase(page, member.name, member.code);
    await waitForHome(page, place.people);

    await page.getByRole("button", { name: "災害・訓練" }).click();
    await page.getByRole("heading", { name: "災害・訓練" }).waitFor();
    await picture(page, "drill", "1-emergency");
    await page.getByLabel("災害の宣言がある想定で始める").check();
    await page.getByRole("button", { name: "訓練を始める" }).click();

    const bar = page.getByRole("complementary", { name: "訓練中" });
    await bar.waitFor();
    const words = ((await bar.getByText("訓練用のパスフレーズ").textContent()) ?? "").split("：")[1] ?? "";
    await picture(page, "drill", "2-locked");
    await unlockWithPassphrase(page, words);
    await search(page, "訓練");
    expect(await page.locator("button.hit").count()).toBe(8);
    for (const name of await page.locator("button.hit").allInnerTexts()) expect(name).toContain("訓練");
    await picture(page, "drill", "3-found");
    await breakGlass(page, 0, "意識がない・話せない");
    await picture(page, "drill", "4-strip");
    await confirmIdentity(page);
    await openRest(page, "救急の診断・治療に必要");
    await page.getByRole("button", { name: "閲覧を終える" }).first().click();
    await page.getByLabel("患者をさがす").waitFor();
    await search(page, "");
    await page.getByRole("button", { name: "災害・訓練" }).click();
    await page.getByText("災害対応中：訓練").waitFor();
    await page.getByRole("button", { name: /名簿を開く/ }).click();
    await page.getByRole("heading", { name: "救助が要る人の名簿" }).waitFor();
    await picture(page, "drill", "5-rescue");
    await bar.getByRole("button", { name: "訓練を終える" }).click();

    // The real device again: its lock screen, no stripe, and its own passphrase.
    await page.getByRole("heading", { name: /解錠/ }).first().waitFor();
    expect(await page.locator(".drill-bar").count()).toBe(0);
    await page.getByLabel("パスフレーズ", { exact: true }).fill(passphrase);
    await page.getByRole("button", { name: "解錠する", exact: true }).click();
    await page.getByRole("heading", { name: "訓練記録" }).waitFor();
    await page.getByText("記録の指紋").waitFor();
    await picture(page, "drill", "6-record");
    const record = await page.getByRole("main").textContent();
    for (const step of ["解錠", "危険情報の表示", "本人確認", "要約全体の表示", "救助名簿"]) expect(record).toContain(step);
    expect(record).not.toMatch(/実施せず|灯台 花子|トウダイ/);
    const left = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ""));
    expect(left.filter((name) => name.includes("drill"))).toEqual([]);
    await page.getByRole("button", { name: "閉じる" }).click();
    await page.getByLabel("患者をさがす").waitFor();
    expect(problems).toEqual([]);
  } finally {
    await context.close();
    await hub.kill();
    for (const folder of [profile, place.data]) rmSync(folder, { recursive: true, force: true });
  }
});
