import { type Evaluation, evaluate } from "../hub/identity/evaluate.ts";
import { plantedRegion } from "../hub/identity/planted.ts";
import { writeTable } from "../hub/identity/table.ts";

interface Progress {
  readonly done: readonly (Evaluation & { readonly seed: number; readonly planted: Readonly<Record<string, number>> })[];
}

interface Order {
  readonly count: number | null;
  readonly seed: number;
  readonly resume: Progress | null;
  readonly report: (progress: Progress) => void;
}

const people = 20_000;

/**
 * `count` (10) regions of 20,000 people with planted errors: no wrong merge in any, at least 95 % of the pairs that the deterministic
 * rules could see joined in each, and precision and recall of the candidates at each threshold. Writes the table of docs/identity.md.
 */
export async function run({ count, seed, resume, report }: Order): Promise<object> {
  const done = [...(resume?.done ?? [])];
  for (let i = done.length; i < (count ?? 10); i++) {
    const region = plantedRegion(people, seed * 1000 + i);
    done.push({ seed: seed * 1000 + i, planted: region.planted, ...evaluate(region) });
    report({ done });
    process.stderr.write(`\r${done.length} regions, wrong ${sum(done, "wrong")} `);
  }
  const shares = done.map(({ linkedVisible, visiblePairs }) => linkedVisible / visiblePairs);
  const passed = sum(done, "wrong") === 0 && shares.every((share) => share >= 0.95);
  const figures = {
    regions: done.length,
    people,
    patients: sum(done, "patients"),
    truePairs: sum(done, "truePairs"),
    visiblePairs: sum(done, "visiblePairs"),
    linkedVisible: sum(done, "linkedVisible"),
    leastShare: Math.round(Math.min(...shares) * 1000) / 1000,
    wrong: sum(done, "wrong"),
    refused: sum(done, "refused"),
    compared: sum(done, "compared"),
    msEachRegion: Math.round(sum(done, "ms") / done.length),
    planted: done[0]?.planted,
    thresholds: done[0]?.thresholds.map(({ threshold }, i) => ({
      threshold,
      candidates: Math.round(done.reduce((all, one) => all + (one.thresholds[i]?.candidates ?? 0), 0) / done.length),
      precision: mean(done.map((one) => one.thresholds[i]?.precision ?? 0)),
      recall: mean(done.map((one) => one.thresholds[i]?.recall ?? 0)),
    })),
  };
  writeTable({ ...figures, thresholds: figures.thresholds ?? [] });
  return { ...figures, outcome: passed ? "passed" : "failed" };
}

function sum(
  done: Progress["done"],
  field: "wrong" | "patients" | "truePairs" | "visiblePairs" | "linkedVisible" | "refused" | "compared" | "ms",
): number {
  return done.reduce((all, one) => all + one[field], 0);
}

function mean(values: readonly number[]): number {
  return Math.round((values.reduce((a, b) => a + b, 0) / values.length) * 1000) / 1000;
}
