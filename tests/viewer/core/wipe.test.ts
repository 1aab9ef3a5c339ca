import { beforeEach, describe, expect, test, vi } from "vitest";
import { openBody } from "../../../src/shared/audit/body.ts";
import { parseEntry } from "../../../src/shared/audit/entry.ts";
import { equalBytes } from "../../../src/shared/bytes.ts";
import { ordersPath, signWipe } from "../../../src/shared/protocol/orders.ts";
import { faults } from "../../msw/handlers.ts";
import { makeTestHub, revoke } from "../../msw/hub.ts";
import { ending } from "./device.ts";
import { dieAfter, enrolAgain, passkey, quickWard, rowsIn, type Ward } from "./quick.ts";

// A ward is enrolled for each test: seconds on a busy machine.
vi.setConfig({ hookTimeout: 60_000 });
let ward: Ward;
beforeEach(async () => {
  ward = await quickWard();
});

const kept = ["device", "facts", "journal.chains", "journal.entries", "journal.log", "journal.proofs", "signed"];
const opening = ["members", "packs", "rings", "shards", "slots", "wrapped"];
const entriesOf = async ({ hub }: Ward) => {
  const entries = await Promise.all(hub.entries.map(parseEntry));
  return Promise.all(
    entries.map(async ({ header, sealedBody, key }) => [header.kind, key, (await openBody(sealedBody, hub.audit, header)).what]),
  );
};
const wipeEntries = async (at: Ward) => (await entriesOf(at)).filter(([kind]) => kind === "wipe");
/** No entry that was ever durable is missing at the hub: each chain from its first entry on without a gap. */
const unbroken = async ({ hub }: Ward) => {
  const entries = await Promise.all(hub.entries.map(parseEntry));
  return entries.every(({ header }, i) => header.seq === (i === 0 || header.seq === 1 ? 1 : (entries[i - 1]?.header.seq ?? 0) + 1));
};

describe("an order to wipe", () => {
  test("works while locked: everything that opens anything goes, the sealed outbox and the locked key stay until the hub has it, then they go too", async () => {
    const { hub, device } = ward;
    await ward.core.lock();
    await revoke(hub);
    const locked = await device.start();
    const before = locked.status().outbox;
    expect(before).toBeGreaterThan(0);
    device.faults = [faults.gone("/api/journal")];
    expect(await ending(locked.sync())).toBe("hub-unreachable");
    expect(locked.status()).toMatchObject({ phase: "wiped", wipe: { step: "waiting", reason: "revoked" }, outbox: before + 2, people: 0 });
    const rows = await rowsIn(device);
    for (const table of opening) expect([table, rows[table]]).toEqual([table, 0]);
    const vault = device.vault();
    expect(await vault.signed.toCollection().primaryKeys()).toEqual(["keys", "wipe"]);
    const [row] = await vault.device.toArray();
    expect([row?.lockedKey.extractable, row?.nursery]).toEqual([false, null]);
    vault.close();

    device.faults = [];
    const next = await device.start();
    expect([next.status().phase, next.members()]).toEqual(["wiped", []]);
    expect(await ending(next.unlock("dr1", passkey))).toBe("staff-unknown");
    await next.sync();
    expect(next.status()).toMatchObject({ phase: "blank", wipe: { step: "done" }, outbox: 0, siteName: "" });
    const after = await rowsIn(device);
    expect(Object.entries(after).filter(([table, count]) => count > 0 && table !== "facts")).toEqual([]);
    expect(await wipeEntries(ward)).toEqual([
      ["wipe", "locked", "ordered"],
      ["wipe", "locked", "done"],
    ]);
    expect(await unbroken(ward)).toBe(true);
    expect((await device.start()).status()).toMatchObject({ phase: "blank", wipe: { step: "done", reason: "revoked" } });
  });

  test("ends an open session first, with the ends of its grants, and opens nothing more on that page", async () => {
    const { hub, core } = ward;
    const [hit] = core.search("試験");
    if (!hit) throw new Error("nobody found");
    const grant = await core.breakGlass(hit, "unconscious");
    await revoke(hub, "renew");
    await core.sync();
    expect(core.status()).toMatchObject({ phase: "blank", staff: null, wipe: { step: "done", reason: "renew" } });
    expect(await ending(core.openStrip(grant))).not.toBe("resolved");
    expect(await ending(Promise.resolve().then(() => core.search("試験")))).toBe("not-unlocked");
    const kinds = (await entriesOf(ward)).map(([kind]) => kind);
    expect(kinds.slice(-5)).toEqual(["open-strip", "grant-end", "lock", "wipe", "wipe"]);
  });

  test("that comes between two questions is found when the hub refuses the device", async () => {
    const { hub, device, core } = ward;
    device.faults = [
      (path, honest) => {
        if (path !== "/api/lease") return null;
        return revoke(hub).then(honest);
      },
    ];
    await core.sync();
    expect(core.status()).toMatchObject({ phase: "blank", wipe: { step: "done" } });
  });

  test("a hub that refuses the device and orders nothing does not make it ask for ever", async () => {
    const { hub, core } = ward;
    if (hub.device) hub.device.revoked = true;
    hub.asked.length = 0;
    expect(await ending(core.sync())).toBe("device-revoked");
    expect(hub.asked.filter((each) => each.endsWith(ordersPath))).toHaveLength(2);
    expect(core.status()).toMatchObject({ phase: "unlocked", wipe: null });
  });

  test("that one page follows empties the other page of this device too, at its next sync", async () => {
    const { hub, device, core } = ward;
    const other = await device.start();
    await other.unlock("dr1", passkey);
    expect(other.search("試験")).not.toEqual([]);
    await revoke(hub);
    await core.sync();
    expect(core.status().phase).toBe("blank");
    hub.asked.length = 0;
    await ending(other.sync());
    expect(other.status()).toMatchObject({ phase: "blank", staff: null, wipe: { step: "done" } });
    expect(await ending(Promise.resolve().then(() => other.search("試験")))).toBe("not-unlocked");
    expect([hub.asked, (await rowsIn(device))["journal.entries"]]).toEqual([[], 0]);
  });

  test("a full disk keeps nothing: what cannot be written is written after the deletion made room", async () => {
    const { hub, device, core } = ward;
    await revoke(hub);
    const { add, put } = IDBObjectStore.prototype;
    let full = true;
    const refusing = (honest: typeof add) =>
      function (this: IDBObjectStore, ...args: Parameters<typeof add>) {
        if (full && !(this.name === "facts" || this.name === "device")) throw new DOMException("no space", "QuotaExceededError");
        return honest.apply(this, args);
      };
    IDBObjectStore.prototype.add = refusing(add);
    IDBObjectStore.prototype.put = refusing(put);
    try {
      await ending(core.sync());
      full = false;
      const rows = await rowsIn(device);
      for (const table of opening) expect([table, rows[table]]).toEqual([table, 0]);
      const next = await device.start();
      await next.sync();
      expect(next.status()).toMatchObject({ phase: "blank", wipe: { step: "done" } });
      expect((await wipeEntries(ward)).map(([, , what]) => what)).toEqual(["done"]);
    } finally {
      IDBObjectStore.prototype.add = add;
      IDBObjectStore.prototype.put = put;
    }
  });
});

test("a wipe killed at any write is finished at the next start, before anybody can unlock, and no entry is lost", async () => {
  await revoke(ward.hub);
  const uninterrupted = dieAfter(1000);
  await ward.core.sync();
  const total = uninterrupted();
  const seen = new Set<string>();
  const step = process.env.TOMOSHIBI_LONG ? 1 : 6;
  const places = Array.from({ length: total + 1 }, (_, place) => place).filter((place) => place % step === 0 || place >= total - 1);
  for (const writes of places) {
    ward = await quickWard();
    const { hub, device, core } = ward;
    const before = await rowsIn(device);
    await revoke(hub);
    const revive = dieAfter(writes);
    await ending(core.sync());
    revive();
    const next = await device.start();
    const { phase, wipe } = next.status();
    seen.add(`${phase} ${wipe?.step ?? "none"}`);
    if (wipe === null) {
      // The order itself had not reached the disk: nothing was deleted either.
      expect([phase, (await rowsIn(device)).packs]).toEqual(["locked", before.packs]);
    } else {
      expect(await ending(next.unlock("dr1", passkey))).not.toBe("resolved");
      const rows = await rowsIn(device);
      for (const table of opening) expect([writes, table, rows[table]]).toEqual([writes, table, 0]);
    }
    if (phase !== "blank") await next.sync();
    expect(next.status()).toMatchObject({ phase: "blank", wipe: { step: "done" } });
    expect([writes, (await wipeEntries(ward)).at(-1), await unbroken(ward)]).toEqual([writes, ["wipe", "locked", "done"], true]);
  }
  expect([...seen].sort()).toEqual(["blank done", "locked none", "wiped waiting"]);
}, 300_000);

describe("an order that is none", () => {
  const forged: readonly (readonly [string, (at: Ward) => Promise<Uint8Array<ArrayBuffer>>, string])[] = [
    [
      "signed by another hub",
      async ({ hub }) => {
        const other = await makeTestHub();
        return signWipe({ hub: hub.id, device: hub.device?.id ?? hub.id, reason: "revoked", at: 1 }, other.signers.lease);
      },
      "cose-signer-unknown",
    ],
    [
      "signed by a key of this hub that is not for it",
      ({ hub }) => signWipe({ hub: hub.id, device: hub.device?.id ?? hub.id, reason: "revoked", at: 1 }, hub.signers.policy),
      "cose-signer-unknown",
    ],
    [
      "for another device",
      ({ hub }) => signWipe({ hub: hub.id, device: new Uint8Array(16), reason: "revoked", at: 1 }, hub.signers.lease),
      "order-malformed",
    ],
    [
      "for another hub's device of the same id",
      ({ hub }) => signWipe({ hub: new Uint8Array(16), device: hub.device?.id ?? hub.id, reason: "revoked", at: 1 }, hub.signers.lease),
      "order-malformed",
    ],
    [
      "with one wrong byte",
      async ({ hub }) => {
        const bytes = await signWipe({ hub: hub.id, device: hub.device?.id ?? hub.id, reason: "revoked", at: 1 }, hub.signers.lease);
        return bytes.map((byte, i) => (i === bytes.length - 1 ? byte ^ 1 : byte));
      },
      "cose-signature-bad",
    ],
  ];
  test.each(forged)("%s is refused and said, and nothing changes", async (_, make, code) => {
    const { hub, device, core } = ward;
    hub.orders.wipe = await make(ward);
    const before = await rowsIn(device);
    expect(await ending(core.sync())).toBe(code);
    expect(core.status()).toMatchObject({ phase: "unlocked", syncError: code, wipe: null });
    const after = await rowsIn(device);
    for (const table of opening) expect([table, after[table]]).toEqual([table, before[table]]);
    expect(await wipeEntries(ward)).toEqual([]);
    hub.orders.wipe = null;
    await core.sync();
    expect(core.search("試験")).not.toEqual([]);
  });

  test("one that somebody wrote to the disk is not followed at the next start", async () => {
    const { device, core } = ward;
    await core.lock();
    const db = device.vault();
    await db.signed.put({ what: "wipe", bytes: new Uint8Array(100) });
    await db.facts.bulkPut([
      { id: "wipe", value: 1 },
      { id: "wipeAt", value: 1 },
    ]);
    db.close();
    const next = await device.start();
    expect(next.status()).toMatchObject({ phase: "locked", wipe: null });
    await next.unlock("dr1", passkey);
    expect(next.search("試験")).not.toEqual([]);
  });

  test("the order of before, replayed to the same tablet enrolled anew, does not wipe it", async () => {
    const { hub, device, core } = ward;
    await revoke(hub);
    const old = hub.orders.wipe;
    const first = hub.device?.id ?? new Uint8Array(0);
    await core.sync();
    expect(core.status()).toMatchObject({ phase: "blank", wipe: { step: "done" } });
    await enrolAgain(hub, core);
    expect(core.status()).toMatchObject({ phase: "unlocked", wipe: null });
    expect(equalBytes(hub.device?.id ?? first, first)).toBe(false);
    hub.orders.wipe = old;
    expect(await ending(core.sync())).toBe("order-malformed");
    expect(core.search("試験")).not.toEqual([]);
    expect((await device.start()).status()).toMatchObject({ phase: "locked", wipe: null });
  });
});

test("what a wipe keeps until its journal is home, and nothing else, is what the README says", async () => {
  const { hub, device, core } = ward;
  await revoke(hub);
  device.faults = [faults.gone("/api/journal")];
  await ending(core.sync());
  const rows = await rowsIn(device);
  expect(Object.entries(rows).flatMap(([table, count]) => (count > 0 ? [table] : []))).toEqual(
    expect.arrayContaining(["device", "facts", "journal.chains", "journal.entries", "signed"]),
  );
  expect(Object.entries(rows).filter(([table, count]) => count > 0 && !kept.includes(table))).toEqual([]);
});
