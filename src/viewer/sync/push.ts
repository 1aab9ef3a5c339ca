/** What goes up: the outbox in bounded batches. An entry leaves it by a verified receipt alone; sending one twice is harmless. */
import { type Bytes, toBase64Url } from "../../shared/bytes.ts";
import { type ErrorCode, TomoshibiError } from "../../shared/error.ts";
import { encodeRequest, journalBatch, journalPath } from "../../shared/protocol/journal.ts";
import type { HubKeys } from "../../shared/protocol/keys.ts";
import { openReceipt, type Receipt } from "../../shared/protocol/receipt.ts";
import type { RequestSigner } from "../../shared/protocol/request.ts";
import type { JournalDb } from "../journal/db.ts";
import { acknowledge, type Batch, leaveChain, nextBatch } from "../journal/outbox.ts";
import { stored } from "../vault/failure.ts";
import type { HubClient } from "./client.ts";

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
 * Sends until the outbox is empty. Errors: the client's, the receipt's, and "journal-…" when the hub alerts: then the chain is left, the
 * next entry starts a new one, what was written stays on disk, and what was not sent yet follows at the next push as evidence.
 */
export async function push(deps: PushDeps): Promise<void> {
  let backedUp = false;
  for (;;) {
    const batch = await stored(() => nextBatch(deps.journal, journalBatch));
    if (!batch) return;
    const body = encodeRequest(batch.entries);
    const answer = await deps.client.askSigned(
      { path: journalPath, method: "POST", body, limit: 256 * 1024, signal: deps.signal },
      deps.signer,
    );
    const receipt = await openReceipt(answer, deps.hubKeys, deps.device);
    if (batch.left) {
      await stored(() => leaveChain(deps.journal, batch.chain, batch.last));
      continue;
    }
    await refuseAlerts(deps, batch, receipt);
    if (toBase64Url(receipt.chain) !== batch.chain) throw new TomoshibiError("hub-answer-bad", { field: "chain" });
    await stored(() => acknowledge(deps.journal, batch.chain, receipt.seq, receipt.hash));
    await deps.onReceipt(receipt);
    if (receipt.seq >= batch.last) continue;
    // A hub restored from backup asks for older ones once; a hub that never moves on would have us send for ever.
    if (backedUp) throw new TomoshibiError("hub-answer-bad", { field: "seq" });
    backedUp = true;
  }
}

/** A gap alone is the hub's to fill, by its receipt; everything else ends this chain. */
async function refuseAlerts(deps: PushDeps, { chain, last }: Batch, receipt: Receipt): Promise<void> {
  const alert = receipt.alerts.find(({ kind }) => kind !== "gap");
  if (!alert) return;
  await stored(() => leaveChain(deps.journal, chain, last));
  throw new TomoshibiError(alertCodes[alert.kind], { seq: alert.seq });
}
