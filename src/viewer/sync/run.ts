/** One sync: the machine's states in order, each with its work. A second call while one runs joins it. */
import { type Bytes, equalBytes } from "../../shared/bytes.ts";
import { codeOf, type ErrorCode, TomoshibiError } from "../../shared/error.ts";
import type { Ping } from "../../shared/protocol/ping.ts";
import type { RequestSigner } from "../../shared/protocol/request.ts";
import type { JournalDb } from "../journal/db.ts";
import type { VaultDb } from "../vault/db.ts";
import type { HubClient } from "./client.ts";
import { fill, type Progress } from "./fill.ts";
import { running, type SyncEvent, type SyncState, step } from "./machine.ts";
import { type NotesDeps, type SiteNotes, sendNotes, takeNotes } from "./notes.ts";
import { askOrders, type GoodWipe } from "./orders.ts";
import { certify, listNew, type PullDeps } from "./pull.ts";
import { push } from "./push.ts";
import { reach } from "./reach.ts";
import type { Trust } from "./trust.ts";

export interface SyncDeps {
  readonly client: HubClient;
  readonly db: VaultDb;
  readonly journal: JournalDb;
  readonly device: () => Bytes;
  readonly trust: () => Trust;
  /** Lease, policy, roster or manifest became newer; refill: the searchable population changed. */
  readonly onTrust: (trust: Trust, refill: boolean) => Promise<void>;
  readonly onLease: PullDeps["onLease"];
  /** A wipe is under way on the disk: nothing is asked of the hub but to take the outbox. */
  readonly wiping: () => boolean;
  /** Follows the order, or goes on with the one on the disk, until nothing that opens anything is left. */
  readonly onWipe: (order: GoodWipe | null) => Promise<void>;
  /** The outbox of a wiped device is home. */
  readonly onHome: () => Promise<void>;
  readonly onContact: (ping: Ping) => Promise<void>;
  /** fresh: from a lease newer than any before. */
  readonly onSignedTime: (at: number, fresh: boolean) => Promise<void>;
  /** Where the site's notes go; null: nobody is unlocked, so none are asked for. */
  readonly siteNotes: (signer: RequestSigner) => SiteNotes | null;
  readonly onProgress: (progress: Progress | null) => void;
  readonly onState: (state: SyncState, error: ErrorCode | null) => void;
}

export interface Sync {
  /** Resolves when the run has ended well; rejects with what stopped it. */
  run(signer: RequestSigner): Promise<void>;
  /** Ends a run under way at its next step: "pull-interrupted". */
  stop(): void;
}

export function makeSync(deps: SyncDeps): Sync {
  let state: SyncState = "idle";
  let current: Promise<void> | null = null;
  let abort = new AbortController();

  const go = async (signer: RequestSigner): Promise<void> => {
    let fault: unknown = null;
    const move = (event: SyncEvent) => {
      state = step(state, event);
      deps.onState(state, fault === null ? null : codeOf(fault));
    };
    const work = makeWork(deps, signer, abort.signal);
    move("start");
    while (running(state)) {
      try {
        move(await work(state));
      } catch (error) {
        fault ??= error;
        move(isUnreached(error) ? "unreached" : "failed");
      }
    }
    deps.onProgress(null);
    if (fault !== null) throw fault;
  };

  return {
    run(signer) {
      current ??= go(signer).finally(() => {
        current = null;
        abort = new AbortController();
      });
      return current;
    },
    stop: () => abort.abort(),
  };
}

/** What each running state does, and the event that follows from it. */
function makeWork(deps: SyncDeps, signer: RequestSigner, signal: AbortSignal): (state: SyncState) => Promise<SyncEvent> {
  const { client, db } = deps;
  const pull: PullDeps = { client, db, device: deps.device(), signer, signal, onLease: deps.onLease };
  const notes = (): NotesDeps => ({ client, journal: deps.journal, hubKeys: deps.trust().hubKeys, device: deps.device(), signer, signal });
  let found: Awaited<ReturnType<typeof listNew>> = null;
  let wipe: GoodWipe | null = null;
  /** Why the hub's orders are asked a second time. */
  let refused: unknown = null;

  return async (state) => {
    switch (state) {
      case "reaching": {
        const ping = await reach(client, signal);
        if (!equalBytes(ping.hub, deps.trust().hubKeys.hub)) throw new TomoshibiError("manifest-other-region", { field: "hub" });
        await deps.onContact(ping);
        return "reached";
      }
      case "ordering": {
        if (deps.wiping()) return "wipe";
        const orders = await askOrders(pull, deps.trust());
        wipe = orders.wipe;
        if (wipe !== null) return "wipe";
        if (refused !== null) throw refused;
        if (orders.trust !== deps.trust()) await deps.onTrust(orders.trust, false);
        return "unordered";
      }
      case "wiping":
        await deps.onWipe(wipe);
        return "erased";
      case "certifying": {
        const before = deps.trust().lease?.seq ?? -1;
        const trust = await certify(pull, deps.trust()).catch((error: unknown) => {
          if (refused !== null || codeOf(error) !== "device-revoked") throw error;
          refused = error;
          return null;
        });
        // Revoked between two questions: the order is there now.
        if (trust === null) return "revoked";
        await deps.onTrust(trust, false);
        if (trust.lease) await deps.onSignedTime(trust.lease.at, trust.lease.seq > before);
        return "certified";
      }
      case "listing":
        found = await listNew(pull, deps.trust());
        return found ? "listed" : "unchanged";
      case "filling": {
        if (!found) return "filled";
        await fill({ client, db, signer, signal, onProgress: deps.onProgress }, found);
        await deps.onTrust({ ...deps.trust(), manifest: found.manifest }, true);
        return "filled";
      }
      case "pushing":
      case "pushingLast":
      case "pushingAfterFault":
        await push({ ...pull, journal: deps.journal, hubKeys: deps.trust().hubKeys, onReceipt: ({ at }) => deps.onSignedTime(at, false) });
        return "pushed";
      case "sendingNotes":
      case "sendingNotesLast":
      case "sendingNotesAfterFault":
        await sendNotes(notes());
        if (state === "sendingNotesLast") await deps.onHome();
        return "sent";
      case "takingNotes": {
        const site = deps.siteNotes(signer);
        if (site) await takeNotes(notes(), site);
        return "taken";
      }
      case "idle":
      case "offline":
      case "stopped":
        return "start";
    }
  };
}

function isUnreached(error: unknown): boolean {
  const code = codeOf(error);
  return code === "hub-unreachable" || code === "hub-slow";
}
