/**
 * POST /api/journal, signed by the open or the locked key: a bounded batch of journal entries (shared/audit/entry), oldest first.
 * Answer: a receipt (COSE, shared/protocol/receipt) for the last entry of the chain that the hub holds. Sending an entry twice is harmless.
 */
import type { Bytes } from "../bytes.ts";
import { decodeCbor, encodeCbor } from "../crypto/cbor.ts";
import { TomoshibiError } from "../error.ts";
import { shapeOf } from "./shape.ts";

export const journalPath = "/api/journal";
export const journalBatch = { entries: 200, bytes: 1024 * 1024, entryBytes: 64 * 1024 } as const;

/** Throws `journal-batch-too-large`: the sender splits. */
export function encodeRequest(entries: readonly Bytes[]): Bytes {
  const body = encodeCbor({ entries });
  checkSize(entries.length, body.length);
  return body;
}

/** The entries' bytes, not yet believed. Throws `bad-request`, `journal-batch-too-large`. */
export function parseRequest(body: Uint8Array): readonly Bytes[] {
  const shape = shapeOf("bad-request");
  checkSize(0, body.length);
  const map = shape.map(decodeCbor(body), ["entries"], "journal");
  const entries = shape.list(map.entries, Number.MAX_SAFE_INTEGER, "entries");
  checkSize(entries.length, body.length);
  if (entries.length === 0) throw new TomoshibiError("bad-request", { field: "entries" });
  return entries.map((entry) => shape.bytes(entry, [1, journalBatch.entryBytes], "entries"));
}

function checkSize(entries: number, bytes: number): void {
  if (entries > journalBatch.entries || bytes > journalBatch.bytes) {
    throw new TomoshibiError("journal-batch-too-large", { entries: journalBatch.entries, bytes: journalBatch.bytes });
  }
}
