/**
 * A trial opening: does a sealed pack on this disk open with this device's keys? The plaintext is overwritten before this returns, and what
 * it returns is nothing: whoever calls it learns that it opened, never what. The journal entry is the caller's, before (README.md).
 */
import { fromBase64Url } from "../../shared/bytes.ts";
import { codeOf, TomoshibiError } from "../../shared/error.ts";
import { openPackBytes } from "../../shared/pack/open.ts";
import type { VaultDb } from "../vault/db.ts";
import { stored } from "../vault/failure.ts";
import { dropRotten } from "../vault/rot.ts";
import { recordKey } from "./ring.ts";
import type { Scene, Target } from "./scene.ts";

/** Protected parts are left alone: what holds for the other two holds for them, and their keys stay untouched. */
const parts = ["strip", "rest"] as const;

/** Packs of this person that opened. Errors: "pack-not-cached", "pack-hash-mismatch" (rotten: taken away), those of recordKey and openPackBytes. */
export async function tryOpening(db: VaultDb, scene: Pick<Scene, "keys" | "rings" | "scope">, target: Target): Promise<number> {
  const personRef = fromBase64Url(target.personRef);
  if (personRef === null) throw new TomoshibiError("internal", { field: "personRef" });
  for (const kind of parts) {
    const name = fromBase64Url(target.packs[kind]);
    const row = await stored(() => db.packs.get(target.packs[kind]));
    if (name === null || !row) throw new TomoshibiError("pack-not-cached", { part: kind });
    const key = await recordKey(db, scene, kind, name);
    const plain = await openPackBytes(row.bytes, { name, key, kind, hubId: scene.scope.hubId, personRef }).catch(async (cause: unknown) => {
      if (codeOf(cause) === "pack-hash-mismatch") await dropRotten(db.packs, row);
      throw cause;
    });
    plain.fill(0);
    key.fill(0);
  }
  return parts.length;
}
