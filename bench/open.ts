/** Tap → strip painted, against the bare work that any durable, signed opening must do. */
import type { Figure } from "./bench.ts";
import { median, rounded } from "./lib/stats.ts";
import { viewerPage } from "./lib/viewer-page.ts";
import type { measureOpen } from "./page/open.tsx";

export default async function run(): Promise<Figure> {
  const { page, close } = await viewerPage(2_000, true);
  try {
    const { ours, reference, nothing }: Awaited<ReturnType<typeof measureOpen>> = await page.evaluate("bench.open(60)");
    return {
      ratio: median(ours) / median(reference),
      reference:
        "one strict put + ECDSA sign + IndexedDB get + decrypt + inflate + React render of the strip's literal text to the next paint",
      detail: {
        runs: ours.length,
        milliseconds: rounded([median(ours)])[0],
        referenceMilliseconds: rounded([median(reference)])[0],
        waitForPaintMilliseconds: rounded([median(nothing)])[0],
      },
    };
  } finally {
    await close();
  }
}
