import { append, type ChainHead, type EntryInput, newChain } from "../../../src/shared/audit/append.ts";
import { emptyBody } from "../../../src/shared/audit/body.ts";
import type { KnownDevice } from "../../../src/shared/audit/chain.ts";
import type { Entry, EntryKind } from "../../../src/shared/audit/entry.ts";
import type { Bytes } from "../../../src/shared/bytes.ts";
import { generateSealPair } from "../../../src/shared/crypto/hpke.ts";
import { exportPublic, generateSigningPair } from "../../../src/shared/crypto/sign.ts";
import { randomBytes } from "../../../src/shared/crypto/wrap.ts";

export interface Actors {
  readonly device: Bytes;
  readonly open: CryptoKeyPair;
  readonly locked: CryptoKeyPair;
  readonly staff: CryptoKeyPair;
  readonly audit: CryptoKeyPair;
  readonly auditKey: Bytes;
}

export async function newActors(): Promise<Actors> {
  const [open, locked, staff] = await Promise.all([generateSigningPair(false), generateSigningPair(false), generateSigningPair(false)]);
  const audit = await generateSealPair(false);
  return { device: randomBytes(16), open, locked, staff, audit, auditKey: await exportPublic(audit.publicKey) };
}

export const body = {
  ...emptyBody,
  staff: "s1",
  role: "physician",
  purpose: "ETREAT" as const,
  person: "p",
  what: "strip",
  reason: "unconscious",
};

export function inputOf(actors: Actors, kind: EntryKind, change: Partial<EntryInput> = {}): EntryInput {
  return {
    device: actors.device,
    kind,
    body,
    at: 1_000,
    trusted: 1_001,
    auditKey: actors.auditKey,
    signer: { which: "open", key: actors.open.privateKey },
    staff: { id: "s1", key: actors.staff.privateKey },
    ...change,
  };
}

/** `count` openings in one chain, and its last head. */
export async function chainOf(
  actors: Actors,
  count: number,
  from: ChainHead = newChain(randomBytes(16)),
): Promise<{ entries: Entry[]; heads: ChainHead[] }> {
  const entries: Entry[] = [];
  const heads = [from];
  for (let i = 0; i < count; i++) {
    const step = await append(heads.at(-1) ?? from, inputOf(actors, "open-strip"));
    entries.push(step.entry);
    heads.push(step.head);
  }
  return { entries, heads };
}

/** What a hub knows after it has linked `entries`. */
export function knows(actors: Actors, entries: readonly Entry[] = []): KnownDevice {
  const last = entries.at(-1);
  return {
    device: actors.device,
    open: actors.open.publicKey,
    locked: actors.locked.publicKey,
    staffKeys: (id) => (id === "s1" ? [actors.staff.publicKey] : []),
    headOf: (chain) => (last && String(last.header.chain) === String(chain) ? { chain, seq: last.header.seq, hash: last.hash } : null),
    hashAt: (chain, seq) => entries.find(({ header }) => header.seq === seq && String(header.chain) === String(chain))?.hash ?? null,
  };
}

export const bytesOf = (entries: readonly Entry[]): Bytes[] => entries.map(({ bytes }) => bytes);
