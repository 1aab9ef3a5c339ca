import { toBase64Url } from "../../shared/bytes.ts";
import { packKinds } from "../../shared/crypto/derive.ts";
import { type Manifest, openManifest } from "../../shared/protocol/manifest.ts";
import { cohorts, deleteParts, markGone, newestPublications, type PublicationRow, partNames } from "../store/publication.ts";
import type { Db } from "../store/tables.ts";
import { sweepBundles } from "./bundles.ts";
import type { HubSecrets } from "./keys.ts";

export interface Known {
  readonly row: PublicationRow;
  readonly manifest: Manifest;
}

/** The manifest in force and the one before it. */
export async function newestManifests(db: Db, secrets: HubSecrets, cohort: string): Promise<readonly Known[]> {
  const rows = await newestPublications(db, cohort, 2);
  return Promise.all(rows.map(async (row) => ({ row, manifest: await openManifest(Uint8Array.from(row.bytes), secrets.publicKeys) })));
}

/** So long may a device that began with the manifest before still ask for what it names. */
const pullMs = 60 * 60_000;

/**
 * What the manifests in force name stays; what those before name stays for as long as a device may still be pulling it, and goes at the
 * first publishing after that, changed or not: packs and keys of whoever withdrew lie there. Of a cohort that is no longer published
 * nothing stays.
 */
export async function sweep(db: Db, secrets: HubSecrets, published: readonly string[], now: number): Promise<void> {
  await markGone(
    db,
    (await cohorts(db)).filter((cohort) => !published.includes(cohort)),
  );
  const newest = await Promise.all(published.map((cohort) => newestManifests(db, secrets, cohort)));
  // A clock that was set back keeps nothing for ever: a manifest of the future is as old as any.
  const isPulled = ({ manifest: { at } }: Known) => now >= at && now - at < pullMs;
  const kept = newest.flatMap(([current, before]) =>
    current === undefined ? [] : before !== undefined && before.row.gone === 0 && isPulled(current) ? [current, before] : [current],
  );
  const names = (list: readonly { readonly name: Uint8Array }[]) => list.map(({ name }) => toBase64Url(name));
  await sweepBundles(secrets.dataDir, new Set(kept.flatMap(({ manifest }) => names(manifest.bundles))));
  const parts = new Set(
    kept.flatMap(({ manifest: { shards, rings, rules, rescue } }) => [
      ...names([...shards, rules, ...(rescue === undefined ? [] : [rescue])]),
      ...packKinds.flatMap((kind) => names(rings[kind])),
    ]),
  );
  const old = (await partNames(db)).filter((name) => !parts.has(name));
  await deleteParts(db, old);
}
