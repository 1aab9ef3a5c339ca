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
  /** Of an opening: whom it opened, wrapped under the vault key (recent.ts); never sent. */
  readonly mark?: Bytes;
  /** The opening belongs to a declared outage. */
  readonly outage?: true;
}

/** One chain of this device. A device whose chain the hub refused (rewound, forked) leaves it and takes a new one; entries stay. */
export interface ChainRow {
  /** base64url. */
  readonly chain: string;
  readonly state: "current" | "left";
  /** Last sequence number the hub has acknowledged; 0: none. */
  readonly acked: number;
}

/** The hub has proven that this entry, and so all before it on its chain, stands in its log. */
export interface ProofRow {
  readonly chain: string;
  readonly seq: number;
  /** Of the log, and the entry's place in it. */
  readonly generation: number;
  readonly index: number;
}

/** What this device has verified of the hub's log: its newest checkpoint, its newest backup mark as signed, and how far the site's notes have come. */
export type LogRow =
  | { readonly what: "seen"; readonly checkpoint: string }
  | { readonly what: "backup"; readonly mark: Bytes }
  // What the site's notes are asked after next (sync/notes.ts).
  | { readonly what: "notes"; readonly after: number };

/** A hub's log did not fit what was seen of it before. Never deleted; `sent`: 1 once a hub that fits has it. */
export interface EvidenceRow {
  readonly id: string;
  readonly code: string;
  readonly seen: string;
  /** The receipt that was shown. */
  readonly shown: Bytes;
  readonly sent: 0 | 1;
}

/** A form for an outage that was printed here. It is kept until it came back, and then for a while (forms.ts). */
export interface FormRow {
  /** 26 letters (shared/protocol/paper.ts), as printed. */
  readonly id: string;
  readonly kind: string;
  /** ms of trusted time. */
  readonly at: number;
  /** Staff id of who printed it. */
  readonly by: string;
  /** For whom it was printed, wrapped under the vault key; absent on a blank form. */
  readonly person?: Bytes;
  /** ms of trusted time when what was written on it had been taken over; 0: it is still out. */
  readonly returned: number;
}

/**
 * A downtime note: as it goes home, sealed to the hub, and a copy for showing here, wrapped under the notes key (viewer/notes). What stands
 * in the clear names nobody.
 */
export interface NoteRow {
  /** base64url of the note's id. */
  readonly id: string;
  /** own: written on this device, with its entry · site: by another device of the site. */
  readonly origin: "own" | "site";
  /** Keyed hash of the subject: finds a person's notes. "" once the copy is gone. */
  readonly about: string;
  /** The same of the person who an unknown patient is said to be; "" for every other note. */
  readonly linked: string;
  /** Id of the note that this one takes the place of; "": none. */
  readonly corrects: string;
  /** Who an unknown patient is, for the list, wrapped apart from what was written; null: about a person. */
  readonly who: Bytes | null;
  readonly copy: Bytes | null;
  /** As it goes to the hub; null: another device's. Kept after the answer, for a hub that is restored from a backup. */
  readonly sealed: Bytes | null;
  /** 1: the hub has not answered yet. */
  readonly unsent: 0 | 1;
  /** waiting: not at the hub · refused: the hub keeps it as evidence, `code` says why · else what the hub says of it. */
  readonly state: "waiting" | "refused" | "new" | "accepted" | "duplicate" | "rejected";
  readonly code: string;
  /** ms of trusted time when it came here: the order in which notes go, and are let go of. */
  readonly kept: number;
}

export class JournalDb extends Dexie {
  declare readonly entries: Table<EntryRow, [string, number]>;
  declare readonly chains: Table<ChainRow, string>;
  declare readonly proofs: Table<ProofRow, [string, number]>;
  declare readonly log: Table<LogRow, string>;
  declare readonly evidence: Table<EvidenceRow, string>;
  declare readonly forms: Table<FormRow, string>;
  declare readonly notes: Table<NoteRow, string>;

  /** What this page prepared for its next entries. */
  readonly ahead: Ahead = makeAhead();

  constructor(name: string, options: DexieOptions = {}) {
    super(name, { autoOpen: true, ...options, chromeTransactionDurability: "strict" });
    this.version(1).stores({ entries: "[chain+seq]", chains: "chain, state" });
    this.version(2).stores({ proofs: "[chain+seq]", log: "what", evidence: "id" });
    this.version(3).stores({ notes: "id, about, linked, [unsent+kept]" });
    this.version(4).stores({ forms: "id, returned" });
  }
}
