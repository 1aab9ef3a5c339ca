import { emptyBody, openBody } from "../../shared/audit/body.ts";
import { parseEntry } from "../../shared/audit/entry.ts";
import { equalBytes, toHex } from "../../shared/bytes.ts";
import { codeOf } from "../../shared/error.ts";
import { entryAt, type QuarantineRow, quarantined } from "../store/journal.ts";
import type { Db } from "../store/store.ts";
import type { AuditedEntry } from "./event.ts";

/** Rightly signed, by a device and its member; only their place is wrong. What is not rightly signed tells nothing of anybody. */
const signed: ReadonlySet<string> = new Set(["gap", "fork", "rewind"]);

/** Entries kept aside for their place, oldest first, that have not come home since. `audit`: the hub's key that opens bodies. */
export async function entriesAside(db: Db, audit: CryptoKeyPair): Promise<readonly AuditedEntry[]> {
  const entries: AuditedEntry[] = [];
  for (const row of await quarantined(db)) {
    if (!signed.has(row.reason)) continue;
    const entry = await opened(row, audit);
    const stands = await entryAt(db, entry.chain, entry.seq);
    if (stands === null || !equalBytes(new Uint8Array(stands.hash), entry.hash)) entries.push(entry);
  }
  return entries.sort((a, b) => a.trusted - b.trusted);
}

async function opened({ bytes, device, received, reason }: QuarantineRow, audit: CryptoKeyPair): Promise<AuditedEntry> {
  const { header, hash, staff, sealedBody } = await parseEntry(new Uint8Array(bytes));
  const body = await openBody(sealedBody, audit, header).catch((error: unknown) => {
    if (codeOf(error) === "journal-malformed") return emptyBody;
    throw error;
  });
  const { chain, seq, kind, at, trusted } = header;
  const who = { staff: staff?.id ?? body.staff, purpose: body.purpose ?? "" };
  return { ...body, ...who, chain: toHex(chain), seq, hash, device, kind, at, trusted, received, leaf: null, aside: reason };
}
