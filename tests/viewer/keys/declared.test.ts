/** Disasters declared on the device, at the seams: beside a sync, a second page, a disk put back, a signer who left, a spent envelope. */
import { expect, test } from "vitest";
import { ending } from "../core/device.ts";
import { countEntries, declare, hour, journalOf, type KeyWard, keyWard, newEnvelope, passkey } from "./ward.ts";

/** dr2 is unlocked; both may declare together. */
async function ward(): Promise<KeyWard> {
  const made = await keyWard();
  made.hub.members = made.hub.members.map((member) => ({ ...member, declares: true as const }));
  await made.core.sync();
  return made;
}

const withDr1 = { kind: "member", staffId: "dr1", credential: passkey } as const;

/** The hub holds back its answer for the roster until `go`. */
function stalled({ device }: KeyWard) {
  const { fetch } = device.deps;
  const go: (() => void)[] = [];
  const held = new Promise<void>((resolve) => go.push(resolve));
  const waits = new Promise<void>((arrived) => {
    const fetchLate = async (request: Request) => {
      if (request.url.includes("roster")) {
        arrived();
        await held;
      }
      return fetch(request);
    };
    Object.assign(device.deps, { fetch: fetchLate });
  });
  return { waits, go: () => go[0]?.() };
}

async function syncing(made: KeyWard, work: (core: KeyWard["core"]) => Promise<void>): Promise<KeyWard["core"]> {
  const stall = stalled(made);
  // The client keeps the fetch it was made with.
  const core = await made.device.start();
  await core.unlock("dr2", passkey);
  const run = core.sync();
  await stall.waits;
  await work(core);
  stall.go();
  await run;
  return core;
}

test("a disaster declared while a sync waits for the hub is not lost when the answer comes", async () => {
  const core = await syncing(await ward(), (each) => each.declareDisaster("停電", withDr1));
  expect(core.disaster()).toMatchObject({ words: "停電", by: "here" });
});

test("a disaster ended while a sync waits for the hub does not come back when the answer comes", async () => {
  const made = await ward();
  await made.core.declareDisaster("停電", withDr1);
  const core = await syncing(made, (each) => each.endDisaster());
  expect(core.disaster()).toBeNull();
  expect(await ending(core.openRescue())).toBe("disaster-not-declared");
});

test("a disaster ended on one page opens no roster on another", async () => {
  const made = await ward();
  await made.core.declareDisaster("停電", withDr1);
  const other = await made.device.start();
  await other.unlock("dr1", passkey);
  expect(other.disaster()).toMatchObject({ by: "here" });
  await made.core.endDisaster();
  expect(await ending(other.openRescue())).toBe("disaster-not-declared");
  expect(other.disaster()).toBeNull();
});

test("an ended disaster put back on the disk opens neither the roster nor the envelope", async () => {
  const made = await ward();
  const secret = await newEnvelope(made, "envelope-1");
  await made.core.sync();
  await made.core.lock();
  await made.core.unlock("dr2", passkey);
  await made.core.declareDisaster("停電", withDr1);
  const db = made.device.vault();
  const row = await db.signed.get("declared");
  if (!row) throw new Error("nothing was declared");
  await made.core.endDisaster();
  await db.signed.put(row);
  db.close();
  const again = await made.device.start();
  expect(await ending(again.unlockByEnvelope(secret, "dr2"))).toBe("envelope-closed");
  await again.unlock("dr2", passkey);
  expect(await ending(again.openRescue())).toBe("disaster-not-declared");
});

test("a declaration whose signer left the roster ends with an entry, and leaves no damage behind", async () => {
  const made = await ward();
  await made.core.declareDisaster("停電", withDr1);
  await made.core.sync();
  made.hub.members = made.hub.members.filter(({ id }) => id !== "dr1");
  await made.core.sync();
  const before = await countEntries(made.device);
  await made.tick();
  expect(made.core.disaster()).toBeNull();
  expect((await journalOf(made, before)).map(({ kind, body }) => [kind, body.note])).toContainEqual(["declare-end", "by itself"]);
  const again = await made.device.start();
  expect(again.status().syncError).toBeNull();
});

test("a spent envelope and one member declare nothing", async () => {
  const made = await ward();
  const { core, device, tick } = made;
  const secret = await newEnvelope(made, "envelope-1");
  await declare(made, 1, 1, 48);
  await core.sync();
  await tick();
  expect(await ending(core.declareDisaster("停電", { kind: "envelope", secret }))).toBe("resolved");
  device.skew += 120 * hour;
  await tick();
  expect(core.disaster()).toBeNull();
  expect(await ending(core.declareDisaster("停電", { kind: "envelope", secret }))).toBe("envelope-spent");
  expect(core.disaster()).toBeNull();
});
