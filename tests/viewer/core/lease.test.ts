import { beforeEach, describe, expect, test, vi } from "vitest";
import { openBody } from "../../../src/shared/audit/body.ts";
import { parseEntry } from "../../../src/shared/audit/entry.ts";
import type { Core } from "../../../src/viewer/app/core.ts";
import { faults } from "../../msw/handlers.ts";
import { ending } from "./device.ts";
import { day, eventually, hour, pass, passkey, quickWard, rowsIn, type Ward } from "./quick.ts";

// A ward is enrolled for each test: seconds on a busy machine.
vi.setConfig({ hookTimeout: 60_000 });
let ward: Ward;
/** What the page does every minute. */
let minutes: (() => void)[] = [];
beforeEach(async () => {
  ward = await quickWard();
  minutes = [];
  Object.assign(ward.device.deps, {
    every(ms: number, work: () => void) {
      if (ms === 60_000) minutes.push(work);
      return () => undefined;
    },
  });
});

function minute(): void {
  for (const work of minutes) work();
}
/** A page that has just started, unlocked. */
async function reopened(who = "dr1"): Promise<Core> {
  minutes = [];
  const core = await ward.device.start();
  await core.unlock(who, passkey);
  return core;
}
const second = { staffId: "dr2", credential: passkey };
/** YYYY-MM-DD as people here read it. */
const dateAt = (ms: number) => {
  const at = new Date(ms);
  return [at.getFullYear(), String(at.getMonth() + 1).padStart(2, "0"), String(at.getDate()).padStart(2, "0")].join("-");
};
const hitOf = (core: Core) => {
  const [hit] = core.search("試験");
  if (!hit) throw new Error("nobody found");
  return hit;
};

describe("a clock that jumps ahead", () => {
  test("hides everything, also what was open, and destroys nothing; set back it gives nothing back", async () => {
    const core = await reopened();
    const hit = hitOf(core);
    const grant = await core.breakGlass(hit, "unconscious");
    const before = await rowsIn(ward.device);
    pass(ward.device, 400 * day);
    expect(await ending(core.openStrip(grant))).toBe("grant-ended");
    expect(await ending(core.breakGlass(hit, "unconscious"))).toBe("lease-expired");
    minute();
    await eventually(() => expect([core.search("試験"), core.status().leaseState]).toEqual([[], "doubtful"]));
    pass(ward.device, -400 * day);
    expect(await ending(core.breakGlass(hit, "unconscious"))).toBe("lease-expired");
    await core.lock();
    const again = await reopened();
    expect([again.search("試験"), again.status().leaseState]).toEqual([[], "doubtful"]);
    const after = await rowsIn(ward.device);
    for (const table of ["packs", "rings", "shards", "wrapped", "slots", "members"])
      expect([table, after[table]]).toEqual([table, before[table]]);
  });

  test("two members reopen it by confirming today's date, each with an entry of their own; it lasts until the end of the lease by that date", async () => {
    pass(ward.device, 400 * day);
    const core = await reopened();
    const today = dateAt(Date.now() + day);
    await core.confirmDate(today, second);
    expect(core.status().leaseState).toBe("normal");
    expect(await ending(core.breakGlass(hitOf(core), "unconscious"))).toBe("resolved");
    await core.sync();
    const entries = await Promise.all(ward.hub.entries.map(parseEntry));
    const confirmed = entries.filter(({ header }) => header.kind === "clock-confirm");
    expect(confirmed.map(({ staff, key }) => [staff?.id, key])).toEqual([
      ["dr1", "open"],
      ["dr2", "open"],
    ]);
    for (const { sealedBody, header } of confirmed) expect((await openBody(sealedBody, ward.hub.audit, header)).what).toBe(`date ${today}`);
  });

  test("what they confirmed ends too: after it the device is closed again, over a restart either", async () => {
    pass(ward.device, 400 * day);
    ward.device.faults = [faults.gone("/")];
    const core = await reopened();
    await core.confirmDate(dateAt(Date.now() + 2 * day), second);
    pass(ward.device, 26 * day);
    expect(core.status().leaseState).toBe("extended");
    await core.lock();
    pass(ward.device, 3 * day);
    const next = await reopened();
    expect(next.status().leaseState).toBe("doubtful");
    expect(next.search("試験")).toEqual([]);
  });

  const refused: readonly (readonly [string, (core: Core) => Promise<void>, string])[] = [
    ["the same member twice", (core) => core.confirmDate(dateAt(Date.now() + day), { ...second, staffId: "dr1" }), "second-person-refused"],
    [
      "a member without a credential here",
      (core) => core.confirmDate(dateAt(Date.now() + day), { ...second, staffId: "clerk1" }),
      "second-person-refused",
    ],
    ["a date before the hub's last word", (core) => core.confirmDate(dateAt(Date.now() - 3 * day), second), "clock-date-refused"],
    ["a date after this device's clock", (core) => core.confirmDate(dateAt(Date.now() + 500 * day), second), "clock-date-refused"],
    ["a date after the end of the lease", (core) => core.confirmDate(dateAt(Date.now() + 40 * day), second), "lease-expired"],
    ["a date that is none", (core) => core.confirmDate("2026-02-31", second), "clock-date-refused"],
    ["words for a date", (core) => core.confirmDate("today", second), "clock-date-refused"],
  ];
  test.each(refused)("%s does not reopen it", async (_, confirm, code) => {
    pass(ward.device, 400 * day);
    const core = await reopened();
    expect(await ending(confirm(core))).toBe(code);
    expect([core.status().leaseState, core.search("試験")]).toEqual(["doubtful", []]);
  });

  test("nobody confirms a date where there is no doubt, nor from a locked screen", async () => {
    const core = await reopened();
    expect(await ending(core.confirmDate(dateAt(Date.now() + day), second))).toBe("forbidden");
    await core.lock();
    expect(await ending(core.confirmDate(dateAt(Date.now() + day), second))).toBe("not-unlocked");
  });
});

describe("a lease that is certainly over", () => {
  /** Receipts still come, leases do not. */
  const hubAt = async (core: Core, ms: number) => {
    const now = Date.now();
    ward.hub.now = () => now + ms;
    ward.device.faults = [faults.broken("/api/lease")];
    await ending(core.sync());
    await eventually(async () => expect((await rowsIn(ward.device)).rings).toBe(0));
  };

  test("by the hub's signed time the ring is deleted, and the index; packs stay, and the next lease brings only index and ring again", async () => {
    const core = await reopened();
    const hit = hitOf(core);
    const before = await rowsIn(ward.device);
    pass(ward.device, 31 * day);
    await hubAt(core, 31 * day);
    expect(core.status().leaseState).toBe("over");
    const after = await rowsIn(ward.device);
    expect([after.rings, after.shards, after.packs, after.slots]).toEqual([0, 0, before.packs, before.slots]);
    expect(await ward.device.vault().wrapped.toCollection().primaryKeys()).toEqual(["device"]);
    expect(await ending(core.confirmDate(dateAt(Date.now() + day), second))).toBe("forbidden");
    await core.lock();
    const next = await reopened();
    expect(await ending(next.breakGlass(hit, "unconscious"))).toBe("lease-expired");
    ward.device.faults = [];
    ward.hub.asked.length = 0;
    await next.sync();
    expect(ward.hub.asked.filter((each) => /\/(packs|bundles)\//.test(each))).toEqual([]);
    expect(next.status().leaseState).toBe("normal");
    expect(await ending(next.breakGlass(hitOf(next), "unconscious"))).toBe("resolved");
    const kinds = await Promise.all(ward.hub.entries.map(async (bytes) => (await parseEntry(bytes)).header.kind));
    expect(kinds).toContain("lease");
  });

  test("without the hub 72 running hours in doubt delete it; hours switched off do not count", async () => {
    ward.device.faults = [faults.gone("/")];
    pass(ward.device, 31 * day);
    let core = await reopened();
    pass(ward.device, 60 * day);
    pass(ward.device, 71 * hour, true);
    minute();
    await new Promise((done) => setTimeout(done, 100));
    expect([core.status().leaseState, (await rowsIn(ward.device)).rings]).toEqual(["doubtful", 3]);
    await core.lock();
    core = await ward.device.start();
    pass(ward.device, 2 * hour, true);
    minute();
    await eventually(async () => expect([core.status().leaseState, (await rowsIn(ward.device)).rings]).toEqual(["over", 0]));
    expect((await rowsIn(ward.device)).packs).toBeGreaterThan(0);
  });

  test("a full journal does not keep the ring", async () => {
    const core = await reopened();
    const add = IDBObjectStore.prototype.add;
    IDBObjectStore.prototype.add = () => {
      throw new DOMException("no space", "QuotaExceededError");
    };
    try {
      await hubAt(core, 31 * day);
    } finally {
      IDBObjectStore.prototype.add = add;
    }
    // The receipt that tells the time needs no entry to be written.
    expect([core.status().leaseState, (await rowsIn(ward.device)).rings]).toEqual(["over", 0]);
  });
});

describe("a member who is removed", () => {
  test("leaves an open screen with the roster that no longer names them, and cannot come back", async () => {
    const core = await reopened("dr2");
    const grant = await core.breakGlass(hitOf(core), "unconscious");
    ward.hub.members = ward.hub.members.filter(({ id }) => id !== "dr2");
    await ending(core.sync());
    expect(core.status()).toMatchObject({ phase: "locked", staff: null });
    expect(await ending(core.openStrip(grant))).not.toBe("resolved");
    expect(await ending(core.unlock("dr2", passkey))).toBe("staff-unknown");
    await core.unlock("dr1", passkey);
    expect(core.search("試験")).not.toEqual([]);
  });

  test("a colleague's screen stays open", async () => {
    const core = await reopened("dr1");
    ward.hub.members = ward.hub.members.filter(({ id }) => id !== "dr2");
    await core.sync();
    expect(core.status()).toMatchObject({ phase: "unlocked", staff: { id: "dr1" } });
  });
});
