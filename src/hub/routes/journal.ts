import type { Hono } from "hono";
import { importVerifyKey } from "../../shared/crypto/sign.ts";
import { journalBatch, journalPath, parseRequest } from "../../shared/protocol/journal.ts";
import { signReceipt } from "../../shared/protocol/receipt.ts";
import { staffVerifyKeys } from "../people/staff.ts";
import { type Accepted, acceptJournal } from "../review/accept.ts";
import { coseAnswer } from "./bytes.ts";
import type { HubDeps } from "./deps.ts";
import { type ProvenDevice, provenDevice } from "./device.ts";
import { rateLimit } from "./limit.ts";

/** Forty thousand entries at once, then one batch at each sync: an outage fits, whoever took a locked key from a disk does not fill the hub's. */
const batchesAtOnce = 200;
const batchEveryMs = 30_000;

/**
 * POST /api/journal. A revoked device's journal is still taken in: it is evidence. Batches of one device are worked off one after another.
 * The receipt is signed after everything is on disk.
 */
export function journalRoutes(app: Hono, deps: HubDeps): void {
  const inTurn = turns();
  const batches = rateLimit(deps.clock, batchesAtOnce, batchEveryMs);
  app.post(journalPath, async (context) => {
    const proven = await provenDevice(context, deps, ["approved", "revoked"], journalBatch.bytes);
    batches.take(proven.row.id);
    const batch = parseRequest(proven.body);
    return await inTurn(proven.row.id, async () => {
      const accepted = await acceptJournal({ ...deps, audit: deps.keys.audit }, proven.row.id, await keysOf(deps, proven), batch);
      if (accepted.refused.length > 0) deps.log.warn({ device: proven.row.id, refused: accepted.refused }, "journal entries refused");
      return coseAnswer(await receiptFor(deps, proven, accepted));
    });
  });
}

async function keysOf(deps: HubDeps, { row, id }: ProvenDevice) {
  const staff = await staffVerifyKeys(deps.db, row);
  return {
    device: id,
    open: await importVerifyKey(new Uint8Array(row.open)),
    locked: await importVerifyKey(new Uint8Array(row.locked)),
    staffKeys: (member: string) => staff.get(member) ?? [],
  };
}

async function receiptFor(deps: HubDeps, { id }: ProvenDevice, { head, refused }: Accepted) {
  const { chain, seq, hash } = head ?? { chain: new Uint8Array(16), seq: 0, hash: new Uint8Array(32) };
  const receipt = { hub: deps.keys.hub, device: id, chain, seq, hash, at: deps.clock.now(), alerts: refused };
  return await signReceipt(receipt, deps.keys.signers.checkpoint);
}

/** Runs what belongs to one key one after another. */
function turns(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = last.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    const settled = mine.catch(() => undefined);
    last.set(key, settled);
    try {
      return await mine;
    } finally {
      if (last.get(key) === settled) last.delete(key);
    }
  };
}
