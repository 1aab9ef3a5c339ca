/** Making a filled manifest the current one, and dropping what nothing names any more. */
import { type Bytes, equalBytes, toBase64Url } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";
import type { Manifest } from "../../shared/protocol/manifest.ts";
import type { VaultDb } from "../vault/db.ts";
import { stored } from "../vault/failure.ts";
import { type NamedFile, namedFiles } from "./named.ts";
import type { WantedBundle } from "./plan.ts";

/** A verified manifest that the hub offers, and the bytes of the one it follows (null: none was here). */
export interface NewManifest {
  readonly manifest: Manifest;
  readonly bytes: Bytes;
  readonly before: Bytes | null;
  /** The single files that the manifest names; null: it names none. */
  readonly named: Readonly<Record<NamedFile, Bytes | null>>;
}

export interface Wants {
  readonly packs: ReadonlySet<string>;
  readonly shards: ReadonlySet<string>;
  readonly rings: ReadonlySet<string>;
}

/** Every name that a manifest needs, base64url. */
export function wantsOf(manifest: Manifest, bundles: readonly WantedBundle[]): Wants {
  const names = (list: readonly { readonly name: Bytes }[]) => new Set(list.map(({ name }) => toBase64Url(name)));
  return {
    packs: new Set(bundles.flatMap((bundle) => bundle.packs.map(({ name }) => name))),
    shards: names(manifest.shards),
    rings: names([...manifest.rings.strip, ...manifest.rings.rest, ...manifest.rings.protected]),
  };
}

/**
 * One transaction: a kill leaves the old manifest or the new one, each with all it needs. Another page of this device may have pulled
 * meanwhile: `before` must still be the current manifest, and nothing that it dropped may be missing; else "pull-interrupted".
 */
export async function makeCurrent(db: VaultDb, { manifest, bytes, before, named }: NewManifest, wants: Wants): Promise<void> {
  await stored(() =>
    db.transaction("rw", [db.signed, db.facts, db.packs, db.shards, db.rings], async () => {
      const now = (await db.signed.get("manifest"))?.bytes ?? null;
      if (!(now === before || (now && before && equalBytes(now, before))))
        throw new TomoshibiError("pull-interrupted", { reason: "another page" });
      for (const table of ["packs", "shards", "rings"] as const) {
        const have = new Set(await db[table].toCollection().primaryKeys());
        for (const name of wants[table]) if (!have.has(name)) throw new TomoshibiError("pull-interrupted", { reason: `${table} missing` });
      }
      await db.signed.put({ what: "manifest", bytes });
      for (const what of namedFiles) {
        const file = named[what];
        await (file === null ? db.signed.delete(what) : db.signed.put({ what, bytes: file }));
      }
      await db.facts.bulkPut([
        { id: "people", value: manifest.count },
        { id: "manifest", value: manifest.seq },
      ]);
    }),
  );
}

/** Deletes packs, shards and ring parts of older manifests; run after makeCurrent, again after any interruption. */
export async function dropOld(db: VaultDb, wants: Wants): Promise<void> {
  for (const table of ["packs", "shards", "rings"] as const) {
    await stored(async () => {
      const old = (await db[table].toCollection().primaryKeys()).filter((name) => !wants[table].has(name));
      for (let i = 0; i < old.length; i += 1000) await db[table].bulkDelete(old.slice(i, i + 1000));
    });
  }
}
