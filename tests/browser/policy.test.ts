import { rmSync } from "node:fs";
import { pino } from "pino";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Serving, serveHub } from "../../src/hub/main.ts";
import { openKeys } from "../../src/hub/publish/index.ts";
import { systemClock } from "../../src/shared/clock.ts";
import { testStores } from "../hub/store/open.ts";
import { newProfile, openBrowser } from "./lib/browser.ts";

/** What a script that got in would try: each answer is the directive or error that stopped it, or "through". */
async function attempts(page: Page): Promise<Record<string, string>> {
  return page.evaluate(async () => {
    const violated = (act: () => unknown) =>
      new Promise<string>((done) => {
        const heard = (event: SecurityPolicyViolationEvent) => done(event.effectiveDirective);
        document.addEventListener("securitypolicyviolation", heard, { once: true });
        setTimeout(() => {
          document.removeEventListener("securitypolicyviolation", heard);
          done("through");
        }, 3000);
        Promise.resolve()
          .then(act)
          .catch(() => undefined);
      });
    const add = (name: string, set: (element: HTMLElement) => void) => () => {
      const element = document.createElement(name);
      set(element);
      document.body.append(element);
    };
    return {
      markup: await violated(() => {
        document.body.insertAdjacentHTML("beforeend", "<img src=x onerror=alert(1)>");
      }),
      inlineScript: await violated(add("script", (element) => element.append(document.createTextNode("globalThis.inside = 1")))),
      handler: await violated(add("button", (element) => element.setAttribute("onclick", "globalThis.inside = 1"))),
      policy: await violated(() => window.trustedTypes?.createPolicy("another", {})),
      fetch: await violated(() => fetch("https://example.invalid/")),
      frame: await violated(add("iframe", (element) => element.setAttribute("src", "https://example.invalid/"))),
      style: await violated(add("style", (element) => element.append(document.createTextNode("body{}")))),
      image: await violated(add("img", (element) => element.setAttribute("src", "https://example.invalid/x.png"))),
      plugin: await violated(add("embed", (element) => element.setAttribute("src", "/icon.svg"))),
      base: await violated(add("base", (element) => element.setAttribute("href", "https://example.invalid/"))),
      inside: "inside" in globalThis ? "through" : "kept out",
    };
  });
}

describe("the built pages under the hub's own headers", () => {
  const stores = testStores();
  const profile = newProfile();
  let serving: Serving;
  let context: BrowserContext;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    const store = await stores.open("sqlite");
    const deps = { store, clock: systemClock, log: pino({ level: "silent" }), keys: await openKeys(store.dataDir) };
    serving = await serveHub({ port: 0, consolePort: 0 }, deps);
    ({ context, page, problems } = await openBrowser(profile));
  });
  afterAll(async () => {
    await context.close();
    await serving.close();
    rmSync(profile, { recursive: true, force: true });
  });

  it.each(["viewer", "console"] as const)("the %s starts without a violation, and lets nothing in and nothing out", async (name) => {
    problems.length = 0;
    await page.goto(serving[name]);
    await page.locator("main").first().waitFor();
    // The console asks whether somebody is signed in; the browser names the 401 that says no.
    expect(problems.filter((problem) => !problem.includes("401"))).toEqual([]);
    // No page of another site shares its process: what Spectre and its kin would need.
    expect(await page.evaluate(() => [crossOriginIsolated, isSecureContext, window.opener])).toEqual([true, true, null]);
    expect(await attempts(page)).toEqual({
      markup: "require-trusted-types-for",
      inlineScript: expect.stringMatching(/^(script-src-elem|require-trusted-types-for)$/),
      handler: expect.stringMatching(/^(script-src-attr|require-trusted-types-for)$/),
      policy: "trusted-types",
      fetch: "connect-src",
      frame: "frame-src",
      style: "style-src-elem",
      image: "img-src",
      plugin: "require-trusted-types-for",
      base: "base-uri",
      inside: "kept out",
    });
  });

  it("the worker keeps the shell and no answer of the hub; plain storage names nobody", async () => {
    await page.goto(serving.viewer);
    const kept = await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      await fetch("/api/ping");
      const names = await Promise.all(
        (await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)),
      );
      return { urls: names.flat(), plain: Object.keys(localStorage), session: Object.keys(sessionStorage) };
    });
    expect(kept.urls.some((url) => url.includes("/index.html"))).toBe(true);
    expect(kept.urls.filter((url) => /\/(api|packs|bundles)\//.test(url))).toEqual([]);
    expect([kept.plain.filter((name) => name !== "tomoshibi-display"), kept.session]).toEqual([[], []]);
  });
});
