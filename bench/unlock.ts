/** From the credential to a searchable index of 20,000 people, against reading and decrypting the same shards. */
import type { Figure } from "./bench.ts";
import { median, rounded } from "./lib/stats.ts";
import { viewerPage } from "./lib/viewer-page.ts";
import type { measureUnlock } from "./page/unlock.ts";

export default async function run(): Promise<Figure> {
  const { page, close } = await viewerPage(20_000, false);
  try {
    const { ours, reference, ...counts }: Awaited<ReturnType<typeof measureUnlock>> = await page.evaluate("bench.unlock(15)");
    return {
      ratio: median(ours) / median(reference),
      reference: "the same shards read from IndexedDB and decrypted",
      detail: {
        ...counts,
        milliseconds: rounded([median(ours)])[0],
        referenceMilliseconds: rounded([median(reference)])[0],
        runs: ours.length,
      },
    };
  } finally {
    await close();
  }
}
