import { createHmac, randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { putQuery, type QueryRow } from "../store/query.ts";
import { secretNamed } from "../store/secret.ts";
import type { LookupDeps } from "./lookup.ts";

/** Writes down that somebody asked for people: a row, and a log line without the words. Called before the answer leaves. */
export async function noteQuery(
  deps: LookupDeps & { readonly log: Logger },
  asked: Omit<QueryRow, "id" | "at" | "digest"> & { readonly query: string },
): Promise<void> {
  const { query, ...rest } = asked;
  const secret = await secretNamed(deps.db, "query-digest");
  const digest = createHmac("sha256", secret).update(query).digest("base64url").slice(0, 22);
  await putQuery(deps.db, { ...rest, id: randomUUID(), at: deps.clock.now(), digest });
  deps.log.info({ ...rest, digest }, "asked for people");
}
