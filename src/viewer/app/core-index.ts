/** Epoch key and searchable population of an unlocked device. Vault alone; nothing here asks the network. */
import { type Bytes, fromUtf8, toBase64Url } from "../../shared/bytes.ts";
import { encodeCbor } from "../../shared/crypto/cbor.ts";
import { epochKeys } from "../../shared/crypto/derive.ts";
import { unwrapBytes, wrapBytes } from "../../shared/crypto/wrap.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { openShard } from "../../shared/pack/shard.ts";
import { type Lease, openEpochKey } from "../../shared/protocol/lease.ts";
import { stored } from "../vault/failure.ts";
import { dropRotten } from "../vault/rot.ts";
import type { Session } from "../vault/unlock.ts";
import { type Context, needDevice, type Opened } from "./core-context.ts";

/** The population of the current manifest; null when nothing was pulled yet. Errors: "lease-other-device", "shard-malformed", "seal-open-failed", "vault-damaged". */
export async function openIndex(context: Context, session: Session): Promise<Opened | null> {
  const { trust } = needDevice(context);
  const { manifest } = trust;
  if (!manifest) return null;
  const scope = { hubId: manifest.hub, cohort: manifest.cohort, epoch: manifest.epoch };
  const find = import("./core-find.ts");
  const rows = stored(() => context.db.shards.bulkGet(manifest.shards.map(({ name }) => toBase64Url(name))));
  const keys = await epochKeys(await epochKey(context, session, manifest.epoch));
  const shards = await Promise.all(
    (await rows).map((row) => {
      if (!row) throw new TomoshibiError("vault-damaged", { field: "shard" });
      return openShard(row.bytes, keys, scope).catch(async (cause: unknown) => {
        if (await dropRotten(context.db.shards, row)) throw new TomoshibiError("vault-damaged", { field: "shard" }, { cause });
        throw cause;
      });
    }),
  );
  const { hitOf, makeLookup, makeSearch, peopleOf } = await find;
  const people = peopleOf(shards.map(fromUtf8));
  const rowOf = makeLookup(people);
  const latest = (personRef: string) => {
    const row = people.rows[rowOf(personRef)];
    return row === undefined ? null : hitOf(row, []);
  };
  return { scope, keys, search: makeSearch(people), latest };
}

/** Opens the epoch key of a lease that came while unlocked, and keeps it under VK. */
export async function keepEpochKey(context: Context, session: Session, lease: Lease): Promise<Bytes> {
  const ek = await openEpochKey(lease, session.deviceKeys.seal);
  const bytes = await wrapBytes(session.epochWrap, epochBinding(context, lease.epoch), ek);
  await stored(() => context.db.wrapped.put({ what: epochName(lease.epoch), bytes }));
  return ek;
}

/** From under VK; else from the lease that a locked device stored sealed. */
async function epochKey(context: Context, session: Session, epoch: number): Promise<Bytes> {
  const row = await stored(() => context.db.wrapped.get(epochName(epoch)));
  if (row) return unwrapBytes(session.epochWrap, epochBinding(context, epoch), row.bytes);
  const { trust } = needDevice(context);
  const lease = [trust.lease, trust.leaseBefore].find((each) => each?.epoch === epoch);
  if (!lease) throw new TomoshibiError("vault-damaged", { field: "epoch key" });
  return keepEpochKey(context, session, lease);
}

/** Epoch keys of neither the manifest nor the lease open nothing that is here. */
export async function dropOldEpochs(context: Context): Promise<void> {
  const { trust } = needDevice(context);
  const wanted = new Set([trust.manifest?.epoch, trust.lease?.epoch].flatMap((epoch) => (epoch === undefined ? [] : [epochName(epoch)])));
  await stored(() =>
    context.db.transaction("rw", context.db.wrapped, async () => {
      const names = await context.db.wrapped.toCollection().primaryKeys();
      await context.db.wrapped.bulkDelete(names.filter((name) => name.startsWith("ek/") && !wanted.has(name)));
    }),
  );
}

const epochName = (epoch: number): string => `ek/${epoch}`;

function epochBinding(context: Context, epoch: number): Bytes {
  const { binding } = needDevice(context);
  return encodeCbor(["tomoshibi/epoch-key/1", binding.hub, binding.device, epoch]);
}
