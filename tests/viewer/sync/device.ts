/** The sync room alone: a device that the hub knows, its vault and journal, and no member (no passphrase to derive). */
import "fake-indexeddb/auto";
import { getResponse } from "msw";
import { emptyBody } from "../../../src/shared/audit/body.ts";
import { makeDeviceKeys } from "../../../src/shared/crypto/device.ts";
import { keyId } from "../../../src/shared/crypto/sign.ts";
import { randomBytes } from "../../../src/shared/crypto/wrap.ts";
import { codeOf, type ErrorCode } from "../../../src/shared/error.ts";
import { rootHash } from "../../../src/shared/protocol/keys.ts";
import type { WipeOrder } from "../../../src/shared/protocol/orders.ts";
import { appendEntry, journalLock } from "../../../src/viewer/journal/append.ts";
import { JournalDb } from "../../../src/viewer/journal/db.ts";
import { makeClient } from "../../../src/viewer/sync/client.ts";
import type { Progress } from "../../../src/viewer/sync/fill.ts";
import type { SyncState } from "../../../src/viewer/sync/machine.ts";
import { makeSync } from "../../../src/viewer/sync/run.ts";
import { loadTrust } from "../../../src/viewer/sync/trust.ts";
import { VaultDb } from "../../../src/viewer/vault/db.ts";
import { type Fault, hubHandlers, origin } from "../../msw/handlers.ts";
import type { TestHub } from "../../msw/hub.ts";

const exclusive = journalLock(undefined);

export interface SyncDevice {
  readonly vault: VaultDb;
  readonly journal: JournalDb;
  readonly id: Uint8Array<ArrayBuffer>;
  readonly locked: CryptoKeyPair;
  readonly open: CryptoKeyPair;
  faults: readonly Fault[];
  /** Longest silence of the hub, ms. */
  silenceMs: number;
  /** ms added to the device's clock. */
  skew: number;
  readonly states: SyncState[];
  /** Orders to wipe that were found good. */
  readonly wipes: (WipeOrder | null)[];
  readonly progress: (Progress | null)[];
  /** One sync of a page that has just started; "idle" or the code it stopped with. */
  sync(): Promise<ErrorCode | "fine">;
  stop(): void;
  /** Sequence of the current manifest, and whether every file it names is in the vault. */
  holds(): Promise<{ readonly seq: number; readonly packs: number; readonly whole: boolean }>;
}

export async function syncDevice(hub: TestHub): Promise<SyncDevice> {
  const name = crypto.randomUUID();
  const vault = new VaultDb(`vault-${name}`);
  const journal = new JournalDb(`journal-${name}`);
  const keys = await makeDeviceKeys();
  const id = randomBytes(16);
  hub.device = { id, ...keys.publics, approved: true };
  await vault.signed.put({ what: "keys", bytes: hub.keysBytes });
  const signer = { device: id, key: keys.locked.privateKey, kid: await keyId(keys.publics.locked) };
  const root = { device: id, rootHash: await rootHash(hub.hubKeys.root) };
  let running: ReturnType<typeof makeSync> | null = null;

  const device: SyncDevice = {
    vault,
    journal,
    id,
    locked: keys.locked,
    open: keys.open,
    faults: [],
    silenceMs: 30_000,
    skew: 0,
    states: [],
    wipes: [],
    progress: [],
    async sync() {
      let trust = await loadTrust(vault, root);
      const clock = { now: () => Date.now() + device.skew, monotonic: () => performance.now() };
      const client = makeClient({
        fetch: (request) => answered(request, () => hubHandlers(hub, device.faults)),
        origin,
        clock,
        randomBytes,
        silenceMs: device.silenceMs,
      });
      running = makeSync({
        client,
        db: vault,
        journal,
        device: () => id,
        trust: () => trust,
        onTrust: async (next) => {
          trust = next;
        },
        onLease: async () => undefined,
        siteNotes: () => null,
        wiping: () => false,
        onWipe: async (order) => {
          device.wipes.push(order?.order ?? null);
        },
        onHome: async () => undefined,
        onContact: async () => undefined,
        onSignedTime: async () => undefined,
        onProgress: (progress) => device.progress.push(progress),
        onState: (state) => device.states.push(state),
      });
      return running.run(signer).then(() => "fine" as const, codeOf);
    },
    stop: () => running?.stop(),
    async holds() {
      const { manifest } = await loadTrust(vault, root);
      const names =
        manifest?.bundles.flatMap(({ packs, lengths }) =>
          lengths.map((_, i) => Buffer.from(packs.subarray(32 * i, 32 * i + 32)).toString("base64url")),
        ) ?? [];
      const packs = await vault.packs.bulkGet(names);
      const shards = await vault.shards.bulkGet((manifest?.shards ?? []).map((shard) => Buffer.from(shard.name).toString("base64url")));
      return { seq: manifest?.seq ?? 0, packs: await vault.packs.count(), whole: [...packs, ...shards].every((row) => row !== undefined) };
    },
  };
  return device;
}

async function answered(request: Request, handlers: () => ReturnType<typeof hubHandlers>): Promise<Response> {
  const aborted = new Promise<never>((_, reject) =>
    request.signal.addEventListener("abort", () => reject(request.signal.reason), { once: true }),
  );
  const response = await Promise.race([getResponse(handlers(), request), aborted]);
  if (!response || response.type === "error") throw new TypeError("fetch failed");
  return response;
}

/** So many entries of a locked device, one after another. */
export async function writeEntries(hub: TestHub, device: SyncDevice, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    await appendEntry(
      { db: device.journal, exclusive, randomBytes },
      {
        device: device.id,
        kind: "unlock-failed",
        body: emptyBody,
        at: 1,
        trusted: 1,
        auditKey: hub.hubKeys.keys.audit,
        signer: { which: "locked", key: device.locked.privateKey },
        staff: null,
      },
    );
  }
}
