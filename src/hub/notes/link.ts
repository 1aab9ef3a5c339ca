/** Who an unknown patient is: a link beside the notes, never a merge of records, taken back by a later one. */
import { type NoteLinkRow, noteLinks } from "../store/noteDeeds.ts";
import type { Db } from "../store/store.ts";

/** Reference of the person that the operator has linked; null: nobody, or it was taken back. */
export async function linkedPerson(db: Db, unknown: string): Promise<string | null> {
  return (await lastLink(db, unknown))?.person || null;
}

export async function lastLink(db: Db, unknown: string): Promise<NoteLinkRow | null> {
  return (await noteLinks(db, unknown)).at(-1) ?? null;
}
