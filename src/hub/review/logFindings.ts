import type { AlertKind } from "../../shared/audit/chain.ts";

/**
 * What an audit names. Of the log: it is not what was signed, or not what the devices sent. `split-view`: the hub's key has signed two logs
 * that exclude each other.
 */
export type FaultKind =
  | AlertKind
  | "unknown-signer"
  | "entry-altered"
  | "entry-backdated"
  | "entry-deleted"
  | "entry-reordered"
  | "entry-unlogged"
  | "entry-twice"
  | "node-altered"
  | "chain-head-altered"
  | "checkpoint-bad"
  | "checkpoint-mismatch"
  | "log-shrunk"
  | "generation-bad"
  | "backup-mismatch"
  | "split-view"
  | "incomplete";

/** Of a device: the log holds it rightly, and somebody must look. */
export type NoticeKind = "held" | "device-backdated" | "device-saw-less";

export interface Finding<Kind extends string = FaultKind | NoticeKind> {
  readonly kind: Kind;
  /** Place in the log; null: none. */
  readonly leaf: number | null;
  /** base64url; "" where none is concerned. */
  readonly device: string;
  /** Hex; "" likewise. */
  readonly chain: string;
  readonly seq: number;
}

export interface Findings {
  readonly counts: Readonly<Record<string, number>>;
  /** The first of them. */
  readonly first: readonly Finding[];
}

/** Counts all, keeps the first: a log of ten million spoilt entries must not fill the memory. */
export class Noted {
  readonly #most = 1_000;
  readonly #counts: Record<string, number> = {};
  readonly #first: Finding[] = [];

  add(kind: FaultKind | NoticeKind, where: Partial<Omit<Finding, "kind">> = {}): void {
    this.#counts[kind] = (this.#counts[kind] ?? 0) + 1;
    if (this.#first.length < this.#most) this.#first.push({ kind, leaf: null, device: "", chain: "", seq: 0, ...where });
  }

  result(): Findings {
    return { counts: this.#counts, first: this.#first };
  }
}
