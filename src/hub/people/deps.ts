import type { Bytes } from "../../shared/bytes.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Signer } from "../../shared/crypto/cose.ts";
import type { Db } from "../store/store.ts";

/** The hub's private keys that people, leases and receipts need. */
export interface PeopleKeys {
  /** 16 bytes. */
  readonly hub: Bytes;
  /** Raw public root key. */
  readonly root: Bytes;
  /** The signed keys object, as devices get it. */
  readonly bytes: Bytes;
  readonly lease: Signer;
  readonly policy: Signer;
  readonly roster: Signer;
  readonly device: Signer;
  /** Signs receipts. */
  readonly checkpoint: Signer;
}

export interface PeopleDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly keys: PeopleKeys;
}
