import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import type { Clock } from "../../shared/clock.ts";
import { checkPassphrase, foldPassphrase } from "../../shared/crypto/passphrase.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { putReviewer, reviewerByName } from "../store/reviewer.ts";
import type { Db } from "../store/store.ts";

/** N = 2^15, r = 8: 32 MiB and a tenth of a second, on a thread of its own. */
const cost = { N: 32_768, r: 8, p: 1 } as const;

/** Adds a reviewer, or gives a known one a new passphrase. Errors: passphrase-weak, cli-usage for an empty name. */
export async function addReviewer(deps: { readonly db: Db; readonly clock: Clock }, name: string, passphrase: string): Promise<void> {
  if (name.trim() === "") throw new TomoshibiError("cli-usage", { field: "name" });
  checkPassphrase(passphrase);
  const salt = randomBytes(16);
  const hash = `scrypt$${cost.N}$${cost.r}$${cost.p}$${salt.toString("base64url")}$${(await stretch(passphrase, salt)).toString("base64url")}`;
  await putReviewer(deps.db, { name: name.trim(), hash, created: deps.clock.now() });
}

/** Whether this reviewer has this passphrase. An unknown name takes as long as a known one. */
export async function isReviewer(db: Db, name: string, passphrase: string): Promise<boolean> {
  const row = await reviewerByName(db, name.trim());
  const [, , , , salt, hash] = (row?.hash ?? "").split("$");
  const known = Buffer.from(hash ?? "", "base64url");
  const tried = await stretch(passphrase, Buffer.from(salt ?? "", "base64url"));
  return row !== null && known.length === tried.length && timingSafeEqual(known, tried);
}

function stretch(passphrase: string, salt: Buffer): Promise<Buffer> {
  const options: ScryptOptions = { ...cost, maxmem: 64 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    scrypt(foldPassphrase(passphrase), salt, 32, options, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}
