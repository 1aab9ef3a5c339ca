/** Whether two kinds of requests can be told apart by how long they take. */

/**
 * Runs both kinds in turn, which first by lot, so that a busy machine slows both alike; returns the chance that a run of `a` took longer than
 * one of `b` (the Mann-Whitney statistic over n²): 0.5 tells nothing, 0 and 1 tell all. The first runs of each warm up and do not count.
 */
export async function toldApart(a: (run: number) => Promise<unknown>, b: (run: number) => Promise<unknown>, runs: number): Promise<number> {
  const took: Record<"a" | "b", number[]> = { a: [], b: [] };
  for (let run = -Math.ceil(runs / 5); run < runs; run++) {
    const order = Math.random() < 0.5 ? (["a", "b"] as const) : (["b", "a"] as const);
    for (const kind of order) {
      const start = performance.now();
      await (kind === "a" ? a : b)(run);
      if (run >= 0) took[kind].push(performance.now() - start);
    }
  }
  let longer = 0;
  for (const one of took.a) for (const other of took.b) longer += one > other ? 1 : one === other ? 0.5 : 0;
  return longer / (runs * runs);
}

/**
 * How far from 0.5 two kinds that do the same work may stray in so many runs: three and a half standard errors (one honest test in two
 * thousand goes beyond), and never less than a quarter, since a table's row more or less is no secret.
 */
export function blur(runs: number): number {
  return Math.max(0.25, 3.5 * Math.sqrt((2 * runs + 1) / (12 * runs * runs)));
}
