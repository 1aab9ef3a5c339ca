/** 20,000 people from a hub on loopback into an empty vault, against Dexie bulkPut of the same rows. */
import type { Figure } from "./bench.ts";
import { median, rounded } from "./lib/stats.ts";
import { viewerPage } from "./lib/viewer-page.ts";
import type { measurePull } from "./page/pull.ts";

export default async function run(): Promise<Figure> {
  const { page, close } = await viewerPage(20_000, true);
  try {
    const { ours, reference, ...counts }: Awaited<ReturnType<typeof measurePull>> = await page.evaluate("bench.pull(3)");
    return {
      ratio: median(ours.map((ms, i) => ms / (reference[i] ?? Number.NaN))),
      reference: "Dexie bulkPut of the same rows",
      detail: { ...counts, milliseconds: rounded(ours), referenceMilliseconds: rounded(reference) },
    };
  } finally {
    await close();
  }
}
