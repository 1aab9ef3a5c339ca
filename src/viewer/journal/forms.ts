/** Paper forms of an outage that were printed here, until each has come back. For whom one was printed lies here wrapped, never in the clear. */
import { type Bytes, fromUtf8, utf8 } from "../../shared/bytes.ts";
import { encodeCbor } from "../../shared/crypto/cbor.ts";
import { unwrapBytes, wrapBytes } from "../../shared/crypto/wrap.ts";
import type { FormRow, JournalDb } from "./db.ts";

const DAY_MS = 86_400_000;
/** So long a returned form can still be looked up, as one that came back already. */
const RETURNED_KEPT_MS = 90 * DAY_MS;

/** `key`: wraps under the vault key; a wrapped person that is copied to another form does not open. */
export async function wrapPerson(key: CryptoKey, id: string, person: string): Promise<Bytes> {
  return wrapBytes(key, binding(id), utf8(person));
}

/** null: the form is blank, or was printed under a vault key that is gone. */
export async function personOfForm(key: CryptoKey, { id, person }: FormRow): Promise<string | null> {
  if (!person) return null;
  return unwrapBytes(key, binding(id), person).then(fromUtf8, () => null);
}

/** `add`: an id is never used twice. What came back long ago is let go of. */
export async function keepForms(db: JournalDb, rows: readonly FormRow[], now: number): Promise<void> {
  await db.transaction("rw", db.forms, async () => {
    await db.forms.bulkAdd([...rows]);
    await db.forms
      .where("returned")
      .between(1, now - RETURNED_KEPT_MS)
      .delete();
  });
}

/** Those still out, the oldest first, then those that came back, the newest first. */
export async function formsHere(db: JournalDb): Promise<readonly FormRow[]> {
  const rows = await db.forms.toArray();
  const out = rows.filter(({ returned }) => returned === 0).sort((a, b) => a.at - b.at);
  return [...out, ...rows.filter(({ returned }) => returned !== 0).sort((a, b) => b.returned - a.returned)];
}

/** False: it was not printed on this device. A second return keeps the time of the first. */
export async function markReturned(db: JournalDb, id: string, now: number): Promise<boolean> {
  return db.transaction("rw", db.forms, async () => {
    const row = await db.forms.get(id);
    if (row?.returned === 0) await db.forms.put({ ...row, returned: now });
    return row !== undefined;
  });
}

function binding(id: string): Bytes {
  return encodeCbor(["tomoshibi/form/1", id]);
}
