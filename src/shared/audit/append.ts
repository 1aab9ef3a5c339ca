import { type Bytes, utf8 } from "../bytes.ts";
import { signDetached } from "../crypto/cose.ts";
import { sha256 } from "../crypto/hash.ts";
import type { SealOne } from "../crypto/hpke.ts";
import { TomoshibiError } from "../error.ts";
import { type EntryBody, sealBody } from "./body.ts";
import { type Entry, type EntryHeader, type EntryKind, encodeEntry, encodeHeader, NO_PREVIOUS } from "./entry.ts";
import { mayWrite } from "./rules.ts";

/** Where a chain stands: sequence and hash of its last entry. */
export interface ChainHead {
  readonly chain: Bytes;
  readonly seq: number;
  readonly hash: Bytes;
}

/** Head of a chain without entries. `chain`: 16 new random bytes. */
export const newChain = (chain: Bytes): ChainHead => ({ chain, seq: 0, hash: NO_PREVIOUS() });

export interface EntryInput {
  readonly device: Bytes;
  readonly kind: EntryKind;
  readonly body: EntryBody;
  /** ms of the device's clock, and the greatest time it knows. */
  readonly at: number;
  readonly trusted: number;
  /** Raw public half of the hub's audit key. */
  readonly auditKey: Bytes;
  /** Made by `bodySender` for that key; without one it is made now. */
  readonly sender?: Promise<SealOne> | undefined;
  readonly signer: { readonly which: "open" | "locked"; readonly key: CryptoKey };
  readonly staff: { readonly id: string; readonly key: CryptoKey; readonly sponsorship?: Bytes | null } | null;
}

/**
 * Seals, signs and links one entry; writes nothing. The caller holds the journal's lock from reading the head until the bytes are durable.
 * Errors: "journal-key-not-allowed" when these keys may not sign this kind.
 */
export async function append(head: ChainHead, input: EntryInput): Promise<{ readonly entry: Entry; readonly head: ChainHead }> {
  const { device, kind, at, trusted, signer, staff } = input;
  if (!mayWrite(kind, signer.which, staff !== null, staff?.sponsorship != null))
    throw new TomoshibiError("journal-key-not-allowed", { kind, key: signer.which });
  const place = { chain: head.chain, seq: head.seq + 1, prev: head.hash };
  const sealedBody = await sealBody(input.body, input.auditKey, place, input.sender);
  const header: EntryHeader = { ...place, device, at: Math.trunc(at), trusted: Math.trunc(trusted), kind, body: await sha256(sealedBody) };
  const headerBytes = encodeHeader(header);
  const [deviceSignature, sig] = await Promise.all([
    signDetached("tomoshibi/entry-device/1", headerBytes, { key: signer.key, kid: utf8(signer.which) }),
    staff && signDetached("tomoshibi/entry-staff/1", headerBytes, { key: staff.key, kid: utf8(staff.id) }),
  ]);
  const entry = await encodeEntry({
    header,
    sealedBody,
    key: signer.which,
    deviceSignature,
    staff: staff && sig && { id: staff.id, sig, sponsorship: staff.sponsorship ?? null },
  });
  return { entry, head: { chain: head.chain, seq: header.seq, hash: entry.hash } };
}
