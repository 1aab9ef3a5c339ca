import type { ChainHead } from "../../shared/audit/append.ts";
import { type Checkpoint, openCheckpoint } from "../../shared/audit/checkpoint.ts";
import { encodeLeaf } from "../../shared/audit/leaf.ts";
import type { TreeHead } from "../../shared/audit/proof.ts";
import { foldPeaks, grow, leafHash, type TreeNode } from "../../shared/audit/tree.ts";
import { type Bytes, equalBytes, toBase64Url, toHex } from "../../shared/bytes.ts";
import { sha256 } from "../../shared/crypto/hash.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { type HubKeys, openKeys } from "../../shared/protocol/keys.ts";
import { type BackupMark, openMark } from "../../shared/protocol/log.ts";
import { openReceipt } from "../../shared/protocol/receipt.ts";
import { nodeSha256 } from "../store/log.ts";
import { type FaultKind, type Findings, Noted } from "./logFindings.ts";
import { LogHistory, type PlacedLeaf } from "./logHistory.ts";
import type { LogRecord } from "./logRecords.ts";

export interface AuditReport {
  readonly hub: string;
  /** Hex; a third party compares it with what an enrolment code of this hub says. */
  readonly rootHash: string;
  readonly generation: number;
  readonly size: number;
  /** Hex, recomputed from the entries. */
  readonly root: string;
  readonly checkpoints: number;
  readonly devices: number;
  readonly chains: number;
  readonly faults: Findings;
  readonly notices: Findings;
}

export interface VerifyOptions {
  /** Checkpoints kept elsewhere (a device, a print, an older export): the log must go on from each. */
  readonly witnessed?: readonly string[];
  /** Told of every subtree, to compare it with what is stored. */
  readonly onNodes?: (nodes: readonly TreeNode[]) => Promise<void>;
  /** Told at the end where each chain stands. */
  readonly onEnd?: (headOf: (chain: string) => ChainHead | null) => Promise<void>;
  readonly onProgress?: (done: number, total: number) => void;
  /** Faults that the source finds itself. */
  readonly noted?: Noted;
}

type Claim = TreeHead & { readonly kind: FaultKind; readonly device: string };

/** Checks a whole log from its entries: signatures, chains, leaves, root against all that was ever signed. Errors: "audit-file-bad", keys-*. */
export async function verifyLog(records: AsyncIterable<LogRecord>, options: VerifyOptions = {}): Promise<AuditReport> {
  const verifier = new LogVerifier(options);
  for await (const record of records) await verifier.take(record);
  return await verifier.finish();
}

class LogVerifier {
  readonly #options: VerifyOptions;
  readonly #faults: Noted;
  readonly #notices = new Noted();
  readonly #history: LogHistory;
  readonly #claims = new Map<number, Claim[]>();
  #starts: BackupMark[] = [];
  #peaks: TreeNode[] = [];
  #log: (LogRecord & { t: "log" }) | null = null;
  #keys: HubKeys | null = null;
  #size = 0;
  #checkpoints = 0;
  #ended = false;
  #witnessed: readonly string[];

  constructor(options: VerifyOptions) {
    this.#options = options;
    this.#witnessed = options.witnessed ?? [];
    this.#faults = options.noted ?? new Noted();
    this.#history = new LogHistory(this.#faults, this.#notices);
  }

  async take(record: LogRecord): Promise<void> {
    if (record.t === "log") return await this.#begin(record);
    const keys = this.#keys;
    if (keys === null || this.#ended) throw new TomoshibiError("audit-file-bad", { field: "order" });
    switch (record.t) {
      case "device":
        return await this.#history.addDevice(record.id, record.certificate, keys);
      case "staff":
        return await this.#history.addStaff(record);
      case "generation":
      case "backup":
        return await this.#addMark(record.t, record.signed, keys);
      case "evidence":
        return await this.#addEvidence(record, keys);
      case "leaf":
        return await this.#addLeaf(record);
      case "missing":
        this.#faults.add("entry-deleted", { leaf: this.#size });
        return await this.#grow(record.leaf);
      case "checkpoint":
        return await this.#addCheckpoint(record.note, keys);
      case "end":
        if (record.size !== this.#size) this.#faults.add("incomplete", { leaf: record.size });
        this.#ended = true;
    }
  }

  async finish(): Promise<AuditReport> {
    const log = this.#log;
    if (log === null) throw new TomoshibiError("audit-file-bad", { field: "log" });
    await this.#history.flush();
    await this.#settle();
    await this.#options.onEnd?.((chain) => this.#history.headOf(chain));
    if (!this.#ended || this.#size !== log.size) this.#faults.add("incomplete", { leaf: this.#size });
    for (const claims of this.#claims.values()) for (const claim of claims) this.#beyond(claim);
    return {
      hub: toHex(log.hub),
      rootHash: toHex(log.rootHash),
      generation: log.generation,
      size: this.#size,
      root: toHex(await this.#root()),
      checkpoints: this.#checkpoints,
      ...this.#history.counts(),
      faults: this.#faults.result(),
      notices: this.#notices.result(),
    };
  }

  async #begin(record: LogRecord & { t: "log" }): Promise<void> {
    if (this.#log !== null) throw new TomoshibiError("audit-file-bad", { field: "log" });
    this.#log = record;
    const keys = await openKeys(record.keys, record.rootHash);
    if (!equalBytes(keys.hub, record.hub)) throw new TomoshibiError("audit-file-bad", { field: "hub" });
    this.#keys = keys;
  }

  /** Once it is known what generations there were. */
  async #claimWitnessed(): Promise<void> {
    const notes = this.#witnessed;
    this.#witnessed = [];
    const keys = this.#keys;
    if (keys !== null) for (const note of notes) await this.#claimNote(note, "checkpoint-mismatch", "", keys);
  }

  async #addMark(what: "generation" | "backup", signed: Bytes, keys: HubKeys): Promise<void> {
    const mark = await openMark(what, signed, keys).catch(() => null);
    if (mark === null) return this.#faults.add(what === "generation" ? "generation-bad" : "backup-mismatch");
    if (what === "generation") {
      if (mark.generation !== this.#starts.length + 2) this.#faults.add("generation-bad", { seq: mark.generation });
      this.#starts = [...this.#starts, mark];
      this.#claim({ ...mark, kind: "generation-bad", device: "" });
    } else if (this.#counts(mark)) this.#claim({ ...mark, kind: "backup-mismatch", device: "" });
  }

  /** Two checkpoints of the hub's own key, brought by a device: whichever is not of this log shows that the key signed another. */
  async #addEvidence({ device, seen, shown }: LogRecord & { t: "evidence" }, keys: HubKeys): Promise<void> {
    const name = toBase64Url(device);
    if (seen !== "") await this.#claimNote(seen, "split-view", name, keys);
    const receipt = await openReceipt(shown, keys, device).catch(() => null);
    if (receipt !== null) await this.#claimNote(receipt.log.checkpoint, "split-view", name, keys);
    this.#notices.add("device-saw-less", { device: name });
  }

  async #claimNote(note: string, kind: FaultKind, device: string, keys: HubKeys): Promise<void> {
    const checkpoint = await openCheckpoint(note, keys.hub, keys.keys.checkpoint).catch(() => null);
    if (checkpoint === null) this.#faults.add("checkpoint-bad", { device });
    else if (this.#counts(checkpoint)) this.#claim({ ...checkpoint, kind, device });
  }

  /** What an older generation had beyond the backup that the next began from is not in this log, by the root key's word. */
  #counts({ generation, size }: Pick<Checkpoint, "generation" | "size">): boolean {
    return this.#starts.every((start) => start.generation <= generation || size <= start.size);
  }

  #claim(claim: Claim): void {
    if (claim.size < this.#size) throw new TomoshibiError("audit-file-bad", { field: "order" });
    this.#claims.set(claim.size, [...(this.#claims.get(claim.size) ?? []), claim]);
  }

  async #addLeaf({ kind, received, entry }: LogRecord & { t: "leaf" }): Promise<void> {
    const placed: PlacedLeaf = { index: this.#size, kind, received, entry };
    await this.#grow(await leafHash(encodeLeaf({ kind, received, entry }), nodeSha256));
    await this.#history.add(placed);
  }

  async #grow(leaf: Bytes): Promise<void> {
    await this.#settle();
    const read = async () => this.#peaks.map(({ hash }) => hash);
    const nodes = await grow(this.#size, [leaf], read, nodeSha256);
    this.#peaks = [...this.#peaks.slice(0, this.#peaks.length - (nodes.length - 1)), nodes.at(-1) as TreeNode];
    await this.#options.onNodes?.(nodes);
    this.#size += 1;
    if (this.#size % 1000 === 0) this.#options.onProgress?.(this.#size, this.#log?.size ?? 0);
  }

  async #addCheckpoint(note: string, keys: HubKeys): Promise<void> {
    this.#checkpoints += 1;
    const checkpoint = await openCheckpoint(note, keys.hub, keys.keys.checkpoint).catch(() => null);
    if (checkpoint === null) return this.#faults.add("checkpoint-bad");
    if (!this.#counts(checkpoint)) return;
    if (checkpoint.size !== this.#size) return this.#beyond({ ...checkpoint, kind: "checkpoint-mismatch", device: "" });
    if (!equalBytes(checkpoint.root, await this.#root())) this.#faults.add("checkpoint-mismatch", { leaf: checkpoint.size });
  }

  /** Judges what was said of a tree of exactly this size. */
  async #settle(): Promise<void> {
    await this.#claimWitnessed();
    const claims = this.#claims.get(this.#size);
    if (claims === undefined) return;
    this.#claims.delete(this.#size);
    const root = await this.#root();
    for (const { kind, device, root: said } of claims) if (!equalBytes(root, said)) this.#faults.add(kind, { leaf: this.#size, device });
  }

  #beyond({ size, device, kind }: Claim): void {
    this.#faults.add(size > this.#size ? "log-shrunk" : kind, { leaf: size, device });
  }

  async #root(): Promise<Bytes> {
    if (this.#size === 0) return await sha256(new Uint8Array(0));
    return await foldPeaks(
      this.#peaks.map(({ hash }) => hash),
      nodeSha256,
    );
  }
}
