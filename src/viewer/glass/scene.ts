/** What the glass room is told by the composition root about the unlocked device; it looks nothing up behind its back. */

import type { Bytes } from "../../shared/bytes.ts";
import type { EpochKeys } from "../../shared/crypto/derive.ts";
import type { EpochScope } from "../../shared/pack/shard.ts";
import type { PartName } from "../../shared/summary/summary.ts";
import type { Purpose, Written } from "../journal/append.ts";

/** Whom to open: a Hit is one; glass needs nothing else of it. */
export interface Target {
  /** base64url of the 16-byte person reference. */
  readonly personRef: string;
  /** Pack names, base64url. */
  readonly packs: { readonly strip: string; readonly rest: string; readonly protected: string | null };
}

export interface GlassReason {
  readonly id: string;
  readonly phase: 1 | 2;
  readonly purpose: Purpose;
}

export interface GlassRules {
  readonly reasons: readonly GlassReason[];
  readonly grantMinutes: number;
  /** Whether the signed policy lets this role open the part. */
  allows(role: string, part: PartName): boolean;
}

export interface Scene {
  readonly staff: { readonly id: string; readonly role: string };
  readonly scope: EpochScope;
  readonly keys: Pick<EpochKeys, "ring">;
  /** The same person as the population of now has them: a pull may have replaced the packs since the Hit was shown. */
  readonly latest: (target: Target) => Target;
  /** Ring parts of the current manifest, in order of their first name. */
  readonly rings: Readonly<Record<PartName, readonly { readonly name: Bytes; readonly first: Bytes }[]>>;
  /** ms of trusted time after which nothing opens; null: no lease. */
  readonly disasterUntil: number | null;
  readonly rules: GlassRules | null;
  readonly trustedNow: number;
}

export interface GlassEntry {
  readonly kind: "open-strip" | "confirm" | "open-rest" | "open-protected" | "grant-end";
  readonly person: string;
  readonly purpose: Purpose | null;
  readonly what: string;
  readonly reason: string;
  readonly note: string;
}

/** Signed by the member and the device; resolves when it is durable on disk. Rejects with "journal-write-failed". */
export type WriteEntry = (entry: GlassEntry) => Promise<Written>;
