/**
 * Brings everything that a verified manifest names into the vault, then makes it current in one transaction.
 * Until then the previous manifest and all it needs stay untouched; what was stored before an interruption is not fetched again.
 */
import { type Bytes, equalBytes, toBase64Url } from "../../shared/bytes.ts";
import { sha256 } from "../../shared/crypto/hash.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { bundlePath, packPath, ringPath, shardPath } from "../../shared/protocol/files.ts";
import type { Manifest } from "../../shared/protocol/manifest.ts";
import type { RequestSigner } from "../../shared/protocol/request.ts";
import type { PackRow, SealedRow, VaultDb } from "../vault/db.ts";
import { stored } from "../vault/failure.ts";
import type { HubClient } from "./client.ts";
import { dropOld, makeCurrent, type NewManifest, wantsOf } from "./current.ts";
import { fileOf } from "./named.ts";
import { type Piece, planPacks, type Want, wantedBundles } from "./plan.ts";

const ROWS_A_PUT = 1000;
const SEALED_LIMIT = 1024 * 1024;
const SEALED_AT_ONCE = 16;

export interface Progress {
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly doneItems: number;
  readonly totalItems: number;
}

export interface FillDeps {
  readonly client: HubClient;
  readonly db: VaultDb;
  readonly signer: RequestSigner;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** Errors: those of the client, "pack-hash-mismatch", "bundle-malformed", "shard-malformed", "ring-malformed", "rules-malformed", "storage-full". */
export async function fill(deps: FillDeps, next: Omit<NewManifest, "named">): Promise<void> {
  const { manifest } = next;
  const bundles = wantedBundles(manifest.bundles);
  const wants = wantsOf(manifest, bundles);
  const present = new Set(await stored(() => deps.db.packs.toCollection().primaryKeys()));
  const pieces = planPacks(bundles, present);
  const sealed = await missingSealed(deps.db, manifest);
  const count = makeCounter(deps.onProgress, pieces, sealed);

  const named = { rules: await fileOf(deps, manifest, "rules"), rescue: await fileOf(deps, manifest, "rescue") };
  await fetchSealed(deps, sealed, count);
  await fetchPieces(deps, pieces, count);
  await makeCurrent(deps.db, { ...next, named }, wants);
  await dropOld(deps.db, wants);
}

interface Sealed {
  readonly table: "shards" | "rings";
  readonly name: Bytes;
  readonly bytes: number;
}

type Counter = (bytes: number, items: number) => void;

function makeCounter(onProgress: FillDeps["onProgress"], pieces: readonly Piece[], sealed: readonly Sealed[]): Counter {
  const totalBytes = sealed.reduce((sum, each) => sum + each.bytes, 0) + pieces.reduce((sum, piece) => sum + piece.to - piece.from, 0);
  const totalItems = sealed.length + pieces.reduce((sum, piece) => sum + piece.wants.length, 0);
  let doneBytes = 0;
  let doneItems = 0;
  const count: Counter = (bytes, items) => {
    doneBytes = Math.min(totalBytes, doneBytes + bytes);
    doneItems += items;
    onProgress({ doneBytes, totalBytes, doneItems, totalItems });
  };
  count(0, 0);
  return count;
}

async function missingSealed(db: VaultDb, manifest: Manifest): Promise<readonly Sealed[]> {
  const haveShards = new Set(await stored(() => db.shards.toCollection().primaryKeys()));
  const haveRings = new Set(await stored(() => db.rings.toCollection().primaryKeys()));
  const shards = manifest.shards.map(({ name, bytes }) => ({ table: "shards" as const, name, bytes }));
  const rings = [...manifest.rings.strip, ...manifest.rings.rest, ...manifest.rings.protected].map(({ name, bytes }) => ({
    table: "rings" as const,
    name,
    bytes,
  }));
  return [
    ...shards.filter((each) => !haveShards.has(toBase64Url(each.name))),
    ...rings.filter((each) => !haveRings.has(toBase64Url(each.name))),
  ];
}

/** Small files by the hundred: a round trip each, so several at a time, and one write for each group. */
async function fetchSealed(deps: FillDeps, sealed: readonly Sealed[], count: Counter): Promise<void> {
  for (let i = 0; i < sealed.length; i += SEALED_AT_ONCE) {
    const group = sealed.slice(i, i + SEALED_AT_ONCE);
    const rows = await Promise.all(group.map((each) => fetchOne(deps, each)));
    const of = (table: Sealed["table"]) => rows.filter((_, at) => group[at]?.table === table);
    await stored(() => deps.db.shards.bulkPut(of("shards")));
    await stored(() => deps.db.rings.bulkPut(of("rings")));
    count(
      group.reduce((sum, each) => sum + each.bytes, 0),
      group.length,
    );
  }
}

async function fetchOne({ client, signer, signal }: FillDeps, sealed: Sealed): Promise<SealedRow> {
  const name = toBase64Url(sealed.name);
  const path = sealed.table === "shards" ? shardPath(name) : ringPath(name);
  const bytes = await client.askSigned({ path, limit: SEALED_LIMIT, signal }, signer);
  if (!equalBytes(await sha256(bytes), sealed.name)) {
    throw new TomoshibiError(sealed.table === "shards" ? "shard-malformed" : "ring-malformed", { reason: "hash" });
  }
  return { name, bytes };
}

/** Three things at once: the next piece is on its way, this one is being checked, and the one before is being written. */
async function fetchPieces(deps: FillDeps, pieces: readonly Piece[], count: Counter): Promise<void> {
  let ahead = pieces[0] && fetchPiece(deps, pieces[0], count);
  let writing: Promise<void> = Promise.resolve();
  for (let i = 0; i < pieces.length; i++) {
    const bytes = await ahead;
    const next = pieces[i + 1];
    ahead = next && fetchPiece(deps, next, count);
    // A refusal ends the loop with work under way, whose own failure must not surface as unhandled; the awaited one still does.
    ahead?.catch(() => undefined);
    const rows = await checkedPacks(pieces[i] as Piece, bytes ?? new Uint8Array(0));
    await writing;
    writing = writePacks(deps, rows, count);
    writing.catch(() => undefined);
  }
  await writing;
}

function fetchPiece({ client, signal }: FillDeps, piece: Piece, count: Counter): Promise<Bytes> {
  return client.ask({
    path: piece.bundle ? bundlePath(piece.bundle) : packPath(piece.wants[0]?.name ?? ""),
    limit: piece.to - piece.from,
    signal,
    onBytes: (bytes) => count(bytes, 0),
    ...(piece.whole ? {} : { range: { from: piece.from, to: piece.to } }),
  });
}

/** Every pack by its own hash, the bundle's being only its sum. */
async function checkedPacks(piece: Piece, bytes: Bytes): Promise<readonly PackRow[]> {
  const expected = piece.to - piece.from;
  if (bytes.length !== expected) throw new TomoshibiError("bundle-malformed", { bytes: bytes.length, expected });
  return Promise.all(piece.wants.map((want) => checkedPack(want, bytes.slice(want.at - piece.from, want.at - piece.from + want.length))));
}

async function checkedPack({ name, hash }: Want, bytes: Bytes): Promise<PackRow> {
  if (!equalBytes(await sha256(bytes), hash)) throw new TomoshibiError("pack-hash-mismatch", { bytes: bytes.length });
  return { name, bytes };
}

async function writePacks({ db }: FillDeps, rows: readonly PackRow[], count: Counter): Promise<void> {
  for (let i = 0; i < rows.length; i += ROWS_A_PUT) {
    const part = rows.slice(i, i + ROWS_A_PUT);
    await stored(() => db.packs.bulkPut(part));
    count(0, part.length);
  }
}
