/**
 * Writing one entry: under the journal's lock read the head, seal, sign, then a strict-durability add at [chain, seq].
 * `add`, never `put`: two writers cannot both win a place. Nothing is given out before the add has resolved.
 */
import { type Bytes, fromBase64Url, toBase64Url } from "../../shared/bytes.ts";

export type { Purpose } from "../../shared/audit/body.ts";

import { append, type ChainHead, type EntryInput, newChain } from "../../shared/audit/append.ts";
import { codeOf, TomoshibiError } from "../../shared/error.ts";
import type { ChainRow, JournalDb } from "./db.ts";

/** Runs work while nobody else (tab, worker) runs any: the Web Lock "tomoshibi-journal" in a browser. */
export type Exclusive = <T>(work: () => Promise<T>) => Promise<T>;

declare const written: unique symbol;

/** Proof that an entry is on disk; only append() makes one, and glass asks for it before it opens anything. */
export interface Written {
  readonly [written]: true;
  readonly chain: string;
  readonly seq: number;
  readonly kind: EntryInput["kind"];
  readonly person: string;
}

export interface JournalDeps {
  readonly db: JournalDb;
  readonly exclusive: Exclusive;
  readonly randomBytes: (length: number) => Bytes;
}

/** Errors: "journal-write-failed" whatever the disk said (the cause is kept), "journal-key-not-allowed". */
export async function appendEntry(deps: JournalDeps, input: EntryInput): Promise<Written> {
  try {
    return await deps.exclusive(() => write(deps, input));
  } catch (cause) {
    if (codeOf(cause) === "journal-key-not-allowed") throw cause;
    throw new TomoshibiError("journal-write-failed", { kind: input.kind }, { cause });
  }
}

/** A push may leave the chain while the entry is being sealed: an entry on a chain that was left would never count, so it is written anew. */
async function write(deps: JournalDeps, input: EntryInput): Promise<Written> {
  return (await tryWrite(deps, input)) ?? (await tryWrite(deps, input)) ?? Promise.reject(new TomoshibiError("journal-chain-broken"));
}

/** null: the chain is no longer the current one, and nothing was written. */
async function tryWrite({ db, randomBytes }: JournalDeps, input: EntryInput): Promise<Written | null> {
  const current = await db.chains.where("state").equals("current").first();
  const head = current ? await headOf(db, current) : newChain(randomBytes(16));
  const { entry } = await append(head, input);
  const chain = toBase64Url(head.chain);
  const { seq } = entry.header;
  const still = await db.transaction("rw", db.entries, db.chains, async () => {
    if (!current) await db.chains.add({ chain, state: "current", acked: 0 });
    else if ((await db.chains.get(chain))?.state !== "current") return false;
    await db.entries.add({ chain, seq, hash: entry.hash, bytes: entry.bytes });
    return true;
  });
  if (!still) return null;
  const proof: Omit<Written, typeof written> = { chain, seq, kind: input.kind, person: input.body.person };
  return proof as Written;
}

async function headOf(db: JournalDb, row: ChainRow): Promise<ChainHead> {
  const chain = fromBase64Url(row.chain);
  if (chain === null) throw new TomoshibiError("journal-malformed", { field: "chain" });
  const last = await db.entries.where("[chain+seq]").between([row.chain, 0], [row.chain, Number.MAX_SAFE_INTEGER]).last();
  return last ? { chain, seq: last.seq, hash: last.hash } : newChain(chain);
}

/** The Web Lock; without locks (an old engine, Node) one queue in this page. */
export function journalLock(locks: LockManager | undefined): Exclusive {
  if (locks) return async <T>(work: () => Promise<T>) => (await locks.request("tomoshibi-journal", work)) as T;
  let tail: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>) => {
    const turn = tail.then(work, work);
    tail = turn.catch(() => undefined);
    return turn;
  };
}
