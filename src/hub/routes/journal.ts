import type { Hono } from "hono";
import type { Bytes } from "../../shared/bytes.ts";
import { sha256 } from "../../shared/crypto/hash.ts";
import { importVerifyKey } from "../../shared/crypto/sign.ts";
import { journalBatch, journalPath, parseRequest } from "../../shared/protocol/journal.ts";
import type { LogSeen } from "../../shared/protocol/log.ts";
import { signReceipt } from "../../shared/protocol/receipt.ts";
import { settleNotes } from "../notes/take.ts";
import { staffVerifyKeys } from "../people/staff.ts";
import { noteWipe } from "../people/wipe.ts";
import { type Accepted, acceptJournal } from "../review/accept.ts";
import { logAnswer, takeSeen } from "../review/log.ts";
import { coseAnswer } from "./bytes.ts";
import type { HubDeps } from "./deps.ts";
import { type ProvenDevice, provenDevice } from "./device.ts";
import { rateLimit } from "./limit.ts";

/** Forty thousand entries at once, then one batch at each sync: an outage fits, whoever took a locked key from a disk does not fill the hub's. */
const batchesAtOnce = 200;
const batchEveryMs = 30_000;
/** A device with nothing to send looks how the log stands at every sync; that must not eat up what its batches need. */
const looksAtOnce = 60;
const lookEveryMs = 5_000;

/** Takes in the body of a journal request of this device; gives the signed receipt. */
export type JournalDesk = (proven: ProvenDevice, journal: Bytes) => Promise<Bytes>;

/** Batches of one device are worked off one after another, whichever way they come. The receipt is signed after everything is on disk. */
export function journalDesk(deps: HubDeps): JournalDesk {
  const inTurn = turns();
  const batches = rateLimit(deps.clock, batchesAtOnce, batchEveryMs);
  const looks = rateLimit(deps.clock, looksAtOnce, lookEveryMs);
  return async (proven, journal) => {
    const { entries, seen } = parseRequest(journal);
    (entries.length > 0 ? batches : looks).take(proven.row.id);
    return await inTurn(proven.row.id, async () => {
      await takeSeen(deps, proven.row.id, seen);
      const accepted = await acceptJournal({ ...deps, audit: deps.keys.audit }, proven.row.id, await keysOf(deps, proven), entries);
      if (accepted.refused.length > 0) deps.log.warn({ device: proven.row.id, refused: accepted.refused }, "journal entries refused");
      await noteWipe(deps, proven.row);
      await settleNotes(deps, proven.row);
      return await receiptFor(deps, proven, journal, accepted, seen);
    });
  };
}

/** POST /api/journal. A revoked device's journal is still taken in: it is evidence. */
export function journalRoutes(app: Hono, deps: HubDeps, takeIn: JournalDesk): void {
  app.post(journalPath, async (context) => {
    const proven = await provenDevice(context, deps, ["approved", "revoked"], journalBatch.body);
    return coseAnswer(await takeIn(proven, proven.body));
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

async function receiptFor(deps: HubDeps, { id }: ProvenDevice, journal: Bytes, { head, refused }: Accepted, seen: LogSeen) {
  const { chain, seq, hash } = head ?? { chain: new Uint8Array(16), seq: 0, hash: new Uint8Array(32) };
  const log = await logAnswer(deps, head, seen);
  const batch = await sha256(journal);
  const receipt = { hub: deps.keys.hub, device: id, chain, seq, hash, at: deps.clock.now(), alerts: refused, batch, log };
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
