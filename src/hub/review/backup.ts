import { encodeLeaf } from "../../shared/audit/leaf.ts";
import { foldPeaks, grow, leafHash, rootOf, type TreeNode } from "../../shared/audit/tree.ts";
import { type Bytes, equalBytes } from "../../shared/bytes.ts";
import type { Signer } from "../../shared/crypto/cose.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { type BackupMark, signMark } from "../../shared/protocol/log.ts";
import { raiseAlert } from "../store/journal.ts";
import { holdLog, logState, nodeReader, nodeSha256 } from "../store/log.ts";
import { addBackup, beginGeneration, newestBackup } from "../store/logKept.ts";
import type { Db } from "../store/store.ts";
import type { LogDeps } from "./log.ts";
import { leafRecords } from "./logSource.ts";

/**
 * Signs that a backup holds the log up to where the copy ends, after hashing the copy's own entries: devices may let go of theirs. Errors:
 * "backup-refused" when the copy is no beginning of this log, or holds no entry.
 */
export async function markBackup(deps: LogDeps, copy: Db): Promise<BackupMark> {
  const { db, clock, keys } = deps;
  const { generation, size } = await logState(db);
  const held = await headOfEntries(copy);
  if (held.size === 0 || held.size > size) throw new TomoshibiError("backup-refused", { size: held.size, log: size });
  const root = await rootOf(held.size, nodeReader(db), nodeSha256);
  if (!equalBytes(root, held.root)) throw new TomoshibiError("backup-refused", { size: held.size, reason: "root" });
  const mark: BackupMark = { hub: keys.hub, generation, size: held.size, root, at: clock.now() };
  await addBackup(db, { generation, size: held.size, mark: await signMark("backup", mark, keys.signers.checkpoint), at: mark.at });
  return mark;
}

/** Of the entries themselves, not of the hashes that are stored beside them. */
async function headOfEntries(db: Db): Promise<{ readonly size: number; readonly root: Bytes }> {
  let size = 0;
  let peaks: TreeNode[] = [];
  for await (const record of leafRecords(db)) {
    if (record.t !== "leaf") throw new TomoshibiError("backup-refused", { reason: "entry-deleted", leaf: size });
    const leaf = await leafHash(encodeLeaf(record), nodeSha256);
    const nodes = await grow(size, [leaf], async () => peaks.map(({ hash }) => hash), nodeSha256);
    peaks = [...peaks.slice(0, peaks.length - (nodes.length - 1)), nodes.at(-1) as TreeNode];
    size += 1;
  }
  if (size === 0) return { size, root: new Uint8Array(32) };
  return {
    size,
    root: await foldPeaks(
      peaks.map(({ hash }) => hash),
      nodeSha256,
    ),
  };
}

/**
 * This database was put back from a backup: the log goes on from here as a new generation, by the root key's word, and devices send again what
 * they still have beyond it. Never done by itself. Errors: "backup-refused" when a mark promises more than what is here.
 */
export async function beginRestored({ db, clock, keys }: LogDeps, root: Signer): Promise<BackupMark> {
  return await db.transaction().execute(async (tx) => {
    const { generation, size } = await holdLog(tx);
    const mark = await newestBackup(tx);
    if (mark !== null && mark.size > size) throw new TomoshibiError("backup-refused", { size, marked: mark.size });
    const start: BackupMark = {
      hub: keys.hub,
      generation: generation + 1,
      size,
      root: await rootOf(size, nodeReader(tx), nodeSha256),
      at: clock.now(),
    };
    await beginGeneration(tx, { generation: start.generation, statement: await signMark("generation", start, root), at: start.at });
    await raiseAlert(tx, { kind: "log-restored", device: "", chain: "", seq: start.generation, at: start.at });
    return start;
  });
}
