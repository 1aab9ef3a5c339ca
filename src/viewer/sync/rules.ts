/** The danger strip's rule table on this device: a file that the signed manifest names by its hash, and of which nothing else is believed. */
import { type Bytes, equalBytes, toBase64Url } from "../../shared/bytes.ts";
import { sha256 } from "../../shared/crypto/hash.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { rulesPath } from "../../shared/protocol/files.ts";
import type { Manifest } from "../../shared/protocol/manifest.ts";
import type { VaultDb } from "../vault/db.ts";
import { stored } from "../vault/failure.ts";
import type { FillDeps } from "./fill.ts";

const LIMIT = 4 * 1024 * 1024;

/** The bytes that lie here, when they are those of this manifest; null otherwise. */
export async function rulesHere(db: VaultDb, { rules }: Pick<Manifest, "rules">): Promise<Bytes | null> {
  const bytes = (await stored(() => db.signed.get("rules")))?.bytes ?? null;
  return bytes !== null && equalBytes(await sha256(bytes), rules.name) ? bytes : null;
}

/** Whether the manifest names a table at all: hubs before it was published do not. */
export function namesRules({ rules }: Pick<Manifest, "rules">): boolean {
  return rules.name.length > 0;
}

/** From this device where it has them, else from the hub. Errors: those of the client, "rules-malformed" for any other bytes. */
export async function rulesOf({ client, db, signer, signal }: FillDeps, manifest: Manifest): Promise<Bytes | null> {
  if (!namesRules(manifest)) return null;
  const here = await rulesHere(db, manifest);
  if (here !== null) return here;
  const bytes = await client.askSigned({ path: rulesPath(toBase64Url(manifest.rules.name)), limit: LIMIT, signal }, signer);
  if (!equalBytes(await sha256(bytes), manifest.rules.name)) throw new TomoshibiError("rules-malformed", { reason: "hash" });
  return bytes;
}
