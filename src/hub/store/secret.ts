import { randomBytes } from "node:crypto";
import type { Db } from "./tables.ts";

/** A random value of this hub that must never change once made: whoever needs one names it. */
export interface SecretRow {
  name: string;
  value: Uint8Array;
}

/** The named secret, made at first use; two processes that ask at once get the same one. */
export async function secretNamed(db: Db, name: string, length = 32): Promise<Uint8Array> {
  const select = () => db.selectFrom("secret").select("value").where("name", "=", name).executeTakeFirst();
  const known = await select();
  if (known) return new Uint8Array(known.value);
  await db
    .insertInto("secret")
    .values({ name, value: randomBytes(length) })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .execute();
  return new Uint8Array((await db.selectFrom("secret").select("value").where("name", "=", name).executeTakeFirstOrThrow()).value);
}
