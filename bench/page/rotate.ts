import { makeCore } from "../../src/viewer/app/make-core.ts";
import { VaultDb } from "../../src/viewer/vault/db.ts";
import { benchDeps, timed } from "./place.ts";

export interface RotateFigures {
  readonly ours: number[];
  readonly reference: number[];
  /** Bytes that came over the wire, of each. */
  readonly ourBytes: number;
  readonly referenceBytes: number;
  readonly packs: number;
  readonly people: number;
}

const tables = ["device", "wrapped", "slots", "members"] as const;
const files = ["packs", "shards", "rings"] as const;
const pulled = new Set(["manifest", "lease", "leaseBefore"]);

/** Ours: a device that holds the epoch before takes the new one. Reference: the same device with nothing pulled takes everything. */
export async function measureRotate(rounds: number): Promise<RotateFigures> {
  const from = new VaultDb("tomoshibi-vault");
  const ours: number[] = [];
  const reference: number[] = [];
  let [ourBytes, referenceBytes, packs, people] = [0, 0, 0, 0];
  for (let i = 0; i < rounds; i++) {
    const empty = await copy(from, `bench-all-${i}`, false);
    const all = await pull(empty);
    reference.push(all.ms);
    referenceBytes = all.bytes;
    packs = await empty.packs.count();
    await empty.delete();
    const full = await copy(from, `bench-rotate-${i}`, true);
    const rekeyed = await pull(full);
    ours.push(rekeyed.ms);
    ourBytes = rekeyed.bytes;
    people = rekeyed.people;
    if ((await full.packs.count()) !== packs) throw new Error("packs are missing");
    await full.delete();
  }
  return { ours, reference, ourBytes, referenceBytes, packs, people };
}

async function pull(to: VaultDb): Promise<{ readonly ms: number; readonly bytes: number; readonly people: number }> {
  let bytes = 0;
  const deps = benchDeps();
  const counted = async (request: Request): Promise<Response> => {
    const answer = await deps.fetch(request);
    const body = await answer.arrayBuffer();
    bytes += body.byteLength;
    return new Response(answer.status === 204 || answer.status === 304 ? null : body, { status: answer.status, headers: answer.headers });
  };
  const core = await makeCore({ ...deps, fetch: counted, databases: { vault: to.name, journal: `${to.name}-journal` } });
  const ms = await timed(() => core.sync());
  return { ms, bytes, people: core.status().people };
}

/** The same device; `whole`: with all that it has pulled. */
async function copy(from: VaultDb, name: string, whole: boolean): Promise<VaultDb> {
  const to = new VaultDb(name);
  for (const table of tables) await to.table(table).bulkPut(await from.table(table).toArray());
  await to.signed.bulkPut((await from.signed.toArray()).filter(({ what }) => whole || !pulled.has(what)));
  if (!whole) return to;
  await to.facts.bulkPut(await from.facts.toArray());
  for (const table of files) {
    const names = await from.table(table).toCollection().primaryKeys();
    for (let at = 0; at < names.length; at += 2000) {
      const rows = await from.table(table).bulkGet(names.slice(at, at + 2000));
      await to.table(table).bulkPut(rows);
    }
  }
  return to;
}
