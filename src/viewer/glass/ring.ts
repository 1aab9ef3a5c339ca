import { type Bytes, toBase64Url } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { keyInRing, openRing, ringPartFor } from "../../shared/pack/ring.ts";
import type { PartName } from "../../shared/summary/summary.ts";
import type { VaultDb } from "../vault/db.ts";
import { stored } from "../vault/failure.ts";
import { dropRotten } from "../vault/rot.ts";
import type { Scene } from "./scene.ts";

/** Record key of one pack: one ring part of that kind is opened, and no other. Errors: "ring-entry-missing", "vault-damaged" (rotten on disk), "seal-open-failed", "ring-malformed". */
export async function recordKey(
  db: VaultDb,
  { keys, rings, scope }: Pick<Scene, "keys" | "rings" | "scope">,
  part: PartName,
  name: Bytes,
): Promise<Bytes> {
  const found = rings[part][ringPartFor(rings[part], name)];
  const row = found && (await stored(() => db.rings.get(toBase64Url(found.name))));
  if (!row) throw new TomoshibiError("ring-entry-missing", { part });
  const plain = await openRing(part, row.bytes, keys, scope).catch(async (cause: unknown) => {
    if (await dropRotten(db.rings, row)) throw new TomoshibiError("vault-damaged", { field: "ring" }, { cause });
    throw cause;
  });
  return keyInRing(plain, name);
}
