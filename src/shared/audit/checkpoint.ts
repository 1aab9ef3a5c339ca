/** What a hub signs about its log: size and root, in the form of C2SP tlog-checkpoint. The origin names the hub and the log's generation. */
import { type Bytes, toHex } from "../bytes.ts";
import { TomoshibiError } from "../error.ts";
import { fromBase64, openNote, signNote, toBase64 } from "./note.ts";
import type { TreeHead } from "./proof.ts";

export interface Checkpoint extends TreeHead {
  /** 16 bytes. */
  readonly hub: Bytes;
  /** 1, and one more each time the hub came back from a backup. */
  readonly generation: number;
}

/** Longest checkpoint that is read. */
export const CHECKPOINT_MOST = 64 * 1024;

export const logOrigin = (hub: Bytes, generation: number): string => `tomoshibi/${toHex(hub)}/log/${generation}`;

/** `publicKey`: raw checkpoint key. The hub keeps every checkpoint that it signs before anybody sees it. */
export async function signCheckpoint(checkpoint: Checkpoint, key: CryptoKey, publicKey: Bytes): Promise<string> {
  const origin = logOrigin(checkpoint.hub, checkpoint.generation);
  return signNote(`${origin}\n${checkpoint.size}\n${toBase64(checkpoint.root)}\n`, origin, key, publicKey);
}

/**
 * Attacker-controlled text → checkpoint of this hub, of whichever generation it names, signed by this key. Extension lines are refused: this
 * log writes none, and nobody could audit them. Errors: "log-checkpoint-bad".
 */
export async function openCheckpoint(note: string, hub: Bytes, publicKey: Bytes): Promise<Checkpoint> {
  const [origin = "", size = "", root = "", ...more] = note.slice(0, 512).split("\n");
  const generation = Number(/^tomoshibi\/[0-9a-f]{32}\/log\/([1-9]\d{0,8})$/.exec(origin)?.[1] ?? 0);
  if (generation === 0 || origin !== logOrigin(hub, generation)) throw bad("origin");
  const count = /^(0|[1-9]\d{0,15})$/.test(size) ? Number(size) : Number.NaN;
  const bytes = fromBase64(root);
  if (!Number.isSafeInteger(count)) throw bad("size");
  if (bytes?.length !== 32) throw bad("root");
  if (more[0] !== "") throw bad("extension");
  await openNote(note, origin, publicKey);
  return { hub, generation, size: count, root: bytes };
}

const bad = (field: string): TomoshibiError => new TomoshibiError("log-checkpoint-bad", { field });
