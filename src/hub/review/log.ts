import type { ChainHead } from "../../shared/audit/append.ts";
import { type Checkpoint, openCheckpoint, signCheckpoint } from "../../shared/audit/checkpoint.ts";
import { consistencyProof, inclusionProof, rootOf } from "../../shared/audit/tree.ts";
import { type Bytes, concat, equalBytes, toBase64Url, toHex, utf8 } from "../../shared/bytes.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Signer } from "../../shared/crypto/cose.ts";
import { sha256 } from "../../shared/crypto/hash.ts";
import { TomoshibiError } from "../../shared/error.ts";
import type { HubKeys, SigningUse } from "../../shared/protocol/keys.ts";
import type { LogAnswer, LogSeen } from "../../shared/protocol/log.ts";
import { openMark } from "../../shared/protocol/log.ts";
import { raiseAlert } from "../store/journal.ts";
import { checkpointAt, keepCheckpoint, leafOf, logState, nodeReader, nodeSha256 } from "../store/log.ts";
import { addEvidence, generationsAfter, newestBackup } from "../store/logKept.ts";
import type { Db } from "../store/store.ts";

export interface LogDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly keys: { readonly hub: Bytes; readonly publicKeys: HubKeys; readonly signers: Readonly<Record<SigningUse, Signer>> };
}

/** The log as it stands, signed. What is signed is kept before anybody sees it, and signed once for each size. */
export async function currentCheckpoint({ db, clock, keys }: LogDeps): Promise<{ readonly checkpoint: Checkpoint; readonly note: string }> {
  const { generation, size } = await logState(db);
  const publicKey = keys.publicKeys.keys.checkpoint;
  let kept = await checkpointAt(db, generation, size);
  if (kept === null) {
    const root = await rootOf(size, nodeReader(db), nodeSha256);
    const note = await signCheckpoint({ hub: keys.hub, generation, size, root }, keys.signers.checkpoint.key, publicKey);
    kept = await keepCheckpoint(db, { generation, size, note, at: clock.now() });
  }
  return { checkpoint: await openCheckpoint(kept.note, keys.hub, publicKey), note: kept.note };
}

/** What a receipt says of the log: that the chain's head stands in it, and that it only grew since the device looked. */
export async function logAnswer(deps: LogDeps, head: ChainHead | null, seen: LogSeen): Promise<LogAnswer> {
  const { db } = deps;
  const { checkpoint, note } = await currentCheckpoint(deps);
  const known = await knownCheckpoint(deps, seen);
  const backup = await newestBackup(db);
  const sizes = new Set([known?.size ?? 0, seen.backup, backup?.size ?? 0].filter((size) => size > 0 && size <= checkpoint.size));
  const consistency: LogAnswer["consistency"][number][] = [];
  for (const from of sizes) {
    consistency.push({ from, path: await consistencyProof(from, checkpoint.size, nodeReader(db), nodeSha256) });
  }
  const starts = known === null || known.generation >= checkpoint.generation ? [] : await generationsAfter(db, known.generation);
  return {
    checkpoint: note,
    entry: await entryProof(db, head, checkpoint.size),
    consistency,
    generations: starts.filter(({ generation }) => generation <= checkpoint.generation).map(({ statement }) => new Uint8Array(statement)),
    backup: backup === null ? null : new Uint8Array(backup.mark),
  };
}

async function entryProof(db: Db, head: ChainHead | null, size: number): Promise<LogAnswer["entry"]> {
  if (head === null || head.seq === 0) return null;
  const leaf = await leafOf(db, toHex(head.chain), head.seq);
  if (leaf === null || leaf.idx >= size) throw new TomoshibiError("log-damaged", { seq: head.seq });
  const path = await inclusionProof(leaf.idx, size, nodeReader(db), nodeSha256);
  return { seq: head.seq, received: leaf.received, index: leaf.idx, path };
}

/** null: the device has seen nothing yet, or names something this hub never signed. */
async function knownCheckpoint({ keys }: LogDeps, seen: LogSeen): Promise<Checkpoint | null> {
  if (seen.checkpoint === null) return null;
  return await openCheckpoint(seen.checkpoint, keys.hub, keys.publicKeys.keys.checkpoint).catch((error: unknown) => {
    if (error instanceof TomoshibiError && error.code === "log-checkpoint-bad") return null;
    throw error;
  });
}

/**
 * A device is a witness: what it has seen of the log is compared with the log, and the evidence that it brings is kept. Alerts: "log-behind",
 * the log is shorter than what this hub signed (a backup was put back without saying so); "log-split", another root than what was signed;
 * "log-evidence", the device was shown a log that did not fit.
 */
export async function takeSeen(deps: LogDeps, device: string, seen: LogSeen): Promise<void> {
  const known = await knownCheckpoint(deps, seen);
  const fault = known === null ? null : await faultOf(deps, known);
  const at = deps.clock.now();
  if (fault !== null) await raiseAlert(deps.db, { kind: fault, device, chain: "", seq: known?.size ?? 0, at });
  for (const { seen: had, shown } of seen.evidence) {
    const id = toBase64Url(await sha256(concat(utf8(had), shown)));
    const fresh = await addEvidence(deps.db, { id, device, received: at, seen: had, shown });
    if (fresh) await raiseAlert(deps.db, { kind: "log-evidence", device, chain: "", seq: 0, at });
  }
}

async function faultOf({ db, keys }: LogDeps, known: Checkpoint): Promise<"log-behind" | "log-split" | null> {
  const state = await logState(db);
  if (known.generation > state.generation) return "log-behind";
  // What an older generation had beyond its backup is gone with it, and said so by the root key.
  let kept = Number.POSITIVE_INFINITY;
  for (const { statement } of await generationsAfter(db, known.generation)) {
    kept = Math.min(kept, (await openMark("generation", new Uint8Array(statement), keys.publicKeys)).size);
  }
  if (known.size > kept) return null;
  if (known.size > state.size) return "log-behind";
  return equalBytes(await rootOf(known.size, nodeReader(db), nodeSha256), known.root) ? null : "log-split";
}
