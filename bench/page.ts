/**
 * page: the largest of the twelve cases (sixty medicines), from the opened bytes of its parts (parse, render, layout, paint) until a pressed section
 * is reached, against a plain React list of the very same strings, painted and focused.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { build } from "vite";
import { tellCases } from "../tests/browser/lib/cases.ts";
import { launch } from "../tests/browser/lib/screens.ts";
import type { Figure } from "./bench.ts";
import { serveFolder } from "./lib/serve.ts";
import { median, rounded } from "./lib/stats.ts";
import type { PageTimes } from "./page/chart.tsx";

const runs = 25;

export default async function run(): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), "tomoshibi-bench-page-"));
  const { told } = await tellCases();
  const largest = [...told].map(([key, { parts }]) => ({ key, parts, length: JSON.stringify(parts.rest).length }));
  const [biggest] = largest.sort((a, b) => b.length - a.length);
  if (biggest === undefined) throw new Error("no cases");
  await build({
    root: resolve(import.meta.dirname, "page"),
    configFile: false,
    logLevel: "error",
    plugins: [react()],
    build: { target: "es2022", outDir: folder, emptyOutDir: true, rolldownOptions: { input: "chart.html" } },
  });
  const served = await serveFolder(folder);
  const browser = await launch();
  try {
    const page = await browser.newPage({ viewport: { width: 1180, height: 820 } });
    page.on("pageerror", (error) => console.error(error));
    await page.goto(`${served.origin}/chart.html`);
    await page.waitForFunction("'measurePage' in window");
    const { strip, rest } = biggest.parts;
    const times: PageTimes = await page.evaluate(([parts, rounds]) => window.measurePage(parts, rounds), [{ strip, rest }, runs] as const);
    return {
      ratio: median(times.ours) / median(times.reference),
      reference: "the same strings as a plain React list, to the next paint and a focus on the last",
      detail: {
        case: biggest.key,
        medicines: rest.summary.sections.medicines.items.length,
        strings: times.strings,
        elements: times.elements,
        runs: times.ours.length,
        milliseconds: rounded([median(times.ours)])[0],
        referenceMilliseconds: rounded([median(times.reference)])[0],
        waitForPaintMilliseconds: rounded([median(times.nothing)])[0],
      },
    };
  } finally {
    await browser.close();
    await served.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
