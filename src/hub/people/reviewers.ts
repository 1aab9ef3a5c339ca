import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import type { Clock } from "../../shared/clock.ts";
import { checkPassphrase, foldPassphrase } from "../../shared/crypto/passphrase.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { type ConsoleRole, consoleRoles } from "../../shared/protocol/account.ts";
import { closeReviewer, putReviewer, raiseGeneration, reviewerByName, reviewers } from "../store/reviewer.ts";
import { dropKeysOf, oidcBindingsOf, passkeysOf } from "../store/reviewer-key.ts";
import type { Db } from "../store/store.ts";

/** N = 2^15, r = 8: 32 MiB and a tenth of a second, on a thread of its own. */
const cost = { N: 32_768, r: 8, p: 1 } as const;

/** What an account may do that nobody gave roles to: everything. */
export const everyRole = "reviewer operator";

export interface AccountDeps {
  readonly db: Db;
  readonly clock: Clock;
}

/** The role of this name, or null. */
export function consoleRoleOf(text: string): ConsoleRole | null {
  return consoleRoles.find((role) => role === text) ?? null;
}

/**
 * Adds a reviewer, or gives a known one a new passphrase, which ends their sessions; without `roles` a known one keeps theirs, a new one gets
 * every role. Errors: passphrase-weak, cli-usage for an empty name.
 */
export async function addReviewer(
  deps: AccountDeps,
  name: string,
  passphrase: string,
  roles: readonly ConsoleRole[] | null = null,
): Promise<void> {
  checkPassphrase(passphrase);
  const salt = randomBytes(16);
  const hash = `scrypt$${cost.N}$${cost.r}$${cost.p}$${salt.toString("base64url")}$${(await stretch(passphrase, salt)).toString("base64url")}`;
  await putReviewer(deps.db, { name: accountName(name), hash, created: deps.clock.now() }, roles?.join(" ") ?? null, everyRole);
}

/** The name as it is kept; throws "cli-usage" for one that nobody could type or read. */
export function accountName(name: string): string {
  const kept = name.trim();
  if (kept === "" || kept.length > 120 || /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u.test(kept))
    throw new TomoshibiError("cli-usage", { field: "name" });
  return kept;
}

/** Whether this reviewer has this passphrase. An unknown name, and one without a passphrase, takes as long as a known one. */
export async function isReviewer(db: Db, name: string, passphrase: string): Promise<boolean> {
  const row = await reviewerByName(db, name.trim());
  const [, , , , salt, hash] = (row?.hash ?? "").split("$");
  const known = Buffer.from(hash ?? "", "base64url");
  const tried = await stretch(passphrase, Buffer.from(salt ?? "", "base64url"));
  return row !== null && known.length === tried.length && timingSafeEqual(known, tried);
}

/** What an account may do now; null: nobody of that name, or one who may no longer sign in. */
export interface Standing {
  readonly name: string;
  readonly roles: readonly ConsoleRole[];
  readonly generation: number;
}

export async function standingOf(db: Db, name: string): Promise<Standing | null> {
  const row = await reviewerByName(db, name);
  const roles = consoleRoles.filter((role) => (row?.roles ?? "").split(" ").includes(role));
  return row === null || roles.length === 0 ? null : { name: row.name, roles, generation: row.generation };
}

/** Takes every way in from an account and ends its sessions. Its name stays: decisions bear it. Throws "not-found". */
export async function removeReviewer({ db }: Pick<AccountDeps, "db">, name: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (!(await closeReviewer(tx, accountName(name)))) throw new TomoshibiError("not-found", { field: "name" });
    await dropKeysOf(tx, accountName(name));
  });
}

/** Ends every session of an account, whichever process holds it. */
export async function endSessions(db: Db, name: string): Promise<void> {
  await raiseGeneration(db, name);
}

export interface ListedReviewer {
  readonly name: string;
  readonly roles: string;
  readonly passphrase: boolean;
  readonly passkeys: number;
  readonly bindings: readonly string[];
}

export async function listReviewers(db: Db): Promise<readonly ListedReviewer[]> {
  return await Promise.all(
    (await reviewers(db)).map(async ({ name, roles, hash }) => ({
      name,
      roles,
      passphrase: hash !== "",
      passkeys: (await passkeysOf(db, name)).length,
      bindings: (await oidcBindingsOf(db, name)).map(({ kind, value }) => `${kind}:${value}`),
    })),
  );
}

function stretch(passphrase: string, salt: Buffer): Promise<Buffer> {
  const options: ScryptOptions = { ...cost, maxmem: 64 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    scrypt(foldPassphrase(passphrase), salt, 32, options, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}
