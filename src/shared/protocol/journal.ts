/**
 * POST /api/journal, signed by the open or the locked key: a bounded batch of journal entries (shared/audit/entry), oldest first, none when
 * the device only asks how the log stands, and what it has seen of the log. Answer: a receipt (COSE, shared/protocol/receipt) for the last
 * entry of the chain that the hub holds. Sending an entry twice is harmless.
 */
import type { Bytes } from "../bytes.ts";
import { encodeCbor } from "../crypto/cbor.ts";
import { TomoshibiError } from "../error.ts";
import { type LogSeen, nothingSeen, parseLogSeen } from "./log.ts";
import { shapeOf } from "./shape.ts";

export const journalPath = "/api/journal";
/** Of the entries; `body` is what a request may have with its evidence. */
export const journalBatch = { entries: 200, bytes: 1024 * 1024, entryBytes: 64 * 1024, body: 1_400_000 } as const;

export interface JournalRequest {
  /** Not yet believed. */
  readonly entries: readonly Bytes[];
  readonly seen: LogSeen;
}

/** Throws `journal-batch-too-large`: the sender splits. */
export function encodeRequest(entries: readonly Bytes[], seen: LogSeen = nothingSeen): Bytes {
  checkSize(entries.length, encodeCbor({ entries }).length);
  return encodeCbor({ entries, seen });
}

/** Throws `bad-request`, `journal-batch-too-large`. */
export function parseRequest(body: Uint8Array): JournalRequest {
  const shape = shapeOf("bad-request");
  const map = shape.map(shape.cbor(body), ["entries", "seen"], "journal");
  const entries = shape.list(map.entries, Number.MAX_SAFE_INTEGER, "entries");
  const each = entries.map((entry) => shape.bytes(entry, [1, journalBatch.entryBytes], "entries"));
  checkSize(
    each.length,
    each.reduce((sum, { length }) => sum + length, 0),
  );
  return { entries: each, seen: parseLogSeen(map.seen) };
}

function checkSize(entries: number, bytes: number): void {
  if (entries > journalBatch.entries || bytes > journalBatch.bytes) {
    throw new TomoshibiError("journal-batch-too-large", { entries: journalBatch.entries, bytes: journalBatch.bytes });
  }
}
