import Dexie from "dexie";
import { makeCore } from "../../src/viewer/app/make-core.ts";
import { type PackRow, VaultDb } from "../../src/viewer/vault/db.ts";
import { benchDeps, timed } from "./place.ts";

/** Ours: a first pull of everything into an empty vault. Reference: Dexie bulkPut of the same rows, which are in memory already. */
export async function measurePull(
  rounds: number,
): Promise<{ ours: number[]; reference: number[]; packs: number; bytes: number; people: number }> {
  const from = new VaultDb("tomoshibi-vault");
  const rows = await from.packs.toArray();
  const sealed = [await from.shards.toArray(), await from.rings.toArray()] as const;
  const ours: number[] = [];
  const reference: number[] = [];
  let people = 0;
  for (let i = 0; i < rounds; i++) {
    reference.push(await bulkPut(`bench-put-${i}`, rows, sealed));
    const vault = `bench-pull-${i}`;
    const to = await enrolledCopy(from, vault);
    const core = await makeCore({ ...benchDeps(), databases: { vault, journal: `${vault}-journal` } });
    ours.push(await timed(() => core.sync()));
    people = core.status().people;
    if ((await to.packs.count()) !== rows.length) throw new Error("packs are missing");
    await to.delete();
  }
  return { ours, reference, packs: rows.length, bytes: rows.reduce((sum, row) => sum + row.bytes.length, 0), people };
}

async function bulkPut(name: string, rows: readonly PackRow[], sealed: readonly (readonly PackRow[])[]): Promise<number> {
  const db = new Dexie(name);
  db.version(1).stores({ packs: "name", shards: "name", rings: "name" });
  await db.open();
  const ms = await timed(async () => {
    for (let at = 0; at < rows.length; at += 1000) await db.table("packs").bulkPut(rows.slice(at, at + 1000));
    await db.table("shards").bulkPut([...(sealed[0] ?? [])]);
    await db.table("rings").bulkPut([...(sealed[1] ?? [])]);
  });
  await db.delete();
  return ms;
}

/** The same device, and nothing pulled. */
async function enrolledCopy(from: VaultDb, name: string): Promise<VaultDb> {
  const to = new VaultDb(name);
  for (const table of ["device", "wrapped", "slots", "members"] as const) await to.table(table).bulkPut(await from.table(table).toArray());
  await to.signed.bulkPut(
    (await from.signed.toArray()).filter(({ what }) => what !== "manifest" && what !== "lease" && what !== "leaseBefore"),
  );
  return to;
}
