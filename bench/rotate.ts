/** 20,000 people: a new epoch (index and ring) into a device that holds the one before, against sending it everything. */
import type { Figure } from "./bench.ts";
import { populationOf } from "./lib/population.ts";
import { median, rounded } from "./lib/stats.ts";
import { viewerPage } from "./lib/viewer-page.ts";
import type { RotateFigures } from "./page/rotate.ts";

const people = 20_000;
const queries = 200;

export default async function run(): Promise<Figure> {
  const { page, hub, close } = await viewerPage(people, true, queries);
  try {
    const { count, person } = populationOf(people, queries);
    await hub.publish({ people: count, person, packs: true, perBundle: 600, epoch: 2 });
    const { ours, reference, ...counts }: RotateFigures = await page.evaluate("bench.rotate(3)");
    return {
      ratio: median(ours.map((ms, i) => ms / (reference[i] ?? Number.NaN))),
      reference: "a full pull of the same publication",
      detail: {
        ...counts,
        bytesRatio: Math.round((counts.ourBytes / counts.referenceBytes) * 1000) / 1000,
        milliseconds: rounded(ours),
        referenceMilliseconds: rounded(reference),
      },
    };
  } finally {
    await close();
  }
}
