/** Sealed files that did not open: whether the disk is at fault, and then that the next sync may bring them again. */
import type { Table } from "dexie";
import { equalBytes, fromBase64Url } from "../../shared/bytes.ts";
import { sha256 } from "../../shared/crypto/hash.ts";
import type { SealedRow } from "./db.ts";
import { stored } from "./failure.ts";

/**
 * True when the bytes are no longer those their name (a hash) promises: the row is then taken away, so that the next sync misses it and
 * fetches it again. False: the bytes are right, so something else is wrong, and nothing is touched.
 */
export async function dropRotten(table: Table<SealedRow, string>, row: SealedRow): Promise<boolean> {
  const name = fromBase64Url(row.name);
  if (name !== null && equalBytes(await sha256(row.bytes), name)) return false;
  await stored(() => table.delete(row.name));
  return true;
}
