/** The vault's database: a concrete Dexie schema, nothing in it opens anything without a member's credential. See README.md. */
import Dexie, { type DexieOptions, type Table } from "dexie";
import type { Bytes } from "../../shared/bytes.ts";

/** A sealed pack under its name (base64url SHA-256). */
export interface PackRow {
  readonly name: string;
  readonly bytes: Bytes;
}

/** A sealed index shard or ring part under its name. */
export interface SealedRow {
  readonly name: string;
  readonly bytes: Bytes;
}

/** leaseBefore: the lease of the epoch before, while its epoch key may still be needed and lies nowhere else. rules: the rule table's file, which the manifest names by its hash. */
export type SignedKind =
  | "keys"
  | "certificate"
  | "lease"
  | "leaseBefore"
  | "policy"
  | "roster"
  | "manifest"
  | "rules"
  // The cohort's sealed rescue roster, named by the manifest's hash.
  | "rescue"
  // Orders of the hub (shared/protocol/orders.ts), and what was declared on this device, signed by its members.
  | "disaster"
  | "wipe"
  | "declared"
  | "outage";

/** Hub-signed bytes kept as they came, so that they can be verified again after any restart. */
export interface SignedRow {
  readonly what: SignedKind;
  readonly bytes: Bytes;
}

/** Something wrapped under VK: "device" (open and seal keys, shared/crypto/device.ts), "ek/EPOCH" (one epoch key). */
export interface WrappedRow {
  readonly what: string;
  readonly bytes: Bytes;
}

/** How one member's credential opens their own keys. */
export interface SlotRow {
  readonly id: string;
  readonly staff: string;
  readonly kind: "passphrase" | "passkey";
  readonly salt: Bytes;
  /** Argon2id parameters; null for a passkey. */
  readonly kdf: { readonly memoryKiB: number; readonly iterations: number; readonly parallelism: number } | null;
  readonly credentialId: Bytes | null;
  /** The member's private keys under the credential (shared/crypto/staff.ts). */
  readonly wrapped: Bytes;
  /** Raw public signing key: the slot counts while the signed roster names the same. */
  readonly sign: Bytes;
  /** ms of the last time it was proven to open; 0 or absent: never since it was made. */
  readonly proven?: number;
  /** shared/audit/sponsorship.ts: the slot counts while this holds, although no roster names its key. */
  readonly sponsorship?: Bytes;
  /** ms of trusted time at which it was made. */
  readonly made?: number;
  /** Sequence of the roster when it was made: an older roster cannot name it yet. */
  readonly since?: number;
}

/** VK sealed to one member, to somebody sponsored (STAFF/sponsored) or to the sealed envelope. */
export interface MemberRow {
  readonly staff: string;
  readonly vk: Bytes;
  /** Raw public key that it is sealed to; absent in rows of the first version. */
  readonly seal?: Bytes;
}

export interface TryRow {
  readonly staff: string;
  readonly failed: number;
  /** Device time before which no further try is taken. */
  readonly notBefore: number;
}

export interface DeviceRow {
  /** "attempt": made, but the hub's answer is not here yet; the same code tried again sends the same keys. */
  readonly id: "device" | "attempt";
  readonly device: Bytes;
  readonly name: string;
  readonly rootHash: Bytes;
  /** Of an attempt: base64url of the enrolment id. */
  readonly enrolment: string;
  readonly state: "pending" | "approved";
  readonly siteId: string;
  readonly siteName: string;
  readonly openPublic: Bytes;
  readonly lockedPublic: Bytes;
  readonly sealPublic: Bytes;
  /** Non-extractable; signs requests and the entries of a locked device. */
  readonly lockedKey: CryptoKey;
  /** Holds VK until the first member has a credential, then deleted. */
  readonly nursery: { readonly key: CryptoKey; readonly vk: Bytes } | null;
}

/** Small facts: trusted time, last contact, people cached. */
export interface FactRow {
  readonly id: string;
  readonly value: number;
}

export class VaultDb extends Dexie {
  declare readonly packs: Table<PackRow, string>;
  declare readonly shards: Table<SealedRow, string>;
  declare readonly rings: Table<SealedRow, string>;
  declare readonly signed: Table<SignedRow, string>;
  declare readonly wrapped: Table<WrappedRow, string>;
  declare readonly slots: Table<SlotRow, string>;
  declare readonly members: Table<MemberRow, string>;
  declare readonly tries: Table<TryRow, string>;
  declare readonly device: Table<DeviceRow, string>;
  declare readonly facts: Table<FactRow, string>;

  constructor(name: string, options: DexieOptions = {}) {
    super(name, { autoOpen: true, ...options });
    this.version(1).stores({
      packs: "name",
      shards: "name",
      rings: "name",
      signed: "what",
      wrapped: "what",
      slots: "id, staff",
      members: "staff",
      tries: "staff",
      device: "id",
      facts: "id",
    });
  }
}
