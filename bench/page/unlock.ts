import { epochKeys } from "../../src/shared/crypto/derive.ts";
import { openShard } from "../../src/shared/pack/shard.ts";
import { makeCore } from "../../src/viewer/app/make-core.ts";
import { loadTrust } from "../../src/viewer/sync/trust.ts";
import { VaultDb } from "../../src/viewer/vault/db.ts";
import { benchDeps, credential, epochKeyBytes, setting, staff, timed } from "./place.ts";

/** Ours: a whole unlock after the credential (entry written, index searchable). Reference: the same shards read and decrypted. */
export async function measureUnlock(rounds: number): Promise<{ ours: number[]; reference: number[]; people: number; shards: number }> {
  const core = await makeCore(benchDeps());
  const db = new VaultDb("tomoshibi-vault");
  const row = await db.device.get("device");
  if (!row) throw new Error("not enrolled");
  const { manifest } = await loadTrust(db, row);
  if (!manifest) throw new Error("nothing pulled");
  const keys = await epochKeys(epochKeyBytes((await setting()).ek));
  const scope = { hubId: manifest.hub, cohort: manifest.cohort, epoch: manifest.epoch };
  const names = (await db.shards.toCollection().primaryKeys()).slice();
  const ours: number[] = [];
  const reference: number[] = [];
  for (let i = 0; i < rounds + 2; i++) {
    reference.push(
      await timed(async () => {
        const rows = await db.shards.bulkGet(names);
        await Promise.all(rows.map((shard) => shard && openShard(shard.bytes, keys, scope)));
      }),
    );
    ours.push(
      await timed(async () => {
        await core.unlock(staff, credential);
        core.search("あ");
      }),
    );
    await core.lock();
  }
  return { ours: ours.slice(2), reference: reference.slice(2), people: core.status().people, shards: names.length };
}
