/** Epoch key and searchable population of an unlocked device. Vault alone; nothing here asks the network. */
import { type Bytes, fromUtf8, toBase64Url } from "../../shared/bytes.ts";
import { epochKeys } from "../../shared/crypto/derive.ts";
import { unwrapBytes, wrapBytes } from "../../shared/crypto/wrap.ts";
import { codeOf, TomoshibiError } from "../../shared/error.ts";
import { openShard } from "../../shared/pack/shard.ts";
import { type Lease, openEpochKey } from "../../shared/protocol/lease.ts";
import { stored } from "../vault/failure.ts";
import { leaseOpens } from "../vault/lease-machine.ts";
import { dropRotten } from "../vault/rot.ts";
import { epochBinding, epochName } from "../vault/rotate.ts";
import { putWrapped, type Session } from "../vault/unlock.ts";
import { type Context, needDevice, type Opened } from "./core-context.ts";
import { writeAsMember } from "./core-journal.ts";
import { LEASE_ENDED, leaseNow } from "./core-lease-state.ts";

/** The population of the current manifest; null when nothing was pulled yet, or the lease allows nothing. Errors: "lease-other-device", "shard-malformed", "seal-open-failed", "vault-damaged". */
export async function openIndex(context: Context, session: Session): Promise<Opened | null> {
  const { trust } = needDevice(context);
  const { manifest } = trust;
  if (!manifest || !leaseOpens(leaseNow(context))) return null;
  const scope = { hubId: manifest.hub, cohort: manifest.cohort, epoch: manifest.epoch };
  const find = import("./core-find.ts");
  const rows = await stored(() => context.db.shards.bulkGet(manifest.shards.map(({ name }) => toBase64Url(name))));
  // Deleted when the lease was over; the next sync brings index and ring again.
  if (rows.every((row) => row === undefined) && (await stored(() => context.db.facts.get(LEASE_ENDED)))?.value === manifest.seq)
    return null;
  const keys = await epochKeys(await epochKey(context, session, manifest.epoch));
  const shards = await Promise.all(
    rows.map((row) => {
      if (!row) throw new TomoshibiError("vault-damaged", { field: "shard" });
      return openShard(row.bytes, keys, scope).catch(async (cause: unknown) => {
        if (await dropRotten(context.db.shards, row)) throw new TomoshibiError("vault-damaged", { field: "shard" }, { cause });
        throw cause;
      });
    }),
  );
  const { hitOf, makeAlike, makeLookup, makeSearch, makeSeek, peopleOf } = await find;
  const people = peopleOf(shards.map(fromUtf8));
  const rowOf = makeLookup(people);
  const latest = (personRef: string) => {
    const row = people.rows[rowOf(personRef)];
    return row === undefined ? null : hitOf(row, []);
  };
  const nth = (i: number) => {
    const row = people.rows[i];
    return row === undefined ? null : hitOf(row, []);
  };
  const alike = makeAlike(people);
  return { scope, keys, search: makeSearch(people, alike), seek: makeSeek(people, alike), latest, count: people.rows.length, nth };
}

/** Opens the epoch key of a lease that came while unlocked, and keeps it under VK. */
export async function keepEpochKey(context: Context, session: Session, lease: Lease): Promise<Bytes> {
  const ek = await openEpochKey(lease, session.deviceKeys.seal);
  const bytes = await wrapBytes(session.epochWrap, epochBinding(needDevice(context).binding, lease.epoch), ek);
  const before = await stored(() => context.db.wrapped.where("what").startsWith("ek/").primaryKeys());
  await putWrapped(context.db, session, { what: epochName(lease.epoch), bytes });
  if (before.length > 0 && !before.includes(epochName(lease.epoch)))
    await writeAsMember(context, session, "epoch", { what: `epoch ${lease.epoch}` });
  return ek;
}

/** From under VK; else from the lease that a locked device stored sealed. */
async function epochKey(context: Context, session: Session, epoch: number): Promise<Bytes> {
  const row = await stored(() => context.db.wrapped.get(epochName(epoch)));
  if (row) {
    const opened = await unwrapBytes(session.epochWrap, epochBinding(needDevice(context).binding, epoch), row.bytes).catch(
      (error: unknown) => {
        // Another page has changed VK under this session, or the row rotted: the lease has the key too.
        if (codeOf(error) !== "seal-open-failed") throw error;
        return null;
      },
    );
    if (opened) return opened;
  }
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
