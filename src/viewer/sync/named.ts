/** Single files that the signed manifest names by their hash (rule table, rescue roster): nothing else of them is believed. */
import { type Bytes, equalBytes, toBase64Url } from "../../shared/bytes.ts";
import { sha256 } from "../../shared/crypto/hash.ts";
import { type ErrorCode, TomoshibiError } from "../../shared/error.ts";
import { rescuePath, rulesPath } from "../../shared/protocol/files.ts";
import type { Manifest } from "../../shared/protocol/manifest.ts";
import type { VaultDb } from "../vault/db.ts";
import { stored } from "../vault/failure.ts";
import type { FillDeps } from "./fill.ts";

const files = {
  rules: { path: rulesPath, limit: 4 * 1024 * 1024, code: "rules-malformed" },
  rescue: { path: rescuePath, limit: 64 * 1024 * 1024, code: "seal-open-failed" },
} as const satisfies Record<string, { path: (name: string) => string; limit: number; code: ErrorCode }>;

export type NamedFile = keyof typeof files;
export const namedFiles = ["rules", "rescue"] as const;

/** Whether the manifest names it at all: hubs of before do not. */
export function names(manifest: Pick<Manifest, NamedFile>, what: NamedFile): boolean {
  return (manifest[what]?.name.length ?? 0) > 0;
}

/** The bytes that lie here, when they are those of this manifest; null otherwise. */
export async function fileHere(db: VaultDb, manifest: Pick<Manifest, NamedFile>, what: NamedFile): Promise<Bytes | null> {
  const bytes = (await stored(() => db.signed.get(what)))?.bytes ?? null;
  const name = manifest[what]?.name;
  return bytes !== null && name !== undefined && equalBytes(await sha256(bytes), name) ? bytes : null;
}

/** From this device where it has it, else from the hub. Errors: those of the client, the file's own code for any other bytes. */
export async function fileOf({ client, db, signer, signal }: FillDeps, manifest: Manifest, what: NamedFile): Promise<Bytes | null> {
  const name = manifest[what]?.name;
  if (name === undefined || name.length === 0) return null;
  const here = await fileHere(db, manifest, what);
  if (here !== null) return here;
  const { path, limit, code } = files[what];
  const bytes = await client.askSigned({ path: path(toBase64Url(name)), limit, signal }, signer);
  if (!equalBytes(await sha256(bytes), name)) throw new TomoshibiError(code, { reason: "hash" });
  return bytes;
}
