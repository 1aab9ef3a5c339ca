/** What came of the site's notes, and what the hub says of this device's own, kept on the disk page by page. */
import type { NoteCopy } from "../../shared/note/seal.ts";
import type { JournalDb, NoteRow } from "../journal/db.ts";
import { letNotesGo } from "../journal/notes.ts";
import { stored } from "../vault/failure.ts";
import type { NoteKeys } from "./keys.ts";
import { rowOf } from "./rows.ts";

export interface SiteCopy extends NoteCopy {
  readonly state: Extract<NoteRow["state"], "new" | "accepted" | "duplicate" | "rejected">;
}

/** Rows and `next` in one transaction: a kill leaves both or neither. `now`: trusted ms. */
export async function keepSiteNotes(
  db: JournalDb,
  keys: NoteKeys,
  { copies, next, now }: { readonly copies: readonly SiteCopy[]; readonly next: number; readonly now: number },
): Promise<void> {
  const rows = await Promise.all(
    copies.map(({ state, ...copy }) =>
      rowOf(copy, keys, { origin: "site", sealed: null, unsent: 0, state, code: "", kept: Math.trunc(now) }),
    ),
  );
  await stored(() =>
    db.transaction("rw", db.notes, db.log, async () => {
      for (const row of rows) {
        const before = await db.notes.get(row.id);
        // This device's own stays as it was sealed, and in its place.
        await db.notes.put(before ? { ...row, origin: before.origin, sealed: before.sealed, kept: before.kept } : row);
      }
      await db.log.put({ what: "notes", after: next });
    }),
  );
  await stored(() => letNotesGo(db));
}
