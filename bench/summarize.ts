/** Records of 2,000 people → Summaries with their three parts, against reading the same files from the store and parsing them. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ingest } from "../src/hub/flow/ingest.ts";
import { unwatched } from "../src/hub/flow/phase.ts";
import { recordsOf } from "../src/hub/flow/records.ts";
import { summarizePersons } from "../src/hub/flow/summary.ts";
import { patientsOf } from "../src/hub/store/patient.ts";
import { openStore, type Store } from "../src/hub/store/store.ts";
import { region, writeRegion } from "../src/hub/synth/index.ts";
import { record } from "../tests/hub/flow/consented.ts";
import type { Figure } from "./bench.ts";
import { median } from "./lib/stats.ts";

const PEOPLE = 2_000;
const BATCH = 100;
const ROUNDS = 5;

export default async function run(): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), "tomoshibi-bench-"));
  const store = await openStore({ dataDir: join(folder, "data"), databaseUrl: null });
  try {
    const { facilities } = writeRegion(region(PEOPLE, "bench"), join(folder, "region"));
    for (const { code, name, root } of facilities)
      await ingest(store, { roots: [root], facility: code, name }, "2026-11-01T00:00:00.000Z", unwatched);
    await record(store, Date.UTC(2026, 10, 1), {});
    const refs = (await store.db.selectFrom("person").select("ref").orderBy("ref").execute()).map(({ ref }) => ref);
    const ours: number[] = [];
    const reading: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      let [whole, read] = [0, 0];
      for (let at = 0; at < refs.length; at += BATCH) {
        const batch = refs.slice(at, at + BATCH);
        read += await timed(() => readAll(store, batch));
        whole += await timed(() => summarizePersons(store.db, batch, "2026-11-01"));
      }
      // The first round warms the compiler for both.
      if (round === 0) continue;
      ours.push(whole);
      reading.push(read);
    }
    return {
      ratio: median(ours) / median(reading),
      reference: "reading the same people's files from the store and parsing them into records",
      detail: {
        people: refs.length,
        milliseconds: Math.round(median(ours)),
        referenceMilliseconds: Math.round(median(reading)),
        peoplePerSecond: Math.round((refs.length / median(ours)) * 1_000),
      },
    };
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readAll({ db }: Store, refs: readonly string[]): Promise<unknown> {
  return await recordsOf(db, await patientsOf(db, refs));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
