/** A note's whole way in a real Chromium: written with the hub dead, there again after a cold start without a network, home once it is back. */
import { rmSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { newProfile, openBrowser } from "./lib/browser.ts";
import { clinicalWords, makeDemo } from "./lib/demo.ts";
import { startHub } from "./lib/hub-process.ts";
import { searchResidue } from "./lib/residue.ts";
import { breakGlass, enrol, joinWithPassphrase, picture, search, unlockWithPassphrase, waitForHome } from "./lib/steps.ts";

const people = 20;
const name = "notes";
const reason = "意識がない・話せない";

async function openFirst(page: Page): Promise<void> {
  await search(page, "灯台");
  await page.locator("button.hit").first().waitFor();
  await breakGlass(page, 0, reason);
  await page.getByRole("heading", { name: "端末メモ" }).waitFor();
}

it("outage → vital signs → cold start offline → still there, unsent → hub back → sent; nothing of it in the clear on the disk", async () => {
  const place = await makeDemo(people, null);
  let hub = await startHub(place);
  const profile = newProfile();
  const take = place.staff[0];
  if (take === undefined) throw new Error("the demo has no staff");

  const first = await openBrowser(profile, { viewport: { width: 390, height: 844 } });
  await first.page.goto(hub.origin);
  await enrol(first.page, place.enrolCode, "救急外来 タブレット1");
  const passphrase = await joinWithPassphrase(first.page, take.name, take.code);
  await waitForHome(first.page, place.people);
  // The program itself is on the disk only once its worker says so.
  await first.page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await hub.kill();

  await openFirst(first.page);
  await first.page.locator(".device-notes").getByRole("button", { name: "記録する" }).click();
  await first.page.getByRole("button", { name: "バイタル" }).click();
  await first.page.getByLabel("収縮期血圧 (mmHg)").fill("88");
  await first.page.getByLabel("拡張期血圧 (mmHg)").fill("52");
  await first.page.getByRole("textbox", { name: "瞳孔" }).fill("左右不同ボウケイソウ");
  await picture(first.page, name, "1-vitals");
  await first.page.getByRole("button", { name: "内容を確かめる" }).click();
  await first.page.getByText("88/52 mmHg").waitFor();
  await picture(first.page, name, "2-review");
  await first.page.getByRole("button", { name: "この端末に保存する" }).click();
  await first.page.getByRole("heading", { name: "この端末に保存しました（未送信）" }).waitFor();
  expect(first.problems).toEqual([]);
  // Neither locked nor asked: what was said to be saved must be there.
  await first.context.close();

  const second = await openBrowser(profile, { viewport: { width: 390, height: 844 } });
  await second.page.goto(hub.origin);
  await unlockWithPassphrase(second.page, passphrase);
  await openFirst(second.page);
  await second.page.getByText("88/52 mmHg").waitFor();
  await second.page.getByText("この端末に保存・未送信").waitFor();
  await picture(second.page, name, "3-still-there");
  expect(second.problems).toEqual([]);
  await second.context.close();

  const residue = searchResidue(profile, [...clinicalWords(people), "左右不同ボウケイソウ"]);
  expect(residue).toMatchObject({ unread: 0, found: [] });

  hub = await startHub(place);
  const third = await openBrowser(profile, { viewport: { width: 390, height: 844 } });
  await third.page.goto(hub.origin);
  await unlockWithPassphrase(third.page, passphrase);
  await third.page.getByText("閲覧記録はすべて送信済み").first().waitFor({ timeout: 60_000 });
  await openFirst(third.page);
  await third.page.getByText("ハブに届いた・病院の確認待ち").waitFor({ timeout: 60_000 });
  await picture(third.page, name, "4-sent");
  await third.context.close();
  await hub.kill();
  rmSync(profile, { recursive: true, force: true });
  rmSync(place.data, { recursive: true, force: true });
});
