/** One changed file → its pack published, in a region of 5,000 people: all the work of a round of `watch`, its waiting left out. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ingest } from "../src/hub/flow/ingest.ts";
import { unwatched } from "../src/hub/flow/phase.ts";
import { publish } from "../src/hub/flow/publish.ts";
import { FolderTree } from "../src/hub/flow/tree.ts";
import { walkStorage } from "../src/hub/ingest/ssmix2/index.ts";
import { setConsentDefault } from "../src/hub/people/consentRecord.ts";
import { openStore } from "../src/hub/store/store.ts";
import { region, writeRegion } from "../src/hub/synth/index.ts";
import { systemClock } from "../src/shared/clock.ts";
import { record } from "../tests/hub/flow/consented.ts";
import type { Figure } from "./bench.ts";
import { median } from "./lib/stats.ts";

const PEOPLE = 5_000;
const CHANGES = 9;

export default async function run(): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), "tomoshibi-bench-"));
  const store = await openStore({ dataDir: join(folder, "data"), databaseUrl: null });
  try {
    const said = { from: "2000-01-01", basis: "notice", by: "bench", note: "" } as const;
    await setConsentDefault({ db: store.db, clock: systemClock }, "participating", said);
    const { facilities } = writeRegion(region(PEOPLE, "bench"), join(folder, "region"));
    let minute = 0;
    const now = () => new Date(Date.UTC(2026, 10, 1, 0, minute++)).toISOString();
    for (const { code, name, root } of facilities) await ingest(store, { roots: [root], facility: code, name }, now(), unwatched);
    await record(store, Date.UTC(2026, 10, 1), {});
    const { people } = await publish(store, systemClock, unwatched);
    if (people === 0) throw new Error("nobody is published");
    const [followed] = facilities;
    if (followed === undefined) throw new Error("the region has no facility");
    const { code, name, root } = followed;
    const tree = new FolderTree([root], 0);
    tree.look(Date.now());
    const orders = [...walkStorage([root])].flatMap((person) => person.files.filter((file) => /_OMP-01_.*_1$/.test(file.name)).slice(0, 1));
    const times = { look: [] as number[], ingest: [] as number[], publish: [] as number[], reference: [] as number[] };
    for (const { path, relative } of orders.slice(0, CHANGES)) {
      times.reference.push(await timed(async () => statFolders(root)));
      // The same order once more, a second later, under a number of its own.
      writeFileSync(path.replace(/_OMP-01_[^_]+_/, "_OMP-01_000000999999999_"), readFileSync(path));
      let changed: readonly string[] = [];
      times.look.push(
        await timed(async () => {
          changed = tree.look(Date.now()).folders;
        }),
      );
      const person = dirname(dirname(dirname(relative)));
      if (!changed.some((one) => one.startsWith(person))) throw new Error("the change was not seen");
      const only = (one: string) => person.startsWith(one);
      times.ingest.push(await timed(() => ingest(store, { roots: [root], facility: code, name, only }, now(), unwatched)));
      times.publish.push(await timed(() => publish(store, systemClock, unwatched)));
    }
    const [look, ingested, published, reference] = [times.look, times.ingest, times.publish, times.reference].map(median) as [
      number,
      number,
      number,
      number,
    ];
    return {
      ratio: (look + ingested + published) / reference,
      reference: "one stat of every folder of the storage, which any look at a share must do",
      detail: {
        people: PEOPLE,
        changes: times.look.length,
        lookMs: Math.round(look),
        ingestMs: Math.round(ingested),
        publishMs: Math.round(published),
        referenceMs: Math.round(reference),
      },
    };
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function statFolders(folder: string): void {
  statSync(folder);
  for (const one of readdirSync(folder, { withFileTypes: true })) if (one.isDirectory()) statFolders(join(folder, one.name));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
