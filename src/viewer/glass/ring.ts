import { type Bytes, toBase64Url } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { keyInRing, openRing, ringPartFor } from "../../shared/pack/ring.ts";
import type { PartName } from "../../shared/summary/summary.ts";
import type { SealedRow, VaultDb } from "../vault/db.ts";
import { stored } from "../vault/failure.ts";
import { dropRotten } from "../vault/rot.ts";
import type { Scene } from "./scene.ts";

/** One ring part as it lies on disk, still sealed. */
export interface SealedRing {
  readonly name: string;
  readonly row: SealedRow | undefined;
}

/** The part that holds this pack's key, still sealed: may be read before anything is written, since it opens nothing. */
export async function sealedRing(db: VaultDb, { rings }: Pick<Scene, "rings">, part: PartName, pack: Bytes): Promise<SealedRing> {
  const name = ringName(rings, part, pack);
  return { name, row: await stored(() => db.rings.get(name)) };
}

/**
 * Record key of one pack: one ring part of that kind is opened, and no other. `ahead`: read before; passed over when a pull has changed the
 * rings since. Errors: "ring-entry-missing", "vault-damaged" (rotten on disk), "seal-open-failed", "ring-malformed".
 */
export async function recordKey(
  db: VaultDb,
  scene: Pick<Scene, "keys" | "rings" | "scope">,
  part: PartName,
  pack: Bytes,
  ahead?: SealedRing,
): Promise<Bytes> {
  const current = ahead?.name === ringName(scene.rings, part, pack) ? ahead : await sealedRing(db, scene, part, pack);
  const { row } = current;
  if (!row) throw new TomoshibiError("ring-entry-missing", { part });
  const plain = await openRing(part, row.bytes, scene.keys, scene.scope).catch(async (cause: unknown) => {
    if (await dropRotten(db.rings, row)) throw new TomoshibiError("vault-damaged", { field: "ring" }, { cause });
    throw cause;
  });
  return keyInRing(plain, pack);
}

function ringName(rings: Scene["rings"], part: PartName, pack: Bytes): string {
  const found = rings[part][ringPartFor(rings[part], pack)];
  return found === undefined ? "" : toBase64Url(found.name);
}
