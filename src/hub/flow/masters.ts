import { createHash } from "node:crypto";
import { TomoshibiError } from "../../shared/error.ts";
import { type MasterRead, readMaster } from "../ingest/masters/index.ts";
import type { MasterKind } from "../record/master.ts";
import { type MasterRow, masters, removeMaster, replaceMaster } from "../store/master.ts";
import type { Store } from "../store/store.ts";
import type { Db } from "../store/tables.ts";

export interface MasterOrder {
  readonly kind: MasterKind;
  /** Name of the file, without its folder. */
  readonly file: string;
  readonly bytes: Uint8Array;
  /** Day of the master, YYYY-MM-DD; null: the one in its name. */
  readonly date: string | null;
  /** Takes a master that has less than half of the entries of the one before. */
  readonly smaller: boolean;
}

export type MasterImported = Pick<MasterRow, "kind" | "date" | "file"> & Pick<MasterRead, "read" | "taken" | "refused" | "charset">;

/**
 * Takes the place of the master of this kind, all or nothing; everybody's summary is made anew at the next publication, and sealed where it changed.
 * Errors: master-malformed (also a date that is none), master-shrunk, hub-data-locked; the master before then stays in force.
 */
export async function importMaster(store: Store, order: MasterOrder, now: string): Promise<MasterImported> {
  const { kind, file, bytes } = order;
  const date = order.date ?? dateInName(file);
  if (date === null || !isDay(date)) throw new TomoshibiError("master-malformed", { kind, reason: "date" });
  const { entries, read, taken, refused, charset } = readMaster(bytes, kind);
  const hash = createHash("sha256").update(bytes).digest("base64url");
  const lock = await store.lock();
  try {
    await store.db.transaction().execute(async (tx) => {
      const before = (await masters(tx)).find((row) => row.kind === kind);
      if (before !== undefined && taken * 2 < before.taken && !order.smaller)
        throw new TomoshibiError("master-shrunk", { kind, before: before.taken, taken });
      await replaceMaster(tx, { kind, date, file, hash, imported: now, read, taken, refused: JSON.stringify(refused) }, entries);
    });
  } finally {
    await lock.release();
  }
  return { kind, date, file, read, taken, refused, charset };
}

/** False when there was none. Errors: hub-data-locked. */
export async function dropMaster(store: Store, kind: MasterKind): Promise<boolean> {
  const lock = await store.lock();
  try {
    return await store.db.transaction().execute((tx) => removeMaster(tx, kind));
  } finally {
    await lock.release();
  }
}

/** Which masters are in force, for the mark of who made a pack: another master means that everybody is summarized again. */
export async function mastersVersion(db: Db): Promise<string> {
  return (await masters(db)).map(({ kind, date, hash }) => `${kind} ${date} ${hash.slice(0, 12)}`).join(" ");
}

/** MEDIS20261031.TXT, 20261031.csv, JFAGY_J9FN_20260925_R02.csv: the first eight digits that are a day. */
function dateInName(file: string): string | null {
  const days = [...file.matchAll(/(?<!\d)(20\d{2})-?(\d{2})-?(\d{2})(?!\d)/g)].map(([, year, month, day]) => `${year}-${month}-${day}`);
  return days.find(isDay) ?? null;
}

function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
