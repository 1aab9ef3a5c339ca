import { openBody } from "../../shared/audit/body.ts";
import { readEntry } from "../../shared/audit/chain.ts";
import type { Entry } from "../../shared/audit/entry.ts";
import type { NodeReader, TreeNode } from "../../shared/audit/tree.ts";
import { type Bytes, equalBytes, fromBase64Url, toHex } from "../../shared/bytes.ts";
import { codeOf } from "../../shared/error.ts";
import { devices } from "../store/device.ts";
import type { EntryRow } from "../store/journal.ts";
import { logState, nodeReader } from "../store/log.ts";
import { backups, evidence, generationsAfter } from "../store/logKept.ts";
import { allStaffKeys, checkpointsBetween, entriesOfLeaves, leavesFrom, type StoredLeaf, unloggedEntries } from "../store/logRead.ts";
import type { Db } from "../store/store.ts";
import type { Noted } from "./logFindings.ts";
import type { LogRecord } from "./logRecords.ts";

export interface SourceDeps {
  readonly db: Db;
  readonly keys: { readonly hub: Bytes; readonly rootHash: Bytes; readonly signedKeys: Bytes; readonly audit: CryptoKeyPair };
}

const PAGE = 500;

/**
 * The log as it lies in the database. With `noted`, what only the database can show is checked on the way: rows that are missing, that say something
 * else than the bytes they stand for, or that no leaf stands for.
 */
export async function* recordsOf(deps: SourceDeps, noted: Noted | null): AsyncGenerator<LogRecord> {
  const { db, keys } = deps;
  const { generation, size } = await logState(db);
  yield { t: "log", hub: keys.hub, rootHash: keys.rootHash, keys: keys.signedKeys, generation, size };
  for (const { id, certificate } of await devices(db)) {
    yield { t: "device", id: idBytes(id), certificate: certificate === null ? null : new Uint8Array(certificate) };
  }
  for (const { staff, device, sign } of await allStaffKeys(db)) {
    yield { t: "staff", staff, device: idBytes(device), sign: new Uint8Array(sign) };
  }
  for (const { statement } of await generationsAfter(db, 0)) yield { t: "generation", signed: new Uint8Array(statement) };
  for (const { mark } of await backups(db)) yield { t: "backup", signed: new Uint8Array(mark) };
  for (const { device, seen, shown } of await evidence(db))
    yield { t: "evidence", device: idBytes(device), seen, shown: new Uint8Array(shown) };
  yield* leavesAndCheckpoints(deps, size, noted);
  if (noted !== null) await checkUnlogged(db, noted);
  yield { t: "end", size };
}

async function* leavesAndCheckpoints(deps: SourceDeps, size: number, noted: Noted | null): AsyncGenerator<LogRecord> {
  const { db } = deps;
  for (let from = 0; from < size; from += PAGE) {
    const leaves = await leavesFrom(db, from, Math.min(size, from + PAGE));
    const rows = await entriesOfLeaves(db, leaves);
    const notes = await checkpointsBetween(db, from, Math.min(size, from + PAGE));
    let next = 0;
    for (let at = from; at < Math.min(size, from + PAGE); at++) {
      const leaf = leaves.find(({ idx }) => idx === at);
      const row = leaf === undefined ? undefined : rows.get(at);
      if (leaf === undefined || row === undefined) yield { t: "missing", leaf: await storedLeaf(db, at) };
      else {
        if (noted !== null && row.entry !== null) await checkRow(deps, leaf, row.entry, noted);
        yield { t: "leaf", kind: leaf.kind, received: leaf.received, entry: new Uint8Array(row.bytes) };
      }
      for (; (notes[next]?.size ?? Number.POSITIVE_INFINITY) <= at + 1; next++) yield { t: "checkpoint", note: notes[next]?.note ?? "" };
    }
  }
  for (const { note } of await checkpointsBetween(db, size, Number.MAX_SAFE_INTEGER)) yield { t: "checkpoint", note };
}

/** The leaves alone, of any hub's database. */
export async function* leafRecords(db: Db): AsyncGenerator<LogRecord> {
  for (let from = 0; ; from += PAGE) {
    const leaves = await leavesFrom(db, from, from + PAGE);
    const rows = await entriesOfLeaves(db, leaves);
    for (const { idx, kind, received } of leaves) {
      const row = rows.get(idx);
      if (row === undefined) yield { t: "missing", leaf: new Uint8Array(32) };
      else yield { t: "leaf", kind, received, entry: new Uint8Array(row.bytes) };
    }
    if (leaves.length < PAGE) return;
  }
}

/** Of an entry that is gone; zeros when that is gone as well. */
async function storedLeaf(db: Db, index: number): Promise<Bytes> {
  const [hash] = (await whole(nodeReader(db), [{ level: 0, index }])) ?? [];
  return hash ?? new Uint8Array(32);
}

/** What the row says beside the bytes, which the reviewer reads: all of it must be what was signed. */
async function checkRow({ keys }: SourceDeps, leaf: StoredLeaf, row: EntryRow, noted: Noted): Promise<void> {
  const where = { leaf: leaf.idx, device: row.device, chain: row.chain, seq: row.seq };
  if (row.received !== leaf.received) noted.add("entry-backdated", where);
  const entry = await readEntry(new Uint8Array(row.bytes));
  if (entry === null) return;
  const { header } = entry;
  const same =
    header.seq === row.seq &&
    toHex(header.chain) === row.chain &&
    equalBytes(header.device, idBytes(row.device)) &&
    equalBytes(entry.hash, new Uint8Array(row.hash)) &&
    header.kind === row.kind;
  if (header.at !== row.at || header.trusted !== row.trusted) noted.add("entry-backdated", where);
  else if (!same || !(await saysTheSame(keys.audit, entry, row))) noted.add("entry-altered", where);
}

async function saysTheSame(audit: CryptoKeyPair, entry: Entry, row: EntryRow): Promise<boolean> {
  const body = await openBody(entry.sealedBody, audit, entry.header).catch(() => null);
  if (body === null) return row.person === "" && row.what === "";
  const staff = entry.staff?.id ?? body.staff;
  return (
    row.staff === staff &&
    row.role === body.role &&
    row.purpose === (body.purpose ?? "") &&
    row.person === body.person &&
    row.what === body.what &&
    row.reason === body.reason &&
    row.note === body.note
  );
}

async function checkUnlogged(db: Db, noted: Noted): Promise<void> {
  for (const { device, chain, seq } of await unloggedEntries(db)) noted.add("entry-unlogged", { device, chain, seq });
}

/** Compares what was recomputed with what is stored, and tells by the stored hashes whether an entry was altered or only moved. */
export class StoredNodes {
  readonly #db: Db;
  /** Recomputed and stored leaf hashes where they differ, by place. */
  readonly #differ: { readonly leaf: number; readonly made: string; readonly stored: string }[] = [];
  #waiting: TreeNode[] = [];

  constructor(db: Db) {
    this.#db = db;
  }

  async compare(nodes: readonly TreeNode[], noted: Noted): Promise<void> {
    this.#waiting.push(...nodes);
    if (this.#waiting.length >= 2 * PAGE) await this.flush(noted);
  }

  async flush(noted: Noted): Promise<void> {
    const nodes = this.#waiting;
    this.#waiting = [];
    const stored = await this.#stored(nodes);
    for (const [i, { level, index, hash }] of nodes.entries()) {
      const other = stored[i];
      if (other !== null && other !== undefined && equalBytes(other, hash)) continue;
      if (level > 0 || other === null || other === undefined) noted.add("node-altered", { leaf: index * 2 ** level });
      else if (this.#differ.length < 10_000) this.#differ.push({ leaf: index, made: toHex(hash), stored: toHex(other) });
    }
  }

  /** After the last leaf. */
  async finish(noted: Noted): Promise<void> {
    await this.flush(noted);
    const stood = new Set(this.#differ.map(({ stored }) => stored));
    for (const { leaf, made } of this.#differ) noted.add(stood.has(made) ? "entry-reordered" : "entry-altered", { leaf });
  }

  async #stored(nodes: readonly TreeNode[]): Promise<readonly (Bytes | null)[]> {
    const read = nodeReader(this.#db);
    const all = await whole(read, nodes);
    if (all !== null) return all;
    const found: (Bytes | null)[] = [];
    for (const node of nodes) found.push((await whole(read, [node]))?.[0] ?? null);
    return found;
  }
}

/** null: one of them is gone. A database that fails is no finding about the log, and is told as what it is. */
async function whole(read: NodeReader, nodes: Parameters<NodeReader>[0]): Promise<readonly Bytes[] | null> {
  try {
    return await read(nodes);
  } catch (error) {
    if (codeOf(error) === "log-damaged") return null;
    throw error;
  }
}

function idBytes(id: string): Bytes {
  return fromBase64Url(id) ?? new Uint8Array(16);
}
