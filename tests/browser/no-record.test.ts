import { rmSync } from "node:fs";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newProfile, openBrowser } from "./lib/browser.ts";
import { type DemoPlace, makeDemo } from "./lib/demo.ts";
import { type RunningHub, startHub } from "./lib/hub-process.ts";
import { breakGlass, enrol, joinWithPassphrase, picture, search, waitForHome } from "./lib/steps.ts";

/** Fills the origin's quota with a database of its own, down to the last hundred bytes. */
async function fillDisk(page: Page): Promise<void> {
  const refused = await page.evaluate(async () => {
    const open = indexedDB.open("filler", 1);
    const db = await new Promise<IDBDatabase>((done) => {
      open.onupgradeneeded = () => open.result.createObjectStore("rows", { autoIncrement: true });
      open.onsuccess = () => done(open.result);
    });
    let last = "";
    for (const size of [4_000_000, 400_000, 40_000, 4_000, 100]) {
      for (let i = 0; i < 400; i++) {
        const change = db.transaction("rows", "readwrite", { durability: "strict" });
        // Random in pieces: what compresses would not fill a disk.
        const pieces = Array.from({ length: Math.ceil(size / 60_000) }, () =>
          crypto.getRandomValues(new Uint8Array(Math.min(size, 60_000))),
        );
        change.objectStore("rows").add(pieces);
        last = await new Promise<string>((done) => {
          change.oncomplete = () => done("");
          change.onabort = () => done(String(change.error));
        });
        if (last !== "") break;
      }
    }
    db.close();
    return last;
  });
  expect(refused).toContain("QuotaExceededError");
}

/** No opening without a record: the disk refuses the entry, so nothing opens, and the screen says so. */
describe("when the journal cannot be written", () => {
  const profile = newProfile();
  let place: DemoPlace;
  let hub: RunningHub;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    place = await makeDemo(40, null);
    hub = await startHub(place);
    ({ context, page } = await openBrowser(profile));
    const cdp = await context.newCDPSession(page);
    await cdp.send("Storage.overrideQuotaForOrigin", { origin: hub.origin, quotaSize: 40_000_000 });
    await page.goto(hub.origin);
    await enrol(page, place.enrolCode, "救急外来 タブレット2");
    const member = place.staff[0];
    if (member === undefined) throw new Error("the demo has no staff");
    await joinWithPassphrase(page, member.name, member.code);
    await waitForHome(page, place.people);
    await search(page, "灯台花子");
  });
  afterAll(async () => {
    await context.close();
    await hub.kill();
    rmSync(profile, { recursive: true, force: true });
    rmSync(place.data, { recursive: true, force: true });
  });

  async function nothingOpens(shot: string): Promise<void> {
    await page.locator("button.hit").first().click();
    await page.getByRole("button", { name: "意識がない・話せない" }).click();
    await page.getByText("何も開いていません", { exact: true }).waitFor();
    await page.getByText("紙の緊急閲覧票").waitFor();
    await picture(page, "no-record", shot);
    expect(await page.getByText("コード・名称から機械的に抽出").count()).toBe(0);
    await page.getByRole("button", { name: "戻る" }).first().click();
  }

  it("opens nothing on a full disk, and opens again once there is room", async () => {
    await fillDisk(page);
    await nothingOpens("quota");
    await page.evaluate(async () => {
      const gone = indexedDB.deleteDatabase("filler");
      await new Promise((done) => {
        gone.onsuccess = done;
      });
    });
    await breakGlass(page, 0, "意識がない・話せない");
    await page.getByRole("button", { name: "閲覧を終える", exact: true }).click();
  });

  it("opens nothing when the browser has closed the database under the page", async () => {
    await page.evaluate(() => {
      IDBObjectStore.prototype.add = () => {
        throw new DOMException("The database connection is closing.", "InvalidStateError");
      };
    });
    await nothingOpens("closed");
  });
});
