/** The twelve named cases from the hub's own pipeline, drawn by the viewer's own screens: shared by the pictures and the test. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import react from "@vitejs/plugin-react";
import type { BrowserContext, Page } from "playwright-core";
import { build } from "vite";
import { type Served, serveFolder } from "../../../bench/lib/serve.ts";
import { setConsentDefault } from "../../../src/hub/people/consentRecord.ts";
import { openStore } from "../../../src/hub/store/store.ts";
import type { WrittenCase } from "../../../src/hub/synth/cases/index.ts";
import { type Told, takeCases } from "../../hub/synth/case-summaries.ts";

/** The screens stand at 2026-11-20 14:05 in Japan; the hub took everything in at seven that morning. */
const today = "20261119";
const received = "2026-11-19T22:00:00.000Z";

export interface CaseScreens {
  readonly cases: readonly WrittenCase[];
  readonly told: ReadonlyMap<string, Told>;
  readonly origin: string;
  close(): Promise<void>;
}

/** Writes the cases and takes them in with a hub of its own, which is gone afterwards. */
export async function tellCases(): Promise<Pick<CaseScreens, "cases" | "told">> {
  const folder = mkdtempSync(join(tmpdir(), "tomoshibi-told-"));
  const store = await openStore({ dataDir: folder, databaseUrl: null });
  try {
    const clock = { now: () => Date.parse(received), monotonic: () => 0 };
    await setConsentDefault({ db: store.db, clock }, "participating", { from: "1970-01-01", basis: "notice", by: "見本 事務", note: "" });
    const { written, told } = await takeCases(store, "both", today, received);
    return { cases: written.cases, told };
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The screens of the cases, with what the hub summed up. */
export async function serveCases(): Promise<CaseScreens> {
  const { cases, told } = await tellCases();
  const folder = mkdtempSync(join(tmpdir(), "tomoshibi-pictures-"));
  const dist = join(folder, "dist");
  await build({
    configFile: false,
    root: resolve("."),
    logLevel: "error",
    plugins: [react()],
    build: { target: "es2022", outDir: dist, emptyOutDir: true, rolldownOptions: { input: "tests/viewer/app/case-screens.html" } },
  });
  await mkdir(join(dist, "parts"));
  for (const [key, { parts }] of told) writeFileSync(join(dist, "parts", `${key}.json`), JSON.stringify(parts));
  const served: Served = await serveFolder(dist);
  return {
    cases,
    told,
    origin: served.origin,
    close: async () => {
      await served.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const steps = ["reason", "strip", "page"] as const;
export type Step = (typeof steps)[number];

/** Opens one case and goes on step by step; `at` sees the screen of each. What failed on the way is returned. */
export async function walk(
  context: BrowserContext,
  origin: string,
  key: string,
  at: (page: Page, step: Step) => Promise<void>,
): Promise<readonly string[]> {
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  try {
    await page.goto(`${origin}/tests/viewer/app/case-screens.html?case=${key}`);
    await page.locator("input[type=search]").fill("とうだい");
    await page.locator(".hit").first().click();
    await page.locator(".reason").first().waitFor();
    await at(page, "reason");
    await page.locator(".reason").first().click();
    await page.locator(".strip").waitFor();
    await at(page, "strip");
    await page.locator(".choice").nth(0).click();
    await page.locator(".choice").nth(1).click();
    await page.locator(".button-main", { hasText: /本人と確認|Identity confirmed/ }).click();
    await page.locator(".reason").first().click();
    await page.locator(".page").waitFor();
    await at(page, "page");
  } catch (error) {
    faults.push(`not reached: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`);
  }
  await page.close();
  return faults;
}
