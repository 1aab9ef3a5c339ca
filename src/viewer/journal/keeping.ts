/**
 * What this device keeps of its own journal after the hub has it, so that a hub restored from backup gets it again: everything up to a signed
 * backup mark, and never more than KEEP_MOST proven entries. The last proven entry of each chain stays whatever happens: the next follows it.
 */
import { parseEntry } from "../../shared/audit/entry.ts";
import type { JournalDb, ProofRow } from "./db.ts";
import { sendNotesAgain } from "./notes.ts";

/** Some twenty megabytes. What goes beyond it could not be brought again, were the hub's database lost before its first backup mark. */
export const KEEP_MOST = 20_000;

interface Mark {
  readonly generation: number;
  readonly size: number;
}

/** An outage session lasts no longer, and the hour of openings is far shorter: both are counted from the journal (recent.ts, since.ts). */
const RECENT_MS = 72 * 60 * 60 * 1000;

/** Lets go of what is in the backup, up to the first opening of the last three days; returns how many entries that were. */
export async function letGo(db: JournalDb, mark: Mark | null, most: number = KEEP_MOST): Promise<number> {
  if (mark === null && (await db.entries.count()) <= most) return 0;
  const counted = await firstCounted(db);
  return db.transaction("rw", db.entries, db.proofs, async () => {
    const chains = new Map<string, ProofRow[]>();
    for (const row of await db.proofs.toArray()) chains.set(row.chain, [...(chains.get(row.chain) ?? []), row]);
    let gone = 0;
    for (const [chain, rows] of chains) {
      const safe = rows.filter((row) => mark !== null && row.generation <= mark.generation && row.index < mark.size);
      gone += await dropBefore(
        db,
        chain,
        Math.min(counted.get(chain) ?? Number.MAX_SAFE_INTEGER, Math.max(0, ...safe.map(({ seq }) => seq))),
      );
    }
    for (const [chain, rows] of chains) {
      const over = (await db.entries.count()) - most;
      if (over <= 0) break;
      const last = Math.max(...rows.map(({ seq }) => seq));
      const first = (await db.entries.where("[chain+seq]").between([chain, 0], [chain, last]).first())?.seq ?? last;
      gone += await dropBefore(db, chain, Math.min(last, first + over));
    }
    return gone;
  });
}

/** For each chain the first entry with a mark that is younger than three days by the chain's newest; where the three days begin is found by halves. */
async function firstCounted(db: JournalDb): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (const { chain } of await db.chains.toArray()) {
    const all = () => db.entries.where("[chain+seq]").between([chain, 0], [chain, Number.MAX_SAFE_INTEGER]);
    const [first, last] = [await all().first(), await all().last()];
    if (!first || !last) continue;
    const limit = (await parseEntry(last.bytes)).header.trusted - RECENT_MS;
    let [from, to] = [first.seq - 1, last.seq];
    while (to - from > 1) {
      const middle = Math.floor((from + to) / 2);
      const row = await db.entries.get([chain, middle]);
      if (row && (await parseEntry(row.bytes)).header.trusted <= limit) from = middle;
      else to = middle;
    }
    const young = db.entries.where("[chain+seq]").between([chain, from + 1], [chain, Number.MAX_SAFE_INTEGER]);
    const counted = await young.filter(({ mark }) => mark !== undefined).first();
    if (counted) found.set(chain, counted.seq);
  }
  return found;
}

/** The entry at `seq` stays. */
async function dropBefore(db: JournalDb, chain: string, seq: number): Promise<number> {
  await db.proofs.where("[chain+seq]").between([chain, 0], [chain, seq]).delete();
  return db.entries.where("[chain+seq]").between([chain, 0], [chain, seq]).delete();
}

/** The hub came back from a backup of this size: what stood beyond it in its log goes home once more, from chains that were left as well, and all notes. */
export async function sendAgain(db: JournalDb, restored: number): Promise<void> {
  await db.transaction("rw", db.proofs, db.chains, db.notes, db.log, async () => {
    await sendNotesAgain(db);
    const lost = (row: ProofRow) => row.index >= restored;
    await db.proofs.filter(lost).delete();
    const kept = await db.proofs.toArray();
    for (const chain of await db.chains.toArray()) {
      const proven = kept.filter((row) => row.chain === chain.chain).map(({ seq }) => seq);
      await db.chains.put({ ...chain, acked: Math.min(chain.acked, Math.max(0, ...proven)) });
    }
  });
}
