/**
 * Following the hub's order to wipe, locked or not: the order on disk, its entry, the deletion, a second entry that says so, the outbox home,
 * the rest deleted. Each step is on disk before the next begins, so that a start after any kill goes on; steps done twice do no harm.
 */
import type { Bytes } from "../../shared/bytes.ts";
import { codeOf } from "../../shared/error.ts";
import type { HubKeys } from "../../shared/protocol/keys.ts";
import { openWipe, type WipeOrder, wipeDone } from "../../shared/protocol/orders.ts";
import type { JournalDb } from "../journal/db.ts";
import { dropCopies, unsentNotes } from "../journal/notes.ts";
import { outboxCount } from "../journal/outbox.ts";
import type { FactRow, SignedRow, VaultDb } from "../vault/db.ts";
import { stored } from "../vault/failure.ts";
import type { GoodWipe } from "./orders.ts";
import { type WipeEvent, type WipeState, wipeStates, wipeTable } from "./wipe-machine.ts";

export interface WipeDeps {
  readonly db: VaultDb;
  readonly journal: JournalDb;
  /** Writes a "wipe" entry by the locked key. */
  readonly note: (what: string) => Promise<unknown>;
}

/** What stands on the disk about a wipe. */
export interface WipeOnDisk extends Pick<WipeOrder, "reason" | "at"> {
  readonly state: WipeState;
  /** The second entry is in the journal. */
  readonly said: boolean;
}

export const noWipe: WipeOnDisk = { state: "none", reason: "revoked", at: 0, said: false };
const reasons = ["revoked", "renew"] as const;

export function wipeOnDisk(facts: readonly FactRow[]): WipeOnDisk {
  const fact = new Map(facts.map(({ id, value }) => [id, value]));
  return {
    state: wipeStates[fact.get("wipe") ?? 0] ?? "none",
    reason: reasons[fact.get("wipeReason") ?? 0] ?? "revoked",
    at: fact.get("wipeAt") ?? 0,
    said: fact.get("wipeSaid") === 1,
  };
}

/**
 * Whether the order on the disk is the hub's own, for this device: who can write to a disk can delete what is on it, but must not make the
 * program say that the hub had it done. Before anything was deleted only; afterwards the deletion is finished whatever the row says.
 */
export async function wipeHolds(wipe: WipeOnDisk, signed: readonly SignedRow[], keys: HubKeys, device: Bytes): Promise<boolean> {
  if (wipe.state !== "ordered" && wipe.state !== "noted") return true;
  const row = signed.find(({ what }) => what === "wipe");
  return (
    row !== undefined &&
    (await openWipe(row.bytes, keys, device).then(
      () => true,
      () => false,
    ))
  );
}

/** An order goes to disk. On a full disk it is followed without: deleting is what makes room. */
export async function keepWipe({ db }: WipeDeps, { order, bytes }: GoodWipe): Promise<WipeOnDisk> {
  const wipe: WipeOnDisk = { state: wipeTable.none.order, reason: order.reason, at: order.at, said: false };
  try {
    await stored(() =>
      db.transaction("rw", db.signed, db.facts, async () => {
        await db.signed.put({ what: "wipe", bytes });
        await db.facts.bulkPut(factsOf(wipe));
      }),
    );
  } catch (error) {
    if (codeOf(error) !== "storage-full") throw error;
  }
  return wipe;
}

/** From wherever it stands to "erased", with both entries written as far as the disk lets them be. */
export async function erase(deps: WipeDeps, from: WipeOnDisk): Promise<WipeOnDisk> {
  let wipe = from;
  if (wipe.state === "ordered" && (await noted(deps, "ordered"))) wipe = await move(deps.db, wipe, "noted");
  if (wipe.state === "ordered" || wipe.state === "noted") wipe = await eraseAll(deps.db, wipe);
  // Another database, so another transaction: after a kill in between it is done at the next start. The copies' key is gone already.
  if (wipe.state === "erased") await stored(() => dropCopies(deps.journal));
  if (wipe.state === "erased" && !wipe.said && (await noted(deps, wipeDone))) wipe = await keepFacts(deps.db, { ...wipe, said: true });
  return wipe;
}

/** After a push: when the hub has all, the outbox, the locked key and every other trace go too. */
export async function forget(deps: WipeDeps, from: WipeOnDisk): Promise<WipeOnDisk> {
  let wipe = from;
  if (wipe.state === "erased" && wipe.said && (await stored(() => allHome(deps.journal)))) wipe = await move(deps.db, wipe, "acknowledged");
  return wipe.state === "home" ? forgetAll(deps, wipe) : wipe;
}

/** Somebody enrols the device anew: nothing needs to be said any more. */
export async function dropWipe(db: VaultDb): Promise<void> {
  await stored(() => db.facts.bulkDelete(factsOf(noWipe).map(({ id }) => id)));
}

async function allHome(journal: JournalDb): Promise<boolean> {
  return (await outboxCount(journal)) === 0 && (await unsentNotes(journal)) === 0;
}

async function noted(deps: WipeDeps, what: string): Promise<boolean> {
  try {
    await deps.note(what);
    return true;
  } catch (error) {
    if (codeOf(error) === "journal-write-failed") return false;
    throw error;
  }
}

/** One transaction. Of the device's row what signs for a locked device stays, of what the hub signed its keys: receipts are judged by them. */
async function eraseAll(db: VaultDb, from: WipeOnDisk): Promise<WipeOnDisk> {
  const wipe = { ...from, state: wipeTable[from.state].erased };
  const kept = new Set(["device", "signed", "facts"]);
  await stored(() =>
    db.transaction("rw", db.tables, async () => {
      for (const table of db.tables) if (!kept.has(table.name)) await table.clear();
      await db.signed.where("what").noneOf(["keys", "wipe"]).delete();
      await db.facts.where("id").anyOf(["people", "manifest"]).delete();
      const device = await db.device.get("device");
      await db.device.clear();
      if (device) await db.device.put({ ...device, nursery: null });
      await db.facts.bulkPut(factsOf(wipe));
    }),
  );
  return wipe;
}

/** The journal first: while the locked key is there, a kill in between is finished at the next start. */
async function forgetAll({ db, journal }: WipeDeps, from: WipeOnDisk): Promise<WipeOnDisk> {
  const wipe = { ...from, state: wipeTable[from.state].forgotten };
  await stored(() =>
    journal.transaction("rw", journal.tables, async () => {
      for (const table of journal.tables) await table.clear();
    }),
  );
  await stored(() =>
    db.transaction("rw", db.tables, async () => {
      for (const table of db.tables) await table.clear();
      await db.facts.bulkPut(factsOf(wipe));
    }),
  );
  return wipe;
}

async function move(db: VaultDb, from: WipeOnDisk, event: WipeEvent): Promise<WipeOnDisk> {
  return keepFacts(db, { ...from, state: wipeTable[from.state][event] });
}

async function keepFacts(db: VaultDb, wipe: WipeOnDisk): Promise<WipeOnDisk> {
  await stored(() => db.facts.bulkPut(factsOf(wipe)));
  return wipe;
}

function factsOf({ state, reason, at, said }: WipeOnDisk): FactRow[] {
  return [
    { id: "wipe", value: wipeStates.indexOf(state) },
    { id: "wipeReason", value: reasons.indexOf(reason) },
    { id: "wipeAt", value: at },
    { id: "wipeSaid", value: said ? 1 : 0 },
  ];
}
