import { epochKeys } from "../../src/shared/crypto/derive.ts";
import { openShard } from "../../src/shared/pack/shard.ts";
import { foldForSearch } from "../../src/shared/summary/fold.ts";
import { makeCore } from "../../src/viewer/app/make-core.ts";
import { loadTrust } from "../../src/viewer/sync/trust.ts";
import { VaultDb } from "../../src/viewer/vault/db.ts";
import { benchDeps, credential, epochKeyBytes, setting, staff } from "./place.ts";

export interface SearchFigures {
  readonly ours: number[];
  readonly reference: number[];
  /** Expected records found among the hits shown, over all expected; and queries that found all of theirs. */
  readonly found: number;
  readonly expected: number;
  readonly complete: number;
  readonly queries: number;
  readonly missed: readonly string[];
  readonly people: number;
}

/** Every keystroke of every labelled query: ours, and `includes` of the folded words over prefolded strings. */
export async function measureSearch(rounds: number): Promise<SearchFigures> {
  const core = await makeCore(benchDeps());
  await core.unlock(staff, credential);
  const { queries, ek } = await setting();
  const prefolded = await foldedRows(ek);
  const ours: number[] = [];
  const reference: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const { query } of queries) {
      for (let length = 1; length <= query.length; length++) {
        const typed = query.slice(0, length);
        ours.push(clocked(() => core.search(typed).length));
        reference.push(clocked(() => includesAll(prefolded, typed)));
      }
    }
  }
  const missed: string[] = [];
  let found = 0;
  let expected = 0;
  for (const { query, why, expect } of queries) {
    const hits = new Set(core.search(query).flatMap((hit) => hit.identifiers.map(({ facility, pid }) => `${facility}/${pid}`)));
    const hit = expect.filter(({ facility, pid }) => hits.has(`${facility}/${pid}`)).length;
    found += hit;
    expected += expect.length;
    if (hit < expect.length) missed.push(`${why}: ${query} (${hit} of ${expect.length})`);
  }
  const people = core.status().people;
  await core.lock();
  return { ours, reference, found, expected, complete: queries.length - missed.length, queries: queries.length, missed, people };
}

function clocked(work: () => number): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function includesAll(prefolded: readonly string[], typed: string): number {
  const words = typed
    .split(/\s+/u)
    .map(foldForSearch)
    .filter((word) => word !== "");
  if (words.length === 0) return 0;
  let count = 0;
  for (const row of prefolded) if (words.every((word) => row.includes(word))) count++;
  return count;
}

async function foldedRows(ek: string): Promise<string[]> {
  const db = new VaultDb("tomoshibi-vault");
  const row = await db.device.get("device");
  const manifest = row && (await loadTrust(db, row)).manifest;
  if (!manifest) throw new Error("nothing pulled");
  const keys = await epochKeys(epochKeyBytes(ek));
  const scope = { hubId: manifest.hub, cohort: manifest.cohort, epoch: manifest.epoch };
  const texts = await Promise.all(
    (await db.shards.toArray()).map(async ({ bytes }) => new TextDecoder().decode(await openShard(bytes, keys, scope))),
  );
  return texts.flatMap((text) =>
    text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => line.slice(0, line.indexOf("\t"))),
  );
}
