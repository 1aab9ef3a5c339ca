import { rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { newProfile, openBrowser } from "./lib/browser.ts";
import { makeDemo } from "./lib/demo.ts";
import { startHub } from "./lib/hub-process.ts";
import { serveShell } from "./lib/shell-server.ts";
import { breakGlass, enrol, joinWithPassphrase, lock, picture, search, waitForHome } from "./lib/steps.ts";

describe("a new version of the viewer", () => {
  it("waits under a patient, is offered at the lock screen, and then replaces the whole shell; no patient data is ever cached by the worker", async () => {
    const place = await makeDemo(40, null);
    const hub = await startHub(place);
    const shell = await serveShell(place.port);
    const profile = newProfile();
    const { context, page } = await openBrowser(profile);
    const member = place.staff[0];
    if (member === undefined) throw new Error("the demo has no staff");
    await page.goto(shell.origin);
    await enrol(page, place.enrolCode, "救急外来 タブレット3");
    await joinWithPassphrase(page, member.name, member.code);
    await waitForHome(page, place.people);
    await search(page, "灯台花子");
    await breakGlass(page, 0, "意識がない・話せない");

    shell.release("b2");
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      await registration.update();
      for (let i = 0; i < 100 && registration.waiting === null; i++) await new Promise((done) => setTimeout(done, 100));
      if (registration.waiting === null) throw new Error("the new worker does not wait");
    });
    expect(await page.getByText("新しい版を使えます").count()).toBe(0);
    expect(await page.getByText("コード・名称から機械的に抽出").count()).toBeGreaterThan(0);
    expect(await page.locator("html").getAttribute("data-release")).toBeNull();

    await page.goBack();
    await search(page, "");
    await page.getByRole("button", { name: /^備え/ }).first().click();
    await page.locator(".check", { hasText: "新しい版が待っています" }).getByRole("button", { name: "ロックする" }).waitFor();
    expect(await page.locator("html").getAttribute("data-release")).toBeNull();

    await lock(page);
    await page.getByText("新しい版を使えます").waitFor();
    await picture(page, "update", "offered");
    expect(await page.locator("html").getAttribute("data-release")).toBeNull();

    const other = await context.newPage();
    await other.goto(shell.origin);
    await other.getByText(`${member.name} として解錠`).waitFor();
    await page.bringToFront();
    await page.getByRole("button", { name: "更新して読み込み直す" }).click();
    await page.getByText("ほかの画面（タブ）でこのアプリが開いています").waitFor();
    expect(await page.locator("html").getAttribute("data-release")).toBeNull();
    await other.close();

    await page.getByRole("button", { name: "更新して読み込み直す" }).click();
    await page.waitForFunction(() => document.documentElement.dataset.release === "b2");
    await page.getByText(`${member.name} として解錠`).waitFor();

    const cached = await page.evaluate(async () => {
      const urls: string[] = [];
      for (const name of await caches.keys())
        for (const entry of await (await caches.open(name)).keys()) urls.push(new URL(entry.url).pathname);
      return urls;
    });
    expect(cached).toContain("/index.html");
    expect(cached.filter((path) => /^\/(api|packs|bundles)\//.test(path))).toEqual([]);

    await context.close();
    await shell.close();
    await hub.kill();
    rmSync(profile, { recursive: true, force: true });
    rmSync(place.data, { recursive: true, force: true });
  });
});
