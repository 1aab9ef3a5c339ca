/** What this device has seen of the hub's log, on disk: the newest checkpoint and backup mark it has verified, and what did not fit. */
import { type Bytes, concat, toBase64Url, utf8 } from "../../shared/bytes.ts";
import { sha256 } from "../../shared/crypto/hash.ts";
import type { EvidenceRow, JournalDb } from "./db.ts";

/** First faults tell most; a hub that lies at every sync must not fill the disk. */
const EVIDENCE_KEPT = 16;

export async function seenCheckpoint(db: JournalDb): Promise<string | null> {
  const row = await db.log.get("seen");
  return row?.what === "seen" ? row.checkpoint : null;
}

export async function seenBackup(db: JournalDb): Promise<Bytes | null> {
  const row = await db.log.get("backup");
  return row?.what === "backup" ? row.mark : null;
}

/** Replaces the checkpoint, unless another page has put a different one there since `before` was read: then false, and nothing is written. */
export async function keepSeen(db: JournalDb, before: string | null, checkpoint: string): Promise<boolean> {
  return db.transaction("rw", db.log, async () => {
    if ((await seenCheckpoint(db)) !== before) return false;
    await db.log.put({ what: "seen", checkpoint });
    return true;
  });
}

export async function keepBackup(db: JournalDb, mark: Bytes): Promise<void> {
  await db.log.put({ what: "backup", mark });
}

/** The same two things are kept once. */
export async function keepEvidence(db: JournalDb, evidence: Omit<EvidenceRow, "id" | "sent">): Promise<void> {
  const id = toBase64Url(await sha256(concat(utf8(evidence.seen), evidence.shown)));
  await db.transaction("rw", db.evidence, async () => {
    if ((await db.evidence.get(id)) || (await db.evidence.count()) >= EVIDENCE_KEPT) return;
    await db.evidence.add({ ...evidence, id, sent: 0 });
  });
}

export async function unsentEvidence(db: JournalDb, most: number): Promise<readonly EvidenceRow[]> {
  return (await db.evidence.filter(({ sent }) => sent === 0).toArray()).slice(0, most);
}

/** A hub whose log fits has it now; here it stays. */
export async function markSent(db: JournalDb, rows: readonly EvidenceRow[]): Promise<void> {
  await db.evidence.bulkPut(rows.map((row) => ({ ...row, sent: 1 as const })));
}

export async function evidenceCount(db: JournalDb): Promise<number> {
  return db.evidence.count();
}
