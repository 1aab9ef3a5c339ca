/**
 * What a hub says of its log in a receipt, and what a device says that it has seen. A checkpoint is text (shared/audit/checkpoint.ts); a
 * generation's beginning is signed by the root key, so that no online key can begin the log anew; a backup mark by the checkpoint key.
 */
import { CHECKPOINT_MOST } from "../audit/checkpoint.ts";
import { PROOF_MOST } from "../audit/proof.ts";
import { type Bytes, equalBytes } from "../bytes.ts";
import type { CoseContext, Signer } from "../crypto/cose.ts";
import { TomoshibiError } from "../error.ts";
import type { HubKeys } from "./keys.ts";
import { shapeOf } from "./shape.ts";
import { openObject, signObject } from "./signed.ts";

/** "The log up to `size`, with this root, is in a backup": devices may let go of entries before it. */
export interface BackupMark {
  readonly hub: Bytes;
  readonly generation: number;
  readonly size: number;
  readonly root: Bytes;
  /** ms of the hub's clock. */
  readonly at: number;
}

/** "The hub came back from a backup that ends here; from here on this generation counts." `size`, `root`: of what was restored. */
export type GenerationStart = BackupMark;

/** That an entry stands in the log of the receipt's checkpoint. */
export interface EntryProof {
  readonly seq: number;
  /** ms: part of the leaf. */
  readonly received: number;
  readonly index: number;
  readonly path: readonly Bytes[];
}

export interface LogAnswer {
  readonly checkpoint: string;
  /** Of the chain's last linked entry; null when there is none. */
  readonly entry: EntryProof | null;
  /** From the sizes that the device named and that of the backup mark, where this log has them. */
  readonly consistency: readonly { readonly from: number; readonly path: readonly Bytes[] }[];
  /** Root-signed beginnings of every generation after the one that the device saw. */
  readonly generations: readonly Bytes[];
  /** The newest backup mark; null when there was none yet. */
  readonly backup: Bytes | null;
}

/** What the device has seen of this hub's log. */
export interface LogSeen {
  /** Last checkpoint it verified; null at first contact. */
  readonly checkpoint: string | null;
  /** Size of the backup mark it holds; 0 without one. */
  readonly backup: number;
  /** What did not fit together: the checkpoint it had, and the receipt it was shown then. */
  readonly evidence: readonly { readonly seen: string; readonly shown: Bytes }[];
}

export const nothingSeen: LogSeen = { checkpoint: null, backup: 0, evidence: [] };
export const EVIDENCE_MOST = 4;
export const RECEIPT_MOST = 64 * 1024;
const GENERATIONS_MOST = 100;

const marks = { backup: "tomoshibi/backup/1", generation: "tomoshibi/log-generation/1" } as const satisfies Record<string, CoseContext>;
const answers = shapeOf("hub-answer-bad");

/** By the checkpoint key (backup) or the root key (generation). */
export async function signMark(what: keyof typeof marks, mark: BackupMark, signer: Signer): Promise<Bytes> {
  return signObject(marks[what], mark, signer);
}

/** Errors: hub-answer-bad (malformed, or another hub's), cose-*. */
export async function openMark(what: keyof typeof marks, bytes: Bytes, { hub, keys, root }: HubKeys): Promise<BackupMark> {
  const key = what === "backup" ? keys.checkpoint : root;
  const map = answers.map(await openObject(marks[what], "hub-answer-bad", bytes, key), ["hub", "generation", "size", "root", "at"], "mark");
  const mark = {
    hub: answers.bytes(map.hub, 16, "hub"),
    generation: answers.uint(map.generation, "generation"),
    size: answers.uint(map.size, "size"),
    root: answers.bytes(map.root, 32, "root"),
    at: answers.uint(map.at, "at"),
  };
  if (!equalBytes(mark.hub, hub)) throw new TomoshibiError("hub-answer-bad", { field: "hub" });
  return mark;
}

/** Of a receipt whose signature holds; the proofs in it are judged by the device. */
export function parseLogAnswer(value: unknown): LogAnswer {
  const map = answers.map(value, ["checkpoint", "entry", "consistency", "generations", "backup"], "log");
  return {
    checkpoint: answers.words(map.checkpoint, CHECKPOINT_MOST, "checkpoint"),
    entry: map.entry === null ? null : parseEntryProof(map.entry),
    consistency: answers.list(map.consistency, 3, "consistency").map((each) => {
      const { from, path } = answers.map(each, ["from", "path"], "consistency");
      return { from: answers.uint(from, "from"), path: hashes(path) };
    }),
    generations: answers.list(map.generations, GENERATIONS_MOST, "generations").map((each) => answers.bytes(each, [1, 1024], "generation")),
    backup: map.backup === null ? null : answers.bytes(map.backup, [1, 1024], "backup"),
  };
}

function parseEntryProof(value: unknown): EntryProof {
  const map = answers.map(value, ["seq", "received", "index", "path"], "entry");
  return {
    seq: answers.uint(map.seq, "seq"),
    received: answers.uint(map.received, "received"),
    index: answers.uint(map.index, "index"),
    path: hashes(map.path),
  };
}

const hashes = (value: unknown): readonly Bytes[] => answers.list(value, PROOF_MOST, "path").map((each) => answers.bytes(each, 32, "path"));

/** Attacker-controlled. Errors: "bad-request". */
export function parseLogSeen(value: unknown): LogSeen {
  const shape = shapeOf("bad-request");
  const map = shape.map(value, ["checkpoint", "backup", "evidence"], "seen");
  return {
    checkpoint: map.checkpoint === null ? null : shape.words(map.checkpoint, 4096, "checkpoint"),
    backup: shape.uint(map.backup, "backup"),
    evidence: shape.list(map.evidence, EVIDENCE_MOST, "evidence").map((each) => {
      const { seen, shown } = shape.map(each, ["seen", "shown"], "evidence");
      return { seen: shape.words(seen, 4096, "seen"), shown: shape.bytes(shown, [1, RECEIPT_MOST], "shown") };
    }),
  };
}
