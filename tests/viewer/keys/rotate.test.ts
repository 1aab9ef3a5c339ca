import { afterEach, expect, test } from "vitest";
import type { VaultDb } from "../../../src/viewer/vault/db.ts";
import { ending, passphrase } from "../core/device.ts";
import { dieAfter } from "../core/quick.ts";
import { countEntries, journalOf, type KeyWard, keyWard, passkey } from "./ward.ts";

let undo: () => number = () => 0;
afterEach(() => {
  undo();
});

/** All that VK and who has it is made of. */
async function vaultOf(db: VaultDb): Promise<string> {
  const rows = [await db.wrapped.toArray(), await db.members.toArray(), await db.slots.toArray()];
  return JSON.stringify(rows, (_, value: unknown) => (value instanceof Uint8Array ? [...value].join() : value));
}

async function removed(id: string): Promise<KeyWard> {
  const ward = await keyWard();
  await ward.core.lock();
  await ward.core.sync();
  ward.hub.members = ward.hub.members.filter((member) => member.id !== id);
  await ward.core.sync();
  return ward;
}

test("a member whom the operator removed loses VK at the next unlock of another: an entry, no slot, no row, and all that is cached still opens", async () => {
  const ward = await removed("dr1");
  const { core, device } = ward;
  const db = device.vault();
  const old = await db.members.get("dr1");
  const before = await countEntries(device);
  await core.unlock("dr2", passkey);
  expect((await journalOf(ward, before)).map(({ kind, body }) => [kind, body.what])).toEqual([
    ["members", expect.stringMatching(/^gone dr1 dr1\/passkey/)],
    ["unlock", ""],
  ]);
  expect((await db.members.toArray()).map(({ staff }) => staff)).toEqual(["dr2"]);
  expect((await db.slots.toArray()).map(({ staff }) => staff)).toEqual(["dr2"]);
  expect(old).toBeDefined();
  const [hit] = core.search("みほん");
  if (!hit) throw new Error("nobody found");
  await core.openStrip(await core.breakGlass(hit, "unconscious"));
  await core.lock();
  const next = await device.start();
  await next.unlock("dr2", passkey);
  expect(next.search("みほん").length).toBe(3);
});

test("what stands on the disk after a removal opens nothing to the one removed, put back or not; an older copy still does, as the documents say", async () => {
  const ward = await removed("dr1");
  const { core, device } = ward;
  const db = device.vault();
  const copy = {
    slot: (await db.slots.toArray()).find(({ staff }) => staff === "dr1"),
    row: await db.members.get("dr1"),
    vault: await db.wrapped.get("device"),
  };
  await core.unlock("dr2", passkey);
  await core.lock();
  if (!copy.slot || !copy.row || !copy.vault) throw new Error("nothing copied");
  // Into the present vault: the roster does not name the key, so nobody is asked for a credential.
  await db.slots.put(copy.slot);
  await db.members.put(copy.row);
  expect((await device.start()).members().map(({ id }) => id)).toEqual(["dr2"]);
  expect(await ending((await device.start()).unlock("dr1", passkey))).toBe("staff-unknown");
  expect((await db.wrapped.get("device"))?.bytes).not.toEqual(copy.vault.bytes);
});

test("killed between any two writes of a rotation, the vault is the old one whole or the new one whole, and the next unlock ends it", async () => {
  const ward = await removed("dr1");
  const { device } = ward;
  const db = device.vault();
  await ward.core.lock();
  const seen = new Set<string>();
  let writes = 0;
  for (let at = 0; at <= writes; at++) {
    const old = await vaultOf(db);
    const tablet = await device.start();
    undo = dieAfter(at);
    await ending(tablet.unlock("dr2", passkey));
    const made = undo();
    undo = () => 0;
    const now = await vaultOf(db);
    seen.add(now === old ? "old" : "new");
    const again = await device.start();
    await again.unlock("dr2", passkey);
    expect(again.search("みほん").length).toBe(3);
    expect((await db.members.toArray()).map(({ staff }) => staff)).toEqual(["dr2"]);
    await again.lock();
    writes = Math.max(writes, Math.min(made, 30));
    if (at === writes) break;
    // The removed member's rows come back, so that each round has a rotation to do.
    await db.members.put({ staff: "dr1", vk: new Uint8Array(200) });
  }
  expect([...seen].sort()).toEqual(["new", "old"]);
});

test("a full disk keeps nobody from care: the unlock succeeds, says that VK did not change, and the next one changes it", async () => {
  const { core, device } = await removed("dr1");
  const db = device.vault();
  const bulkPut = IDBObjectStore.prototype.clear;
  IDBObjectStore.prototype.clear = () => {
    throw new DOMException("no space", "QuotaExceededError");
  };
  try {
    await core.unlock("dr2", passkey);
  } finally {
    IDBObjectStore.prototype.clear = bulkPut;
  }
  expect([core.keyHealth().rotation, core.search("みほん").length]).toEqual(["storage-full", 3]);
  expect(await db.members.get("dr1")).toBeDefined();
  await core.lock();
  await core.unlock("dr2", passkey);
  expect([core.keyHealth().rotation, await db.members.get("dr1")]).toEqual([null, undefined]);
});

test("another page that is still unlocked under the old VK puts nothing into the vault that nobody can open", async () => {
  const ward = await keyWard();
  const { hub, device, core } = ward;
  const other = await device.start();
  await other.sync();
  hub.members = hub.members.filter(({ id }) => id !== "dr1");
  await other.sync();
  await other.unlock("dr2", passkey);
  await hub.publish({ people: 5, epoch: 2 });
  await core.sync();
  expect(core.search("みほん").length).toBe(5);
  const next = await device.start();
  await next.unlock("dr2", passkey);
  expect(next.search("みほん").length).toBe(5);
});

test("a member whose registration the hub took, while its answer got lost, is not taken for a removed one", async () => {
  const { core, device, hub } = await keyWard();
  device.faults = [(path, honest) => (path === "/api/staff" ? honest().then(() => Response.error()) : null)];
  expect(await ending(core.addMember("clerk1", hub.staffCode, passphrase))).toBe("hub-unreachable");
  device.faults = [];
  await core.lock();
  await core.unlock("dr1", passkey);
  await core.sync();
  expect(
    core
      .members()
      .map(({ id }) => id)
      .sort(),
  ).toEqual(["clerk1", "dr1", "dr2"]);
  await core.lock();
  await core.unlock("clerk1", passphrase);
  expect(core.status().staff?.id).toBe("clerk1");
});

test("VK of one device is no VK of another", async () => {
  const [here, there] = [await keyWard(), await keyWard()];
  const row = await here.device.vault().members.get("dr2");
  if (!row) throw new Error("no row");
  await there.device.vault().members.put(row);
  await there.core.lock();
  expect(await ending(there.core.unlock("dr2", passkey))).toBe("vault-damaged");
});
