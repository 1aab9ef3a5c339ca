import { type Bytes, equalBytes, utf8 } from "../bytes.ts";
import { verifyDetached } from "../crypto/cose.ts";
import { codeOf, TomoshibiError } from "../error.ts";
import { type ChainHead, newChain } from "./append.ts";
import { type Entry, type EntryHeader, parseEntry, type StaffSignature } from "./entry.ts";
import { mayWrite } from "./rules.ts";
import { inForce, openSponsorship } from "./sponsorship.ts";

export const alertKinds = ["malformed", "bad-signature", "key-not-allowed", "other-device", "gap", "fork", "rewind"] as const;
/** gap: entries are missing before this one · rewind: an older image of the device wrote on · fork: two histories for another reason. */
export type AlertKind = (typeof alertKinds)[number];

export interface Alert {
  readonly kind: AlertKind;
  /** Position in the batch. */
  readonly at: number;
  /** Sequence number it claims, 0 when unreadable. No person, no staff: alerts carry no identity. */
  readonly seq: number;
}

/** What the verifier already knows of the device and of each of its chains. */
export interface KnownDevice {
  readonly device: Bytes;
  readonly open: CryptoKey;
  readonly locked: CryptoKey;
  /** Signing keys that a member, also a former one, has ever registered from this device; [] when unknown. */
  staffKeys(id: string): readonly CryptoKey[];
  /** Last linked entry of a chain; null when the chain is new. */
  headOf(chain: Bytes): ChainHead | null;
  /** Hash of an entry linked earlier; null when unknown. */
  hashAt(chain: Bytes, seq: number): Bytes | null;
}

export interface Verified {
  /** Linked to the chain, in order: these may be acknowledged. */
  readonly linked: readonly Entry[];
  /** Rightly signed but not linked (behind a gap, or on a second branch): kept as evidence, never acknowledged. */
  readonly held: readonly Entry[];
  /** Already known. */
  readonly repeated: number;
  readonly alerts: readonly Alert[];
  /** New heads of the chains touched. */
  readonly heads: readonly ChainHead[];
}

/**
 * Judges a pushed batch, as bytes or as `parseEntry` gave it, without opening any body. Nothing is repaired: what does not link is held and raises an alert, and the device takes
 * a new chain. Never rejects for a bad entry; every entry of the batch is linked, held, repeated, or named by an alert.
 */
export async function verifyChain(batch: readonly (Bytes | Entry)[], known: KnownDevice): Promise<Verified> {
  const state = new ChainState(known);
  // Signatures beside each other, links one after another.
  const judged = await Promise.all(
    batch.map(async (each) => {
      const entry = each instanceof Uint8Array ? await readEntry(each) : each;
      return { entry, fault: entry === null ? ("malformed" as const) : await faultOf(entry, known) };
    }),
  );
  for (const [at, { entry, fault }] of judged.entries()) {
    if (entry === null || fault !== null) state.alert(fault ?? "malformed", at, entry);
    else state.link(entry, at);
  }
  return state.result();
}

/** null: not an entry at all. */
export async function readEntry(bytes: Bytes): Promise<Entry | null> {
  try {
    return await parseEntry(bytes);
  } catch (error) {
    if (codeOf(error) === "journal-malformed") return null;
    throw error;
  }
}

/** Keys and signatures. */
async function faultOf(entry: Entry, known: KnownDevice): Promise<AlertKind | null> {
  const { header, headerBytes, key, staff } = entry;
  if (!equalBytes(header.device, known.device)) return "other-device";
  if (!mayWrite(header.kind, key, staff !== null, staff?.sponsorship != null)) return "key-not-allowed";
  const deviceKey = key === "open" ? known.open : known.locked;
  if (!(await verifyDetached("tomoshibi/entry-device/1", headerBytes, entry.deviceSignature, utf8(key), deviceKey))) return "bad-signature";
  if (staff === null) return null;
  for (const staffKey of await keysOfSigner(staff, header, known)) {
    if (await verifyDetached("tomoshibi/entry-staff/1", headerBytes, staff.sig, utf8(staff.id), staffKey)) return null;
  }
  return "bad-signature";
}

/** Registered keys; or the one that a registered colleague vouched for, on this device and at this time. */
async function keysOfSigner({ id, sponsorship }: StaffSignature, header: EntryHeader, known: KnownDevice): Promise<readonly CryptoKey[]> {
  if (sponsorship === null) return known.staffKeys(id);
  try {
    const opened = await openSponsorship(sponsorship, known.device, (sponsor) => known.staffKeys(sponsor));
    return opened.sponsorship.id === id && inForce(opened.sponsorship, header.trusted) ? [opened.key] : [];
  } catch (error) {
    if (codeOf(error) === "sponsorship-bad") return [];
    throw error;
  }
}

/** Links entries one by one; remembers what this batch has already linked. */
class ChainState {
  readonly #known: KnownDevice;
  readonly #heads = new Map<string, ChainHead>();
  readonly #hashes = new Map<string, Bytes>();
  readonly #linked: Entry[] = [];
  readonly #held: Entry[] = [];
  readonly #alerts: Alert[] = [];
  #repeated = 0;

  constructor(known: KnownDevice) {
    this.#known = known;
  }

  alert(kind: AlertKind, at: number, entry: Entry | null): void {
    this.#alerts.push({ kind, at, seq: entry?.header.seq ?? 0 });
  }

  link(entry: Entry, at: number): void {
    const { chain, seq, prev } = entry.header;
    const head = this.#headOf(chain);
    if (seq <= head.seq) {
      const stood = this.#hashAt(chain, seq);
      if (stood !== null && equalBytes(stood, entry.hash)) this.#repeated++;
      else this.#hold(entry, this.#continuesOlder(chain, seq, prev) ? "rewind" : "fork", at);
    } else if (seq > head.seq + 1) this.#hold(entry, "gap", at);
    else if (!equalBytes(prev, head.hash)) this.#hold(entry, "fork", at);
    else {
      this.#linked.push(entry);
      this.#heads.set(String(chain), { chain, seq, hash: entry.hash });
      this.#hashes.set(`${String(chain)}/${seq}`, entry.hash);
    }
  }

  result(): Verified {
    return { linked: this.#linked, held: this.#held, repeated: this.#repeated, alerts: this.#alerts, heads: [...this.#heads.values()] };
  }

  #hold(entry: Entry, kind: AlertKind, at: number): void {
    this.#held.push(entry);
    this.alert(kind, at, entry);
  }

  #headOf(chain: Bytes): ChainHead {
    return this.#heads.get(String(chain)) ?? this.#known.headOf(chain) ?? newChain(chain);
  }

  #hashAt(chain: Bytes, seq: number): Bytes | null {
    if (seq === 0) return newChain(chain).hash;
    return this.#hashes.get(`${String(chain)}/${seq}`) ?? this.#known.hashAt(chain, seq);
  }

  #continuesOlder(chain: Bytes, seq: number, prev: Bytes): boolean {
    const older = this.#hashAt(chain, seq - 1);
    return older !== null && equalBytes(older, prev);
  }
}

/** For a device that checks its own journal: throws the coded error of the first alert. */
export function refuseAlerts({ alerts }: Pick<Verified, "alerts">): void {
  const first = alerts[0];
  if (first === undefined) return;
  const codes = {
    malformed: "journal-malformed",
    "bad-signature": "journal-signature-bad",
    "key-not-allowed": "journal-key-not-allowed",
    "other-device": "journal-signature-bad",
    gap: "journal-gap",
    fork: "journal-fork",
    rewind: "journal-chain-broken",
  } as const;
  throw new TomoshibiError(codes[first.kind], { seq: first.seq });
}
