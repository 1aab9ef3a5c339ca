/** What the glass room is told by the composition root about the unlocked device; it looks nothing up behind its back. */

import type { Bytes } from "../../shared/bytes.ts";
import type { EpochKeys } from "../../shared/crypto/derive.ts";
import type { EpochScope } from "../../shared/pack/shard.ts";
import type { PartName } from "../../shared/summary/summary.ts";
import type { Purpose, Written } from "../journal/append.ts";
import type { About, Standing } from "./rules.ts";

export type { GlassReason, GlassRules } from "./rules.ts";

/** Whom to open: a Hit is one; glass needs nothing else of it. */
export interface Target {
  /** base64url of the 16-byte person reference. */
  readonly personRef: string;
  /** Pack names, base64url; "" where only the hub knows them yet. */
  readonly packs: { readonly strip: string; readonly rest: string; readonly protected: string | null };
}

export interface Scene extends Omit<Standing, "role"> {
  readonly staff: { readonly id: string; readonly role: string };
  readonly scope: EpochScope;
  readonly keys: Pick<EpochKeys, "ring">;
  /** The same person as the population of now has them: a pull may have replaced the packs since the Hit was shown. */
  readonly latest: (target: Target) => Target;
  readonly about: (target: Target) => About;
  /** Ring parts of the current manifest, in order of their first name. */
  readonly rings: Readonly<Record<PartName, readonly { readonly name: Bytes; readonly first: Bytes }[]>>;
}

/** What is done with what is open. */
export type Use = "print" | "export" | "handover";

export interface GlassEntry {
  readonly kind: "open-strip" | "confirm" | "open-rest" | "open-protected" | "grant-end" | "open-region" | Use;
  readonly person: string;
  readonly purpose: Purpose | null;
  readonly what: string;
  readonly reason: string;
  readonly note: string;
  /** Sequence number of the second person's approval that this opening uses; null: none was needed. */
  readonly second: number | null;
  /** An opening of a declared outage. */
  readonly outage: boolean;
}

/**
 * Signed by the member and the device; resolves when it is durable on disk. `elsewhere`: asked first where another page of this device has
 * written meanwhile; what it rejects with keeps the entry from being written. Rejects with "journal-write-failed".
 */
export type WriteEntry = (entry: GlassEntry, elsewhere?: () => void) => Promise<Written>;

/** One part of somebody outside the cohort, as the hub answered the entry that asked for it: in memory alone. */
export interface Brought {
  /** With the name of that pack. */
  readonly target: Target;
  readonly key: Bytes;
  readonly bytes: Bytes;
}
