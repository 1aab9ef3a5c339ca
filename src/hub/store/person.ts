import { sql } from "kysely";
import type { Db } from "./tables.ts";

/** A person of the region: one or more patients. Never deleted: one without patients is sealed away, and may come back. */
export interface PersonRow {
  /** 16 bytes, base64url. */
  ref: string;
  /** Raised with every change, in the transaction of the change. */
  changed: number;
  /** Value of `changed` that the current packs show; less than `changed` = to be sealed. */
  sealed: number;
  /** Versions of what made those packs (rules, formats, sealing generation); another maker = to be sealed. "" before the first. */
  maker: string;
}

/** Marks persons as changed. */
export async function raisePersons(db: Db, refs: readonly string[]): Promise<void> {
  for (let at = 0; at < refs.length; at += 1_000)
    await db
      .updateTable("person")
      .set({ changed: sql`changed + 1` })
      .where("ref", "in", refs.slice(at, at + 1_000))
      .execute();
}

/** Persons whose packs do not show what is known, or were made by another maker; in order. */
export async function personsToSeal(db: Db, maker: string): Promise<PersonRow[]> {
  return await db
    .selectFrom("person")
    .selectAll()
    .where((is) => is.or([is("sealed", "<", is.ref("changed")), is("maker", "!=", maker)]))
    .orderBy("ref")
    .execute();
}

/** Their packs now show what was known at `changed`; a change that came meanwhile stays marked. */
export async function markSealed(db: Db, person: Pick<PersonRow, "ref" | "changed">, maker: string): Promise<void> {
  await db.updateTable("person").set({ sealed: person.changed, maker }).where("ref", "=", person.ref).execute();
}

/** Marks everybody: a rule changed that is about all. */
export async function raiseEverybody(db: Db): Promise<void> {
  await db.updateTable("person").set({ changed: sql`changed + 1` }).execute();
}

export async function personByRef(db: Db, ref: string): Promise<PersonRow | null> {
  return (await db.selectFrom("person").selectAll().where("ref", "=", ref).executeTakeFirst()) ?? null;
}
