import type { ChainHead } from "../../shared/audit/append.ts";
import { type AlertKind, type KnownDevice, verifyChain } from "../../shared/audit/chain.ts";
import { type Entry, parseEntry } from "../../shared/audit/entry.ts";
import { type Bytes, toHex } from "../../shared/bytes.ts";
import { codeOf } from "../../shared/error.ts";
import { chainById, entryAt } from "../store/journal.ts";
import type { Db } from "../store/store.ts";

/** The keys that may sign in a device's journal. */
export type DeviceKeys = Pick<KnownDevice, "device" | "open" | "locked" | "staffKeys">;

export type Judged =
  | { readonly outcome: "linked" | "repeated"; readonly bytes: Bytes; readonly entry: Entry }
  | { readonly outcome: "refused"; readonly bytes: Bytes; readonly entry: Entry | null; readonly alert: AlertKind };

/** What the store holds of the chains that a batch touches. */
interface Ledger {
  readonly heads: Map<string, ChainHead>;
  readonly hashes: Map<string, Bytes>;
  readonly owners: Map<string, string>;
}

/**
 * Judges a batch in its order without opening any body: each entry is linked to its chain, known already, or refused with an alert.
 * Writes nothing. A chain that another device began is "other-device".
 */
export async function judgeBatch(db: Db, keys: DeviceKeys, deviceId: string, batch: readonly Bytes[]): Promise<readonly Judged[]> {
  const ledger: Ledger = { heads: new Map(), hashes: new Map(), owners: new Map() };
  const entries = await Promise.all(batch.map(readEntry));
  for (const entry of entries) if (entry !== null) await load(db, ledger, entry);

  const isForeign = (entry: Entry | null) => entry !== null && (ledger.owners.get(toHex(entry.header.chain)) ?? deviceId) !== deviceId;
  const own = batch.flatMap((bytes, i) => (isForeign(entries[i] ?? null) ? [] : [{ bytes, i }]));
  const verified = await verifyChain(
    own.map(({ bytes, i }) => entries[i] ?? bytes),
    knownDevice(keys, ledger),
  );
  const alerts = new Map(verified.alerts.map(({ at, kind }) => [own[at]?.i, kind]));
  const linked = new Set(verified.linked.map(({ bytes }) => bytes));

  return batch.map((bytes, i): Judged => {
    const entry = entries[i] ?? null;
    const alert = isForeign(entry) ? "other-device" : alerts.get(i);
    if (entry === null || alert !== undefined) return { outcome: "refused", bytes, entry, alert: alert ?? "malformed" };
    return { outcome: linked.has(bytes) ? "linked" : "repeated", bytes, entry };
  });
}

function knownDevice(keys: DeviceKeys, ledger: Ledger): KnownDevice {
  return {
    ...keys,
    headOf: (chain) => ledger.heads.get(toHex(chain)) ?? null,
    hashAt: (chain, seq) => ledger.hashes.get(placeOf(chain, seq)) ?? null,
  };
}

/** Head of the entry's chain, and what stands at and before its place. */
async function load(db: Db, ledger: Ledger, { header: { chain, seq } }: Entry): Promise<void> {
  const name = toHex(chain);
  if (!ledger.owners.has(name)) {
    const row = await chainById(db, name);
    if (row !== null) {
      ledger.owners.set(name, row.device);
      ledger.heads.set(name, { chain, seq: row.seq, hash: new Uint8Array(row.hash) });
    }
  }
  const head = ledger.heads.get(name)?.seq ?? 0;
  for (const place of [seq - 1, seq]) {
    if (place < 1 || place > head || ledger.hashes.has(placeOf(chain, place))) continue;
    const row = await entryAt(db, name, place);
    if (row !== null) ledger.hashes.set(placeOf(chain, place), new Uint8Array(row.hash));
  }
}

const placeOf = (chain: Bytes, seq: number): string => `${toHex(chain)}/${seq}`;

async function readEntry(bytes: Bytes): Promise<Entry | null> {
  try {
    return await parseEntry(bytes);
  } catch (error) {
    if (codeOf(error) === "journal-malformed") return null;
    throw error;
  }
}
