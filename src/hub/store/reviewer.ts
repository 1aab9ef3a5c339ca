import type { Db } from "./tables.ts";

/** Who may sign in at the console. */
export interface ReviewerRow {
  name: string;
  /** scrypt$N$r$p$salt$hash; "": no passphrase. */
  hash: string;
  created: number;
  /** Names of roles between spaces; "": may no longer sign in. */
  roles: string;
  /** 32 random bytes, base64url: the name of the account in its passkeys; "": none was ever made. */
  handle: string;
  /** Raised by whatever must end the account's sessions. */
  generation: number;
}

export async function reviewerByName(db: Db, name: string): Promise<ReviewerRow | null> {
  return (await db.selectFrom("reviewer").selectAll().where("name", "=", name).executeTakeFirst()) ?? null;
}

export async function reviewers(db: Db): Promise<ReviewerRow[]> {
  return await db.selectFrom("reviewer").selectAll().orderBy("name").execute();
}

/** Adds a reviewer, or gives a known one a new passphrase (which ends their sessions). Their roles stay unless new ones are given. */
export async function putReviewer(
  db: Db,
  row: Pick<ReviewerRow, "name" | "hash" | "created">,
  roles: string | null,
  firstRoles: string,
): Promise<void> {
  await db
    .insertInto("reviewer")
    .values({ ...row, roles: roles ?? firstRoles, handle: "", generation: 0 })
    .onConflict((conflict) =>
      conflict.column("name").doUpdateSet((e) => ({
        hash: row.hash,
        generation: e("reviewer.generation", "+", 1),
        ...(roles === null ? {} : { roles }),
      })),
    )
    .execute();
}

/** A reviewer without a passphrase, where there is none of that name; else nothing but the new roles, if any. */
export async function makeReviewer(db: Db, name: string, created: number, roles: string | null, firstRoles: string): Promise<void> {
  const row = { name, hash: "", created, roles: roles ?? firstRoles, handle: "", generation: 0 };
  const known = db.insertInto("reviewer").values(row);
  await known
    .onConflict((conflict) => (roles === null ? conflict.column("name").doNothing() : conflict.column("name").doUpdateSet({ roles })))
    .execute();
}

/** The handle, made by `make` where there is none; of two at once one wins. */
export async function reviewerHandle(db: Db, name: string, make: () => string): Promise<string> {
  await db.updateTable("reviewer").set({ handle: make() }).where("name", "=", name).where("handle", "=", "").execute();
  return (await reviewerByName(db, name))?.handle ?? "";
}

/** No role, no passphrase, no session; the name stays, since decisions bear it. False: nobody of that name. */
export async function closeReviewer(db: Db, name: string): Promise<boolean> {
  const done = await db
    .updateTable("reviewer")
    .set((e) => ({ hash: "", roles: "", generation: e("generation", "+", 1) }))
    .where("name", "=", name)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Ends the account's sessions in every process. */
export async function raiseGeneration(db: Db, name: string): Promise<void> {
  await db
    .updateTable("reviewer")
    .set((e) => ({ generation: e("generation", "+", 1) }))
    .where("name", "=", name)
    .execute();
}
