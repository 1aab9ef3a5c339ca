/** Each keystroke of 200 labelled queries over 20,000 people, against `includes` over prefolded strings; and how many are found. */
import type { Figure } from "./bench.ts";
import { median, rounded } from "./lib/stats.ts";
import { viewerPage } from "./lib/viewer-page.ts";
import type { SearchFigures } from "./page/search.ts";

const p99 = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? Number.NaN;

export default async function run(): Promise<Figure> {
  const { page, close } = await viewerPage(20_000, false);
  try {
    const { ours, reference, ...rest }: SearchFigures = await page.evaluate("bench.search(3)");
    return {
      ratio: p99(ours) / p99(reference),
      reference: "includes over prefolded strings, p99 per keystroke",
      detail: {
        people: rest.people,
        keystrokes: ours.length,
        p99Milliseconds: rounded([p99(ours)])[0],
        medianMilliseconds: rounded([median(ours)])[0],
        referenceP99Milliseconds: rounded([p99(reference)])[0],
        referenceMedianMilliseconds: rounded([median(reference)])[0],
        recall: rest.found / rest.expected,
        queriesComplete: `${rest.complete} of ${rest.queries}`,
        missed: rest.missed.slice(0, 12),
      },
    };
  } finally {
    await close();
  }
}
