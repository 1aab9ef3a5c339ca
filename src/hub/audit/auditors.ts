import { createHash, createHmac, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import type { Clock } from "../../shared/clock.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { type AuditorRow, type AuditQueryRow, auditors, auditQueries, putAuditor, putAuditQuery, removeAuditor } from "../store/auditor.ts";
import { secretNamed } from "../store/secret.ts";
import type { Db } from "../store/store.ts";

export interface AuditorDeps {
  readonly db: Db;
  readonly clock: Clock;
}

/** Another word than a feed's token has: neither opens the other's door. */
const prefix = "tomoshibi-audit-";

/** A new token with which a system may read the journal as AuditEvents. It is told once: only its hash is kept. Errors: cli-usage. */
export async function addAuditor({ db, clock }: AuditorDeps, name: string): Promise<{ readonly id: string; readonly token: string }> {
  const trimmed = name.trim();
  if (trimmed === "" || trimmed.length > 120 || /\p{Cc}/u.test(trimmed)) throw new TomoshibiError("cli-usage", { option: "--name" });
  const token = `${prefix}${randomBytes(32).toString("base64url")}`;
  const id = randomBytes(6).toString("hex");
  await putAuditor(db, { id, name: trimmed, hash: hashOf(token), created: clock.now() });
  return { id, token };
}

export async function listAuditors(db: Db): Promise<readonly Omit<AuditorRow, "hash">[]> {
  return (await auditors(db)).map(({ id, name, created }) => ({ id, name, created }));
}

/** From the next request on it is no token any more. Errors: not-found. */
export async function dropAuditor(db: Db, id: string): Promise<void> {
  if (!(await removeAuditor(db, id))) throw new TomoshibiError("not-found", { auditor: id });
}

/** The auditor whose token this is, or null. Compared with every one there is, each in the same time. */
export async function auditorOfToken(db: Db, token: string): Promise<string | null> {
  const shown = hashOf(token);
  let found: string | null = null;
  for (const { hash, id } of await auditors(db)) if (timingSafeEqual(hash, shown)) found = id;
  return found;
}

export interface Look {
  /** "auditor ID", or "command". */
  readonly who: string;
  readonly parameters: URLSearchParams;
  readonly found: number;
  /** HTTP status, or "written". */
  readonly outcome: string;
}

/** Writes down that somebody looked into the journal: reading the log is an event of its own. Called before the answer leaves. */
export async function noteLook({ db, clock }: AuditorDeps, { who, parameters, found, outcome }: Look): Promise<void> {
  const secret = await secretNamed(db, "query-digest");
  const digest = createHmac("sha256", secret).update(parameters.toString()).digest("base64url").slice(0, 22);
  const asked = [...new Set(parameters.keys())].filter((name) => /^[\w:.-]{1,40}$/.test(name));
  await putAuditQuery(db, { id: randomUUID(), at: clock.now(), who, asked: asked.slice(0, 20).join(" "), digest, found, outcome });
}

/** The latest looks, newest first. */
export async function listLooks(db: Db, most: number): Promise<readonly AuditQueryRow[]> {
  return await auditQueries(db, most);
}

function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
