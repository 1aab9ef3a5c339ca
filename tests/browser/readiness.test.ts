import { rmSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DevicesReadiness } from "../../src/shared/protocol/readinessConsole.ts";
import { newProfile, openBrowser } from "./lib/browser.ts";
import { type DemoPlace, makeDemo } from "./lib/demo.ts";
import { hubCommand, type RunningHub, startHub } from "./lib/hub-process.ts";
import { enrol, joinWithPassphrase, picture, unlockWithPassphrase, waitForHome } from "./lib/steps.ts";

const deviceName = "救急外来 タブレット7";
let place: DemoPlace;
let hub: RunningHub;
const profile = newProfile();
let browser: Awaited<ReturnType<typeof openBrowser>>;
let passphrase = "";

beforeAll(async () => {
  place = await makeDemo(40, null);
  hub = await startHub(place);
  browser = await openBrowser(profile);
});
afterAll(async () => {
  await browser.context.close();
  await hub.kill();
  rmSync(profile, { recursive: true, force: true });
  rmSync(place.data, { recursive: true, force: true });
});

const toReadiness = async (page: Page) => {
  await page.getByRole("button", { name: /^備え/ }).first().click();
  await page.locator(".checks").waitFor();
};
const lineOf = (page: Page, title: string) => page.locator(".check", { has: page.getByRole("heading", { name: title, exact: true }) });
const listed = (...more: string[]): DevicesReadiness => JSON.parse(hubCommand(place, "readiness", "--json", ...more));

describe("the installed app", () => {
  it("has a manifest without errors: its icons are there in their sizes, one may be masked, and shortcuts lead to scan and search", async () => {
    const { page } = browser;
    await page.goto(hub.origin);
    const session = await page.context().newCDPSession(page);
    const { errors, data } = await session.send("Page.getAppManifest");
    expect(errors).toEqual([]);
    const manifest = JSON.parse(data ?? "{}");
    expect(manifest).toMatchObject({ id: "/", start_url: "/", scope: "/", display: "standalone", lang: "ja" });
    expect(manifest.shortcuts.map(({ url }: { url: string }) => url)).toEqual(["/?to=scan", "/?to=search"]);
    for (const { name } of manifest.shortcuts) expect(name).toMatch(/[ぁ-ん]+.* [A-Z][a-z]+$/);
    expect(manifest.icons.some(({ purpose }: { purpose?: string }) => purpose === "maskable")).toBe(true);
    for (const { src, sizes } of manifest.icons.filter(({ sizes: size }: { sizes: string }) => size !== "any")) {
      const size = await page.evaluate(async (url) => {
        const image = await createImageBitmap(await (await fetch(url)).blob());
        return `${image.width}x${image.height}`;
      }, src);
      expect([src, size]).toEqual([src, sizes]);
    }
    // The profile of a test has no worker yet when it is asked; what else keeps Chromium from installing would stand here.
    const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
    expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito")).toEqual([]);
    await session.detach();
  });

  it("takes a shortcut's wish from the address before anything else, and leaves nothing of it there or in the history", async () => {
    const { page } = browser;
    await page.goto(`${hub.origin}/?to=scan`);
    await page.getByRole("heading", { name: "この端末を登録する" }).waitFor();
    expect(page.url()).toBe(`${hub.origin}/`);
    expect(await page.evaluate(() => sessionStorage.getItem("tomoshibi-to"))).toBe("scan");
    await page.evaluate(() => sessionStorage.removeItem("tomoshibi-to"));
    await page.goto(`${hub.origin}/?name=x`);
    await page.getByRole("heading", { name: "この端末を登録する" }).waitFor();
    expect(page.url()).toBe(`${hub.origin}/`);
    expect(await page.evaluate(() => sessionStorage.getItem("tomoshibi-to"))).toBeNull();
  });
});

describe("if the network died now", () => {
  it("is answered by the device, and the hub hears it", async () => {
    const { page, problems } = browser;
    const member = place.staff[0];
    if (member === undefined) throw new Error("the demo has no staff");
    await enrol(page, place.enrolCode, deviceName);
    passphrase = await joinWithPassphrase(page, member.name, member.code);
    await waitForHome(page, place.people);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await toReadiness(page);
    await page.getByRole("button", { name: "もう一度調べる" }).click();
    await lineOf(page, "試し開封").getByText("この端末の鍵で開きました").waitFor();
    const level = (title: string) => lineOf(page, title).locator(".check-level").textContent();
    for (const title of ["アプリ本体", "要約ファイル", "試し開封", "規則と名簿", "データの新しさ", "利用期限", "同期", "時計"])
      expect([title, await level(title)]).toEqual([title, expect.stringContaining("良好")]);
    expect(await level("インストール")).toContain("注意");
    expect(await lineOf(page, "アプリ本体").textContent()).toMatch(/版 0\.1\.0（[0-9a-f]{16}）/);
    await picture(page, "readiness", "answer");

    const device = listed().devices.find(({ name }) => name === deviceName);
    expect(device).toMatchObject({
      standing: "told",
      report: { version: "0.1.0", lines: { packs: "green", rules: "green", installed: "amber" } },
    });
    expect(JSON.stringify(device)).not.toContain(member.name);
    expect(problems).toEqual([]);
  });

  it("a disk that lost some packs says so while there is no hub, and mends itself with one", async () => {
    const { page } = browser;
    await page.evaluate(async () => {
      const db = await new Promise<IDBDatabase>((done, failed) => {
        const opening = indexedDB.open("tomoshibi-vault");
        opening.onsuccess = () => done(opening.result);
        opening.onerror = () => failed(opening.error);
      });
      const work = db.transaction("packs", "readwrite");
      const keys = await new Promise<IDBValidKey[]>((done) => {
        const asking = work.objectStore("packs").getAllKeys();
        asking.onsuccess = () => done(asking.result);
      });
      for (const key of keys.slice(0, 7)) work.objectStore("packs").delete(key);
      await new Promise((done) => {
        work.oncomplete = done;
      });
      db.close();
    });
    await hub.kill();
    await page.reload();
    await unlockWithPassphrase(page, passphrase);
    await page.getByText("ファイル 7個がこの端末から消えています").waitFor();
    await picture(page, "readiness", "files-lost");
    hub = await startHub(place);
    await page.getByRole("button", { name: "今すぐ取り直す" }).click();
    await page.getByText("保存データの一部が失われています").waitFor({ state: "detached" });
    await toReadiness(page);
    expect(await lineOf(page, "要約ファイル").textContent()).toContain("すべてあります");
  });

  it("a browser that threw the databases away is not taken for a new device", async () => {
    const { page } = browser;
    const session = await page.context().newCDPSession(page);
    await page.goto("about:blank");
    await session.send("Storage.clearDataForOrigin", { origin: hub.origin, storageTypes: "indexeddb" });
    await page.goto(hub.origin);
    await page.getByText("この端末の保存データが消えています").waitFor();
    await page.getByText(`「${deviceName}」として登録されていました`).waitFor();
    await picture(page, "readiness", "vault-lost");

    // Whatever else goes with it, as other browsers do: the cookie still tells that there was something.
    await page.goto("about:blank");
    await session.send("Storage.clearDataForOrigin", { origin: hub.origin, storageTypes: "indexeddb,local_storage" });
    await page.goto(hub.origin);
    await page.getByText("この端末は前に登録されていました").waitFor();
    await session.detach();
  });

  it("the operator sees every device of every site, what is not good about it, and the program it runs", async () => {
    expect(() => listed("--silent-days", "0")).toThrow(/cli-usage/);
    const page = await browser.context.newPage();
    await page.goto(hub.consoleOrigin);
    await page.getByLabel("名前").fill(place.reviewer.name);
    await page.getByLabel("パスフレーズ").fill(place.reviewer.passphrase);
    await page.getByRole("button", { name: "サインイン" }).click();
    await page.getByRole("button", { name: "端末の備え" }).click();
    const row = page.getByRole("row", { name: new RegExp(deviceName) });
    await row.waitFor();
    expect(await row.textContent()).toMatch(/インストール.*注意.*0\.1\.0 [0-9a-f]{16}/);
    await picture(page, "readiness", "console");
    await page.close();
  });
});
