import type { Db } from "./tables.ts";

/** A passkey of a reviewer: only its public half. */
export interface PasskeyRow {
  /** Credential id, base64url. */
  id: string;
  reviewer: string;
  /** As the reviewer calls it. */
  label: string;
  public_key: Uint8Array;
  counter: number;
  /** Between spaces. */
  transports: string;
  created: number;
  /** ms of the last sign-in; 0: never. */
  used: number;
}

/** A one-time invitation, known by the hash of its code. */
export interface InviteRow {
  id: string;
  reviewer: string;
  until: number;
  /** ms; 0: not used. */
  used: number;
}

/** Who of an identity provider is which reviewer: the only way in from there. */
export interface OidcRow {
  issuer: string;
  kind: "sub" | "email";
  value: string;
  reviewer: string;
  /** Of an email: the subject that first came with it, and alone may come again; "": nobody has. */
  sub: string;
}

export async function passkeyById(db: Db, id: string): Promise<PasskeyRow | null> {
  return (await db.selectFrom("reviewer_passkey").selectAll().where("id", "=", id).executeTakeFirst()) ?? null;
}

export async function passkeysOf(db: Db, reviewer: string): Promise<PasskeyRow[]> {
  return await db.selectFrom("reviewer_passkey").selectAll().where("reviewer", "=", reviewer).orderBy("created").orderBy("id").execute();
}

export async function addPasskey(db: Db, row: PasskeyRow): Promise<void> {
  await db.insertInto("reviewer_passkey").values(row).execute();
}

/** Notes a use. False: the counter has moved since it was read, so that somebody else used the same answer or a copy of the key. */
export async function notePasskeyUse(db: Db, id: string, was: number, counter: number, at: number): Promise<boolean> {
  const done = await db
    .updateTable("reviewer_passkey")
    .set({ counter, used: at })
    .where("id", "=", id)
    .where("counter", "=", was)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

export async function dropPasskey(db: Db, reviewer: string, id: string): Promise<boolean> {
  const done = await db.deleteFrom("reviewer_passkey").where("id", "=", id).where("reviewer", "=", reviewer).executeTakeFirst();
  return done.numDeletedRows > 0n;
}

export async function addInvite(db: Db, row: InviteRow): Promise<void> {
  await db.insertInto("reviewer_invite").values(row).execute();
}

/** An invitation unused and in time. */
export async function openInvite(db: Db, id: string, now: number): Promise<InviteRow | null> {
  const open = db.selectFrom("reviewer_invite").selectAll().where("id", "=", id).where("used", "=", 0).where("until", ">", now);
  return (await open.executeTakeFirst()) ?? null;
}

/** Uses an invitation up; of two who try, one wins. */
export async function takeInvite(db: Db, id: string, now: number): Promise<boolean> {
  const done = await db
    .updateTable("reviewer_invite")
    .set({ used: now })
    .where("id", "=", id)
    .where("used", "=", 0)
    .where("until", ">", now)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** A new invitation replaces those before it. */
export async function dropInvites(db: Db, reviewer: string): Promise<void> {
  await db.deleteFrom("reviewer_invite").where("reviewer", "=", reviewer).where("used", "=", 0).execute();
}

export async function oidcBinding(db: Db, issuer: string, kind: OidcRow["kind"], value: string): Promise<OidcRow | null> {
  const row = db.selectFrom("reviewer_oidc").selectAll().where("issuer", "=", issuer).where("kind", "=", kind).where("value", "=", value);
  return (await row.executeTakeFirst()) ?? null;
}

export async function oidcBindingsOf(db: Db, reviewer: string): Promise<OidcRow[]> {
  return await db.selectFrom("reviewer_oidc").selectAll().where("reviewer", "=", reviewer).orderBy("issuer").orderBy("value").execute();
}

/** Binds, or binds anew. */
export async function putOidcBinding(db: Db, row: OidcRow): Promise<void> {
  await db
    .insertInto("reviewer_oidc")
    .values(row)
    .onConflict((conflict) => conflict.columns(["issuer", "kind", "value"]).doUpdateSet({ reviewer: row.reviewer, sub: row.sub }))
    .execute();
}

/** The first subject that comes with a bound email; false: another came first. */
export async function pinOidcSubject(db: Db, { issuer, kind, value }: OidcRow, sub: string): Promise<boolean> {
  const done = await db
    .updateTable("reviewer_oidc")
    .set({ sub })
    .where("issuer", "=", issuer)
    .where("kind", "=", kind)
    .where("value", "=", value)
    .where("sub", "in", ["", sub])
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Every key of an account: passkeys, invitations, bindings. */
export async function dropKeysOf(db: Db, reviewer: string): Promise<void> {
  await db.deleteFrom("reviewer_passkey").where("reviewer", "=", reviewer).execute();
  await db.deleteFrom("reviewer_invite").where("reviewer", "=", reviewer).execute();
  await db.deleteFrom("reviewer_oidc").where("reviewer", "=", reviewer).execute();
}
