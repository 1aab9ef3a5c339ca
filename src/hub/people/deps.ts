import type { Bytes } from "../../shared/bytes.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Signer } from "../../shared/crypto/cose.ts";
import type { SigningUse } from "../../shared/protocol/keys.ts";
import type { Db } from "../store/store.ts";

/** What people needs of the hub's keys (publish keeps them). */
export interface PeopleKeys {
  /** 16 bytes. */
  readonly hub: Bytes;
  /** In the enrolment code. */
  readonly rootHash: Bytes;
  /** The signed keys object, as devices get it. */
  readonly signedKeys: Bytes;
  readonly signers: Readonly<Record<SigningUse, Signer>>;
}

export interface PeopleDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly keys: PeopleKeys;
}
