/**
 * The device as a witness of the hub's log: every receipt's checkpoint must go on from the last one that was verified here, and what counts
 * as delivered must stand in it. What does not fit is kept, both sides of it, and goes to the next hub whose log fits.
 */
import { type Checkpoint, openCheckpoint } from "../../shared/audit/checkpoint.ts";
import { encodeLeaf } from "../../shared/audit/leaf.ts";
import { type TreeHead, verifyConsistency, verifyInclusion } from "../../shared/audit/proof.ts";
import { leafHash } from "../../shared/audit/tree.ts";
import { type Bytes, equalBytes } from "../../shared/bytes.ts";
import { codeOf, type ErrorCode, TomoshibiError } from "../../shared/error.ts";
import type { HubKeys } from "../../shared/protocol/keys.ts";
import { type BackupMark, EVIDENCE_MOST, type LogAnswer, type LogSeen, openMark } from "../../shared/protocol/log.ts";
import type { Receipt } from "../../shared/protocol/receipt.ts";
import type { EntryRow, EvidenceRow, JournalDb } from "../journal/db.ts";
import { letGo, sendAgain } from "../journal/keeping.ts";
import type { Proven } from "../journal/outbox.ts";
import { keepBackup, keepEvidence, keepSeen, markSent, seenBackup, seenCheckpoint, unsentEvidence } from "../journal/seen.ts";

export interface WitnessDeps {
  readonly journal: JournalDb;
  readonly hubKeys: HubKeys;
}

/** What is on disk of the hub's log, and what the hub is told of it. */
export interface Saw {
  readonly note: string | null;
  readonly before: Checkpoint | null;
  readonly backup: BackupMark | null;
  readonly evidence: readonly EvidenceRow[];
  readonly seen: LogSeen;
}

export async function whatWeSaw({ journal, hubKeys }: WitnessDeps): Promise<Saw> {
  const [note, mark, evidence] = [await seenCheckpoint(journal), await seenBackup(journal), await unsentEvidence(journal, EVIDENCE_MOST)];
  // What rotted on disk counts as not seen: a journal that never went home again would be worse.
  const before = note === null ? null : await orNull(openCheckpoint(note, hubKeys.hub, hubKeys.keys.checkpoint));
  const backup = mark === null ? null : await orNull(openMark("backup", mark, hubKeys));
  return {
    note,
    before,
    backup,
    evidence,
    seen: {
      checkpoint: before === null ? null : note,
      backup: backup?.size ?? 0,
      evidence: evidence.map(({ seen, shown }) => ({ seen, shown })),
    },
  };
}

/**
 * Takes over what a receipt says of the log; `entry`: the one it acknowledges, null for none. `proven`: its place; `again`: the hub came back
 * from a backup, or another page has seen something newer meanwhile, and the batch must be asked for anew. Errors, each kept with its
 * evidence: "log-checkpoint-bad", "log-shrunk", "log-rewritten", "log-generation-bad", "log-entry-missing".
 */
export async function checkLog(
  deps: WitnessDeps,
  saw: Saw,
  receipt: Receipt,
  shown: Bytes,
  entry: EntryRow | null,
): Promise<{ readonly proven: Proven | null; readonly again: boolean }> {
  let judged: Judged;
  try {
    judged = await judge(deps, saw, receipt.log, entry);
  } catch (error) {
    if (error instanceof TomoshibiError) {
      await keepEvidence(deps.journal, { code: error.code, seen: saw.note ?? "", shown });
    }
    throw error;
  }
  const { checkpoint, restored, backup } = judged;
  if (restored !== null) await sendAgain(deps.journal, restored);
  if (!(await keepSeen(deps.journal, saw.note, receipt.log.checkpoint))) return { proven: null, again: true };
  await markSent(deps.journal, saw.evidence);
  if (backup !== null && receipt.log.backup !== null) {
    await keepBackup(deps.journal, receipt.log.backup);
    await letGo(deps.journal, backup);
  } else await letGo(deps.journal, saw.backup);
  const { entry: proof } = receipt.log;
  const proven = entry === null || proof === null ? null : { generation: checkpoint.generation, index: proof.index };
  return { proven, again: restored !== null };
}

interface Judged {
  readonly checkpoint: Checkpoint;
  /** Size of the backup that a new generation began from; null: the same generation. */
  readonly restored: number | null;
  /** A mark that covers more than the one here. */
  readonly backup: BackupMark | null;
}

async function judge({ hubKeys }: WitnessDeps, saw: Saw, log: LogAnswer, entry: EntryRow | null): Promise<Judged> {
  const checkpoint = await openCheckpoint(log.checkpoint, hubKeys.hub, hubKeys.keys.checkpoint);
  const restored = await follows(hubKeys, saw, log, checkpoint);
  if (entry !== null) await standsIn(entry, log, checkpoint);
  return { checkpoint, restored, backup: await newBackup(hubKeys, saw, log, checkpoint) };
}

/** null: the same generation as before, or the first contact. */
async function follows(hubKeys: HubKeys, saw: Saw, log: LogAnswer, checkpoint: Checkpoint): Promise<number | null> {
  const { before, backup } = saw;
  if (before === null) return null;
  const { generation, size } = checkpoint;
  if (generation < before.generation) throw new TomoshibiError("log-shrunk", { generation, before: before.generation });
  if (generation === before.generation) {
    if (size < before.size) throw new TomoshibiError("log-shrunk", { size, before: before.size });
    await goesOnFrom(before, log, checkpoint, "log-rewritten");
    return null;
  }
  const start = await restoredSize(hubKeys, before.generation, log, generation);
  if (before.size <= start) await goesOnFrom(before, log, checkpoint, "log-rewritten");
  // Entries before a backup mark may be gone from this device: no generation may begin without them.
  else if (backup !== null && backup.size > start) throw new TomoshibiError("log-generation-bad", { size: start, backup: backup.size });
  else if (backup !== null) await goesOnFrom(backup, log, checkpoint, "log-generation-bad");
  return start;
}

async function goesOnFrom(older: TreeHead, log: LogAnswer, checkpoint: Checkpoint, code: ErrorCode): Promise<void> {
  try {
    await verifyConsistency(older, checkpoint, pathFrom(log, older, checkpoint));
  } catch (cause) {
    if (codeOf(cause) !== "log-proof-bad") throw cause;
    throw new TomoshibiError(code, { size: checkpoint.size, before: older.size }, { cause });
  }
}

/** Of a size that needs a proof and has none, an empty one: refused by the verifier. */
const pathFrom = (log: LogAnswer, older: TreeHead, { size }: Checkpoint): readonly Bytes[] =>
  (older.size === size ? undefined : log.consistency.find(({ from }) => from === older.size)?.path) ?? [];

/** Least size that any generation since began from; each must be signed by the root key. Errors: "log-generation-bad". */
async function restoredSize(hubKeys: HubKeys, from: number, log: LogAnswer, to: number): Promise<number> {
  const sizes: number[] = [];
  for (let generation = from + 1; generation <= to; generation++) {
    const statement = log.generations[generation - from - 1];
    const start = statement && (await orNull(openMark("generation", statement, hubKeys)));
    if (!start || start.generation !== generation) throw new TomoshibiError("log-generation-bad", { generation });
    sizes.push(start.size);
  }
  return Math.min(...sizes);
}

async function standsIn(entry: EntryRow, { entry: proof }: LogAnswer, checkpoint: Checkpoint): Promise<void> {
  const missing = (cause?: unknown) => new TomoshibiError("log-entry-missing", { seq: entry.seq }, { cause });
  if (proof === null || proof.seq !== entry.seq) throw missing();
  const leaf = await leafHash(encodeLeaf({ kind: "linked", received: proof.received, entry: entry.bytes }));
  try {
    await verifyInclusion(leaf, proof.index, proof.path, checkpoint);
  } catch (cause) {
    if (codeOf(cause) !== "log-proof-bad") throw cause;
    throw missing(cause);
  }
}

/** A mark is believed once the log goes on from it. */
async function newBackup(hubKeys: HubKeys, { backup }: Saw, log: LogAnswer, checkpoint: Checkpoint): Promise<BackupMark | null> {
  if (log.backup === null) return null;
  const mark = await openMark("backup", log.backup, hubKeys);
  if (backup !== null && (mark.size < backup.size || (mark.size === backup.size && equalBytes(mark.root, backup.root)))) return null;
  await goesOnFrom(mark, log, checkpoint, "log-rewritten");
  return mark;
}

async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof TomoshibiError) return null;
    throw error;
  }
}
