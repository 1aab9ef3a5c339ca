import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Bytes, concat, equalBytes, fromBase64Url, toBase64Url } from "../../shared/bytes.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { type BundleIndex, groupForBundles } from "../../shared/pack/bundle.ts";
import { isContentName } from "../../shared/protocol/files.ts";
import { type PackHead, packBytesOf } from "../store/pack.ts";
import type { Db } from "../store/tables.ts";
import { TEMPORARY, writeDurably } from "./files.ts";
import { nodePrimitives } from "./primitives.ts";
import { refBytes } from "./seal.ts";

export interface BundleCounts {
  readonly written: number;
  readonly kept: number;
  readonly bytes: number;
}

interface PersonPacks {
  readonly ref: string;
  readonly personRef: Bytes;
  readonly packs: readonly PackHead[];
  readonly length: number;
}

/** File of a bundle; "not-found" for what is no content name, so that a path never comes from outside. */
export function bundlePath(dataDir: string, name: string): string {
  if (!isContentName(name)) throw new TomoshibiError("not-found");
  return join(dataDir, "bundles", name);
}

/**
 * Groups all packs into bundles and writes those that do not lie there yet; what the previous manifest names and nobody touched is not
 * even read. `previous`: its bundles, [] when there is none.
 */
export async function writeBundles(
  db: Db,
  dataDir: string,
  heads: readonly PackHead[],
  previous: readonly BundleIndex[],
): Promise<{ readonly bundles: readonly BundleIndex[]; readonly counts: BundleCounts }> {
  await mkdir(join(dataDir, "bundles"), { recursive: true });
  const known = new Map(previous.map((bundle) => [toBase64Url(nodePrimitives.sha256(bundle.packs)), bundle]));
  const bundles: BundleIndex[] = [];
  let written = 0;
  for (const group of groupForBundles(byPerson(heads))) {
    const packs = concat(...group.flatMap((person) => person.packs.map(({ name }) => nameBytes(name))));
    const kept = known.get(toBase64Url(nodePrimitives.sha256(packs)));
    if (kept !== undefined && (await isWhole(dataDir, kept))) bundles.push(kept);
    else {
      bundles.push(await writeBundle(db, dataDir, group, packs));
      written++;
    }
  }
  const bytes = bundles.reduce((sum, bundle) => sum + bundle.bytes, 0);
  return { bundles, counts: { written, kept: bundles.length - written, bytes } };
}

/** Deletes bundles that none of these manifests names, and what a kill left half written. Returns how many went. */
export async function sweepBundles(dataDir: string, keep: ReadonlySet<string>): Promise<number> {
  const folder = join(dataDir, "bundles");
  await mkdir(folder, { recursive: true });
  const old = (await readdir(folder)).filter((name) => name.endsWith(TEMPORARY) || (isContentName(name) && !keep.has(name)));
  for (const name of old) await rm(join(folder, name), { force: true });
  return old.length;
}

async function writeBundle(db: Db, dataDir: string, group: readonly PersonPacks[], packs: Bytes): Promise<BundleIndex> {
  const rows = await packBytesOf(
    db,
    group.map(({ ref }) => ref),
  );
  const found = concat(...rows.map(({ name }) => nameBytes(name)));
  if (!equalBytes(found, packs)) throw new TomoshibiError("internal", { field: "packs changed while they were bundled" });
  const bytes = concat(...rows.map((row) => row.bytes));
  const name = nodePrimitives.sha256(bytes);
  await writeDurably(bundlePath(dataDir, toBase64Url(name)), bytes);
  return { name, bytes: bytes.length, packs, lengths: rows.map((row) => row.bytes.length) };
}

/** A file of the right size under this name was written whole: writeDurably renames only what is on disk. */
async function isWhole(dataDir: string, bundle: BundleIndex): Promise<boolean> {
  const found = await stat(bundlePath(dataDir, toBase64Url(bundle.name))).catch(() => null);
  return found !== null && found.size === bundle.bytes;
}

function byPerson(heads: readonly PackHead[]): readonly PersonPacks[] {
  const people: { ref: string; personRef: Bytes; packs: PackHead[]; length: number }[] = [];
  for (const head of heads) {
    const last = people.at(-1);
    if (last?.ref === head.person) {
      last.packs.push(head);
      last.length += head.size;
    } else people.push({ ref: head.person, personRef: refBytes(head.person), packs: [head], length: head.size });
  }
  return people;
}

/** 32 bytes of a name that this hub wrote. */
export function nameBytes(name: string): Bytes {
  const bytes = fromBase64Url(name);
  if (bytes?.length !== 32) throw new TomoshibiError("internal", { field: "pack name" });
  return bytes;
}
