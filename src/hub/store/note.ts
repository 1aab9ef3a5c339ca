import type { ExpressionBuilder } from "kysely";
import type { NoteKind } from "../../shared/note/note.ts";
import type { NoteState } from "../../shared/protocol/notesPage.ts";
import type { Db, Tables } from "./tables.ts";

/** A note as its device sealed it. What it says is read from `sealed`; the columns beside it are for finding it. */
export interface NoteRow {
  /** n, device, a dot, id: two devices that use one id have two notes. */
  key: string;
  id: string;
  device: string;
  /** Of the device when it came. */
  site: string;
  /** SHA-256 of the sealed bytes, base64url. */
  hash: string;
  sealed: Uint8Array;
  /** The journal entry that declares it; "" and 0 while none is linked: nobody is proven to have written it. */
  chain: string;
  seq: number;
  /** As the entry is signed; "" while there is none. */
  staff: string;
  role: string;
  /** Person reference, or "". */
  person: string;
  /** Id of the unknown patient, or "". */
  unknown: string;
  kind: NoteKind;
  happened: string;
  /** ms. */
  written: number;
  received: number;
  /** Id of the note that it corrects, or "". */
  corrects: string;
  form: string;
  /** Person reference that a note of kind "identified" gives its unknown patient; "" otherwise. */
  identifies: string;
  /** By the newest decision. */
  state: NoteState;
  /** Key of the note that this one says again, or "". */
  of: string;
  /** Number of its newest change, over all notes; 0 while it is not proven. */
  changed: number;
}

/** Where the numbering of changes stands. */
export interface NoteChangeRow {
  name: "last";
  last: number;
}

/** What came and could not be taken: kept as sent, with the code. */
export interface NoteRefusedRow {
  /** SHA-256 of the bytes, base64url: the same thing sent twice is kept once. */
  id: string;
  device: string;
  code: string;
  bytes: Uint8Array;
  received: number;
}

/** What narrows a list; left out: all of it. */
export interface NoteFilter {
  readonly state?: NoteState;
  readonly site?: string;
  /** true: declared by a linked entry; false: still waiting for it. */
  readonly proven?: boolean;
  /** Keys that sort behind this one alone (received, key), newest first: where a page ended. */
  readonly before?: { readonly received: number; readonly key: string };
}

/** Begins with a letter: ids may begin with a dash, which a command line takes for an option. */
export const noteKey = (device: string, id: string): string => `n${device}.${id}`;

/** False when the device's note of this id is there already. */
export async function addNote(db: Db, row: NoteRow): Promise<boolean> {
  const done = await db
    .insertInto("note")
    .values(row)
    .onConflict((conflict) => conflict.column("key").doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function noteByKey(db: Db, key: string): Promise<NoteRow | null> {
  return (await db.selectFrom("note").selectAll().where("key", "=", key).executeTakeFirst()) ?? null;
}

/** Every note of one person, or of one unknown patient, by when it happened. */
export async function notesOf(db: Db, subject: { readonly person: string } | { readonly unknown: string }): Promise<NoteRow[]> {
  const rows = db.selectFrom("note").selectAll().orderBy("happened").orderBy("written").orderBy("key");
  return await ("person" in subject
    ? rows.where("person", "=", subject.person)
    : rows.where("unknown", "=", subject.unknown).where("unknown", "!=", "")
  ).execute();
}

/** Newest first. */
export async function findNotes(db: Db, filter: NoteFilter, most: number): Promise<NoteRow[]> {
  let rows = db.selectFrom("note").selectAll().orderBy("received", "desc").orderBy("key", "desc").limit(most);
  if (filter.state !== undefined) rows = rows.where("state", "=", filter.state);
  if (filter.site !== undefined) rows = rows.where("site", "=", filter.site);
  if (filter.proven !== undefined) rows = rows.where("seq", filter.proven ? ">" : "=", 0);
  const { before } = filter;
  if (before !== undefined)
    rows = rows.where((e) =>
      e.or([e("received", "<", before.received), e.and([e("received", "=", before.received), e("key", "<", before.key)])]),
    );
  return await rows.execute();
}

/** How many notes are in each state; apart from them, how many wait for their entry with nothing decided. */
export async function countNotes(db: Db): Promise<{ readonly states: ReadonlyMap<NoteState, number>; readonly waiting: number }> {
  const counted = async (waiting: boolean) =>
    await db
      .selectFrom("note")
      .select((q) => ["state" as const, q.fn.countAll<number>().as("count")])
      .where((e) => (waiting ? isWaiting(e) : e.not(isWaiting(e))))
      .groupBy("state")
      .execute();
  const isWaiting = (e: ExpressionBuilder<Tables, "note">) => e.and([e("seq", "=", 0), e("state", "=", "new")]);
  const [waiting, decided] = [await counted(true), await counted(false)];
  return { states: new Map(decided.map((row) => [row.state, Number(row.count)])), waiting: Number(waiting[0]?.count ?? 0) };
}

/** Unknown patients of whom some note has said that they are this person: whether it still holds is another question. */
export async function unknownsIdentifiedAs(db: Db, person: string): Promise<string[]> {
  const rows = await db
    .selectFrom("note")
    .select("unknown")
    .where("identifies", "=", person)
    .where("unknown", "!=", "")
    .distinct()
    .execute();
  return rows.map(({ unknown }) => unknown);
}

/** How many of a site nobody has decided on, proven or not. */
export async function undecidedNotes(db: Db, site: string): Promise<number> {
  const { count } = await db
    .selectFrom("note")
    .select((q) => q.fn.countAll<number>().as("count"))
    .where("site", "=", site)
    .where("state", "=", "new")
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Those that were decided to say this one again. */
export async function notesSaidAgain(db: Db, key: string): Promise<NoteRow[]> {
  return await db.selectFrom("note").selectAll().where("of", "=", key).execute();
}

/** Proven notes of a site that changed after a number, in that order. */
export async function notesChanged(db: Db, site: string, after: number, most: number): Promise<NoteRow[]> {
  return await db
    .selectFrom("note")
    .selectAll()
    .where("site", "=", site)
    .where("changed", ">", after)
    .orderBy("changed")
    .limit(most)
    .execute();
}

/** The next number of a change. Whoever takes one holds the others until it is committed, so that no reader passes a smaller one. */
export async function nextChange(tx: Db): Promise<number> {
  const row = await tx
    .updateTable("note_change")
    .set((e) => ({ last: e("last", "+", 1) }))
    .where("name", "=", "last")
    .returning("last")
    .executeTakeFirstOrThrow();
  return Number(row.last);
}

export async function changeNote(
  tx: Db,
  key: string,
  change: Partial<Pick<NoteRow, "chain" | "seq" | "staff" | "role" | "state" | "of" | "changed">>,
): Promise<void> {
  await tx.updateTable("note").set(change).where("key", "=", key).execute();
}

/** What was kept already stays as it is. */
export async function addRefusedNote(db: Db, row: NoteRefusedRow): Promise<void> {
  await db
    .insertInto("note_refused")
    .values(row)
    .onConflict((conflict) => conflict.column("id").doNothing())
    .execute();
}

export async function refusedNoteById(db: Db, id: string): Promise<NoteRefusedRow | null> {
  return (await db.selectFrom("note_refused").selectAll().where("id", "=", id).executeTakeFirst()) ?? null;
}

/** The newest, without their bytes. */
export async function refusedNotes(db: Db, most: number): Promise<Omit<NoteRefusedRow, "bytes">[]> {
  const columns = ["id", "device", "code", "received"] as const;
  return await db.selectFrom("note_refused").select(columns).orderBy("received", "desc").orderBy("id").limit(most).execute();
}

export async function countRefused(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom("note_refused")
    .select((q) => q.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(count);
}
