import type { FileRow, FileState } from "./file.ts";
import type { Db } from "./tables.ts";

/** Files of one facility by type and state, types in order. */
export async function typeCounts(
  db: Db,
  facility: string,
): Promise<{ type: string; state: FileState; files: number; warnings: number; newest: string }[]> {
  return await db
    .selectFrom("file")
    .select(["type", "state"])
    .select((q) => [
      q.fn.countAll<number>().as("files"),
      q.fn.coalesce(q.fn.sum<number>("warnings"), q.lit(0)).as("warnings"),
      q.fn.max("received").as("newest"),
    ])
    .where("facility", "=", facility)
    .groupBy(["type", "state"])
    .orderBy("type")
    .orderBy("state")
    .execute();
}

export type Arrival = Pick<FileRow, "path" | "received">;

/** How many patients a facility has, when it sent first and last, and the newest `most` files that came after its first run. */
export async function arrivals(
  db: Db,
  facility: string,
  most: number,
): Promise<{ patients: number; first: string; newest: string; files: Arrival[] }> {
  const { first, newest } = await db
    .selectFrom("file")
    .select((q) => [q.fn.min("received").as("first"), q.fn.max("received").as("newest")])
    .where("facility", "=", facility)
    .executeTakeFirstOrThrow();
  const { patients } = await db
    .selectFrom("patient")
    .select((q) => q.fn.countAll<number>().as("patients"))
    .where("facility", "=", facility)
    .executeTakeFirstOrThrow();
  const files = await db
    .selectFrom("file")
    .select(["path", "received"])
    .where("facility", "=", facility)
    .where("received", ">", first ?? "")
    .orderBy("id", "desc")
    .limit(most)
    .execute();
  return { patients, first: first ?? "", newest: newest ?? "", files };
}

export type Refusal = Pick<FileRow, "type" | "reason" | "path">;

/** Quarantined files of one facility, newest first. */
export async function refusals(db: Db, facility: string): Promise<Refusal[]> {
  return await db
    .selectFrom("file")
    .select(["type", "reason", "path"])
    .where("facility", "=", facility)
    .where("state", "=", "quarantined")
    .orderBy("id", "desc")
    .execute();
}
