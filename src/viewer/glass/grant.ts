/**
 * Leave to open one part of one person's packs, given by breakGlass() after its journal entry was durable on disk.
 * The symbol is not exported, so nothing else can build a Grant; openPack also looks it up among those it gave, so a cast
 * object opens nothing either.
 */
import type { PartName } from "../../shared/summary/summary.ts";

declare const granted: unique symbol;

export interface Grant<P extends PartName> {
  readonly [granted]: P;
  readonly part: P;
  /** base64url person reference. */
  readonly person: string;
  readonly staff: string;
  /** ms of the device clock; the grant also ends by running time, lock or endGrant. */
  readonly expiresAt: number;
  /** Where the journal entry that paid for it stands: base64url of its chain, and its number there. */
  readonly chain: string;
  readonly seq: number;
}
