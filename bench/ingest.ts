import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ingest } from "../src/hub/flow/ingest.ts";
import { unwatched } from "../src/hub/flow/phase.ts";
import { startReader } from "../src/hub/flow/reader.ts";
import { walkStorage } from "../src/hub/ingest/ssmix2/index.ts";
import { openStore } from "../src/hub/store/store.ts";
import { region, writeRegion } from "../src/hub/synth/index.ts";

export interface Figure {
  readonly ratio: number;
  readonly reference: string;
  readonly detail: Readonly<Record<string, number>>;
}

/** About 100,000 files at four hospitals. */
const PEOPLE = 5_900;
const ROUNDS = 3;
const WARMING = 1;

/** The files of 5,900 people, warm, into an empty embedded store; aims: at most 4 times the reference, and 400 MB at its peak. */
export default async function run(): Promise<Figure> {
  return await measureIngest(async () => null);
}

/**
 * Median of alternating rounds of the reference (one thread) and of the whole ingest, identity included: four hospitals one after
 * the other, as the command takes them in. Opening the store and starting the reading threads stand outside, as loading the
 * program does; so does closing it (`closeMs`), where SQLite carries its log over: everything is committed and synced before.
 * `database` names an empty database for each round, or null.
 */
export async function measureIngest(database: () => Promise<string | null>): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), "tomoshibi-bench-"));
  const reader = startReader();
  try {
    const { facilities, files } = writeRegion(region(PEOPLE, "bench"), join(folder, "region"));
    const paths: string[] = [];
    for (const { root } of facilities) for (const person of walkStorage([root])) for (const file of person.files) paths.push(file.path);
    const reference: number[] = [];
    const whole: number[] = [];
    const closing: number[] = [];
    readAndDecode(paths);
    for (let round = 0; round < WARMING + ROUNDS; round++) {
      const plain = await timed(async () => readAndDecode(paths));
      const store = await openStore({ dataDir: join(folder, `data-${round}`), databaseUrl: await database() });
      const full = await timed(async () => {
        for (const { code, name, root } of facilities)
          await ingest(store, { roots: [root], facility: code, name }, "2026-11-01T00:00:00.000Z", unwatched, reader);
      });
      const close = await timed(() => store.close());
      // The first rounds warm the compiler for both.
      if (round < WARMING) continue;
      reference.push(plain);
      whole.push(full);
      closing.push(close);
    }
    const [low, high] = [median(reference), median(whole)];
    return {
      ratio: high / low,
      reference: "reading and decoding (ISO-2022-JP) the same files, in one thread",
      detail: {
        files,
        people: PEOPLE,
        referenceMs: low,
        ingestMs: high,
        closeMs: median(closing),
        peakMb: await peakOf(
          folder,
          facilities.map(({ root }) => root),
          await database(),
        ),
      },
    };
  } finally {
    await reader.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Peak memory of a process of its own that takes all in as one storage over several volumes, loading the program included. */
async function peakOf(folder: string, roots: readonly string[], databaseUrl: string | null): Promise<number> {
  const volumes = roots.map((root, i) => {
    const volume = join(folder, `volume-${i}`);
    renameSync(root, volume);
    return volume;
  });
  const script = fileURLToPath(new URL("./lib/ingest-once.ts", import.meta.url));
  const child = spawnSync(process.execPath, ["--import", "tsx", script, join(folder, "data-peak"), databaseUrl ?? "", ...volumes], {
    encoding: "utf8",
  });
  if (child.status !== 0) throw new Error(child.stderr);
  return Number(child.stdout);
}

function readAndDecode(paths: readonly string[]): number {
  const decoder = new TextDecoder("iso-2022-jp");
  let letters = 0;
  for (const path of paths) letters += decoder.decode(readFileSync(path)).length;
  return letters;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
