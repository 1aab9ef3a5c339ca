/**
 * Writing one entry: under the journal's lock a strict-durability add at [chain, seq], in the one transaction that also finds the head
 * on disk to be the one the entry was sealed and signed for. `add`, never `put`: two writers cannot both win a place. Nothing is given
 * out before that transaction is complete.
 */
import { type Bytes, equalBytes, fromBase64Url, toBase64Url } from "../../shared/bytes.ts";

export type { Purpose } from "../../shared/audit/body.ts";

import { append, type ChainHead, type EntryInput, newChain } from "../../shared/audit/append.ts";
import type { Entry } from "../../shared/audit/entry.ts";
import { codeOf, TomoshibiError } from "../../shared/error.ts";
import type { ChainRow, EntryRow, JournalDb, NoteRow } from "./db.ts";

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

/** What goes beside an entry on this device alone, and what must still hold when it is written. */
export interface Beside {
  /** Kept in the entry's row: whom it is about, wrapped under the vault key (recent.ts). */
  readonly mark?: Promise<Bytes> | undefined;
  /** The opening belongs to a declared outage. */
  readonly outage?: boolean;
  /** The note that the entry declares: on disk with it, or neither is. */
  readonly note?: NoteRow | undefined;
  /**
   * Asked under the journal's lock when another page has written since this one looked: what it rejects with keeps the entry from being
   * written. On the usual way, with this page's own last entry as the head, it is not asked and costs nothing.
   */
  readonly elsewhere?: (() => Promise<void>) | undefined;
}

/**
 * An entry is sealed for the place after this page's last one while the lock is still awaited; whether that place is right, the disk says.
 * Errors: "journal-write-failed" whatever the disk said (the cause is kept), "journal-key-not-allowed", and what `elsewhere` refuses with.
 */
export async function appendEntry(deps: JournalDeps, input: EntryInput, beside: Beside = {}): Promise<Written> {
  const { ahead } = deps.db;
  let refused: unknown = null;
  const elsewhere = () =>
    beside.elsewhere?.().catch((error: unknown) => {
      refused = error;
      throw error;
    });
  const guess = ahead.takeHead();
  let early: Promise<Sealed> | null = null;
  const seal = (): Promise<Sealed> | null => {
    if (guess) early ??= sealed(guess, { ...input, sender: ahead.takeSender(input.auditKey) });
    return early;
  };
  try {
    const writing = deps.exclusive(() => write(deps, input, seal(), { ...beside, elsewhere }));
    // Its fault is told by write(), which awaits it; here it only must not go unhandled while the lock is awaited.
    seal()?.catch(() => undefined);
    return await writing;
  } catch (cause) {
    if (cause === refused || codeOf(cause) === "journal-key-not-allowed") throw cause;
    throw new TomoshibiError("journal-write-failed", { kind: input.kind }, { cause });
  } finally {
    ahead.prepare(input.auditKey);
  }
}

/** An entry with the head that it follows. */
interface Sealed {
  readonly head: ChainHead;
  readonly entry: Entry;
  /** No chain is current yet: the entry begins one. */
  readonly begins: boolean;
}

async function sealed(head: ChainHead, input: EntryInput, begins = false): Promise<Sealed> {
  return { head, begins, entry: (await append(head, input)).entry };
}

/**
 * Another page, a push that leaves the chain or a disk put back may have changed the head since it was guessed or read: an entry for
 * another head is never written, but sealed anew for the head on disk.
 */
async function write(deps: JournalDeps, input: EntryInput, early: Promise<Sealed> | null, beside: BesideNow): Promise<Written> {
  const fromDisk = async () => {
    await beside.elsewhere();
    return place(deps.db, await sealedFromDisk(deps, input), input, beside);
  };
  const written = (early && (await place(deps.db, await early, input, beside))) ?? (await fromDisk()) ?? (await fromDisk());
  if (!written) throw new TomoshibiError("journal-chain-broken");
  return written;
}

interface BesideNow extends Omit<Beside, "elsewhere"> {
  readonly elsewhere: () => Promise<void> | undefined;
}

async function sealedFromDisk({ db, randomBytes }: JournalDeps, input: EntryInput): Promise<Sealed> {
  const current = await currentOf(db);
  return current ? sealed(await headOf(db, current), input) : sealed(newChain(randomBytes(16)), input, true);
}

/** null: the disk has another head, or the chain is no longer the current one, and nothing was written. */
async function place(
  db: JournalDb,
  { head, entry, begins }: Sealed,
  { kind, body }: EntryInput,
  beside: BesideNow,
): Promise<Written | null> {
  const chain = toBase64Url(head.chain);
  const { seq } = entry.header;
  const mark = await beside.mark;
  const kept = { ...(mark ? { mark } : {}), ...(beside.outage ? { outage: true as const } : {}) };
  const { note } = beside;
  const fits = await db.transaction("rw", note ? [db.entries, db.chains, db.notes] : [db.entries, db.chains], async () => {
    const [row, from] = await Promise.all([begins ? currentOf(db) : db.chains.get(chain), twoFrom(db, chain, head.seq)]);
    if ((row?.state === "current") === begins || !endsIn(head, from)) return false;
    if (begins) await db.chains.add({ chain, state: "current", acked: 0 });
    await db.entries.add({ chain, seq, hash: entry.hash, bytes: entry.bytes, ...kept });
    if (note) await db.notes.add(note);
    return true;
  });
  if (!fits) return null;
  db.ahead.keepHead({ chain: head.chain, seq, hash: entry.hash });
  const proof: Omit<Written, typeof written> = { chain, seq, kind, person: body.person };
  return proof as Written;
}

async function headOf(db: JournalDb, row: ChainRow): Promise<ChainHead> {
  const chain = fromBase64Url(row.chain);
  if (chain === null) throw new TomoshibiError("journal-malformed", { field: "chain" });
  const last = await lastOf(db, row.chain);
  return last ? { chain, seq: last.seq, hash: last.hash } : newChain(chain);
}

/** The entry at `seq` and whatever follows it: asked for in one request, where the last one would take a cursor. */
function twoFrom(db: JournalDb, chain: string, seq: number) {
  return db.entries.where("[chain+seq]").between([chain, seq], [chain, Number.MAX_SAFE_INTEGER], true, true).limit(2).toArray();
}

/** Whether the chain on disk ends in this head and in nothing else. */
function endsIn({ seq, hash }: ChainHead, from: readonly EntryRow[]): boolean {
  const [last, ...more] = from;
  if (last === undefined || seq === 0) return last === undefined && seq === 0;
  return more.length === 0 && last.seq === seq && equalBytes(last.hash, hash);
}

function currentOf(db: JournalDb) {
  return db.chains.where("state").equals("current").first();
}

function lastOf(db: JournalDb, chain: string) {
  return db.entries.where("[chain+seq]").between([chain, 0], [chain, Number.MAX_SAFE_INTEGER]).last();
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
