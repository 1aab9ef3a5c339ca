/** What goes up: the outbox in bounded batches. An entry leaves it by a verified receipt alone; sending one twice is harmless. */
import { type Bytes, equalBytes, toBase64Url } from "../../shared/bytes.ts";
import { sha256 } from "../../shared/crypto/hash.ts";
import { type ErrorCode, TomoshibiError } from "../../shared/error.ts";
import { encodeRequest, journalBatch, journalPath } from "../../shared/protocol/journal.ts";
import type { HubKeys } from "../../shared/protocol/keys.ts";
import { RECEIPT_MOST } from "../../shared/protocol/log.ts";
import { openReceipt, type Receipt } from "../../shared/protocol/receipt.ts";
import type { RequestSigner } from "../../shared/protocol/request.ts";
import type { JournalDb } from "../journal/db.ts";
import { acknowledge, type Batch, entryOf, leaveChain, nextBatch } from "../journal/outbox.ts";
import { stored } from "../vault/failure.ts";
import type { HubClient } from "./client.ts";
import { checkLog, type Saw, whatWeSaw } from "./witness.ts";

export interface PushDeps {
  readonly client: HubClient;
  readonly journal: JournalDb;
  readonly hubKeys: HubKeys;
  readonly device: Bytes;
  readonly signer: RequestSigner;
  readonly signal: AbortSignal;
  /** The hub's signed time, after each receipt. */
  readonly onReceipt: (receipt: Receipt) => Promise<void>;
}

const alertCodes: Record<Receipt["alerts"][number]["kind"], ErrorCode> = {
  malformed: "journal-malformed",
  "bad-signature": "journal-signature-bad",
  "key-not-allowed": "journal-key-not-allowed",
  "other-device": "journal-signature-bad",
  gap: "journal-gap",
  fork: "journal-fork",
  rewind: "journal-chain-broken",
};

/**
 * Sends until the outbox is empty; with an empty one it still looks once how the hub's log stands. Errors: the client's, the receipt's, "log-…"
 * when the hub's log does not hold (witness.ts), and "journal-…" when the hub alerts: then the chain is left, the next entry starts a new one,
 * what was written stays on disk, and what was not sent yet follows at the next push as evidence.
 */
export async function push(deps: PushDeps): Promise<void> {
  let backedUp = false;
  for (let round = 0; ; round++) {
    const batch = await stored(() => nextBatch(deps.journal, journalBatch));
    const saw = await stored(() => whatWeSaw(deps));
    if (!batch && (round > 0 || saw.seen.checkpoint === null)) return;
    const { receipt, shown } = await ask(deps, batch?.entries ?? [], saw);
    if (!batch || batch.left) {
      const { again } = await stored(() => checkLog(deps, saw, receipt, shown, null));
      if (batch && !again) await stored(() => leaveChain(deps.journal, batch.chain, batch.last));
      continue;
    }
    await refuseAlerts(deps, batch, receipt);
    if (toBase64Url(receipt.chain) !== batch.chain) throw new TomoshibiError("hub-answer-bad", { field: "chain" });
    const entry = receipt.seq === 0 ? null : await stored(() => entryOf(deps.journal, batch.chain, receipt.seq, receipt.hash));
    const { proven, again } = await stored(() => checkLog(deps, saw, receipt, shown, entry));
    if (again) continue;
    await stored(() => acknowledge(deps.journal, batch.chain, receipt.seq, proven));
    await deps.onReceipt(receipt);
    if (receipt.seq >= batch.last) continue;
    // A hub restored from backup asks for older ones once; a hub that never moves on would have us send for ever.
    if (backedUp) throw new TomoshibiError("hub-answer-bad", { field: "seq" });
    backedUp = true;
  }
}

/** The receipt for this very batch, and its bytes. */
async function ask(deps: PushDeps, entries: readonly Bytes[], saw: Saw): Promise<{ readonly receipt: Receipt; readonly shown: Bytes }> {
  const body = encodeRequest(entries, saw.seen);
  const { client, signer, signal } = deps;
  const shown = await client.askSigned({ path: journalPath, method: "POST", body, limit: RECEIPT_MOST, signal }, signer);
  const receipt = await openReceipt(shown, deps.hubKeys, deps.device);
  if (!equalBytes(receipt.batch, await sha256(body))) throw new TomoshibiError("hub-answer-bad", { field: "batch" });
  return { receipt, shown };
}

/** A gap alone is the hub's to fill, by its receipt; everything else ends this chain. */
async function refuseAlerts(deps: PushDeps, { chain, last }: Batch, receipt: Receipt): Promise<void> {
  const alert = receipt.alerts.find(({ kind }) => kind !== "gap");
  if (!alert) return;
  await stored(() => leaveChain(deps.journal, chain, last));
  throw new TomoshibiError(alertCodes[alert.kind], { seq: alert.seq });
}
