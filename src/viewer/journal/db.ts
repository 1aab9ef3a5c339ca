/**
 * The journal's own database. Strict durability: Chromium's default acknowledges a write up to a second before it is on disk,
 * and a grant given in that second could outlive its record in a power loss.
 */
import Dexie, { type DexieOptions, type Table } from "dexie";
import type { Bytes } from "../../shared/bytes.ts";
import { type Ahead, makeAhead } from "./ahead.ts";

export interface EntryRow {
  /** base64url of the 16-byte chain id. */
  readonly chain: string;
  readonly seq: number;
  readonly hash: Bytes;
  readonly bytes: Bytes;
}

/** One chain of this device. A device whose chain the hub refused (rewound, forked) leaves it and takes a new one; entries stay. */
export interface ChainRow {
  /** base64url. */
  readonly chain: string;
  readonly state: "current" | "left";
  /** Last sequence number the hub has acknowledged; 0: none. */
  readonly acked: number;
}

export class JournalDb extends Dexie {
  declare readonly entries: Table<EntryRow, [string, number]>;
  declare readonly chains: Table<ChainRow, string>;

  /** What this page prepared for its next entries. */
  readonly ahead: Ahead = makeAhead();

  constructor(name: string, options: DexieOptions = {}) {
    super(name, { autoOpen: true, ...options, chromeTransactionDurability: "strict" });
    this.version(1).stores({ entries: "[chain+seq]", chains: "chain, state" });
  }
}
