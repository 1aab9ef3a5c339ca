/**
 * shell: cold start of the browser with the server gone, from the navigation to the lock screen, against an empty React PWA built the
 * same way. Both pages are cached whole by their workers; the viewer belongs to an enrolled device with people in its vault.
 */
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "playwright-core";
import { newProfile, openBrowser } from "../tests/browser/lib/browser.ts";
import { makeDemo } from "../tests/browser/lib/demo.ts";
import { startHub } from "../tests/browser/lib/hub-process.ts";
import { enrol, joinWithPassphrase, waitForHome } from "../tests/browser/lib/steps.ts";
import type { Figure } from "./bench.ts";
import { buildEmptyPwa } from "./lib/empty-pwa.ts";
import { serveFolder } from "./lib/serve.ts";
import { partTable, shellParts, total } from "./lib/shell-parts.ts";
import { inTurn, median, rounded } from "./lib/stats.ts";

const runs = 9;
const root = resolve(import.meta.dirname, "..");

interface Installed {
  readonly profile: string;
  readonly origin: string;
}

export default async function run(): Promise<Figure> {
  execFileSync(process.execPath, ["-e", "import('./scripts/lib/build.mjs').then((part) => part.ensureBuilt())"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const parts = shellParts(resolve(root, "dist/viewer"));
  process.stderr.write(`${partTable(parts)}\n`);
  const viewer = await installViewer();
  const empty = await installEmpty();
  const times = await inTurn(
    runs,
    () => coldStart(viewer, ".screen h1"),
    () => coldStart(empty, "h1[data-ready]"),
  );
  for (const { profile } of [viewer, empty]) rmSync(profile, { recursive: true, force: true });
  return {
    ratio: median(times.a) / median(times.b),
    reference: "an empty React PWA built by the same vite and plugin, to its first painted word",
    detail: {
      viewerMs: rounded(times.a),
      emptyMs: rounded(times.b),
      runs,
      shellGzipBytes: total(parts.first),
      laterGzipBytes: total(parts.lazy),
    },
  };
}

/** Enrols a device with one member, pulls, and leaves it locked with its hub gone. */
async function installViewer(): Promise<Installed> {
  const place = await makeDemo(40, null);
  const hub = await startHub(place);
  const profile = newProfile();
  const { context, page } = await openBrowser(profile);
  const member = place.staff[0];
  if (member === undefined) throw new Error("the demo has no staff");
  await page.goto(hub.origin);
  await enrol(page, place.enrolCode, "bench");
  await joinWithPassphrase(page, member.name, member.code);
  await waitForHome(page, place.people);
  await workerReady(page);
  await context.close();
  await hub.kill();
  rmSync(place.data, { recursive: true, force: true });
  return { profile, origin: hub.origin };
}

async function installEmpty(): Promise<Installed> {
  const served = await serveFolder(await buildEmptyPwa());
  const profile = newProfile();
  const { context, page } = await openBrowser(profile);
  await page.goto(served.origin);
  await workerReady(page);
  await context.close();
  await served.close();
  return { profile, origin: served.origin };
}

async function workerReady(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

/** A new browser process each time; ms from the navigation's start to the frame after `selector` stands, by the page's own clock. */
async function coldStart({ profile, origin }: Installed, selector: string): Promise<number> {
  const { context, page } = await openBrowser(profile);
  // As text: a compiler's helper names would not exist in the page.
  await page.addInitScript({ content: `(${watcher})(${JSON.stringify(selector)})` });
  await page.goto(origin);
  const ready = await page.waitForFunction(() => (window as { benchReady?: number }).benchReady);
  const ms = (await ready.jsonValue()) ?? Number.NaN;
  await context.close();
  return ms;
}

const watcher = `(wanted) => requestAnimationFrame(function look() {
  if (document.querySelector(wanted) === null) requestAnimationFrame(look);
  else requestAnimationFrame(() => { window.benchReady = performance.now(); });
})`;
