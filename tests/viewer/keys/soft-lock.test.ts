import { beforeAll, beforeEach, expect, test } from "vitest";
import { codeOf } from "../../../src/shared/error.ts";
import { ending } from "../core/device.ts";
import { countEntries, journalOf, type KeyWard, keyWard, passkey } from "./ward.ts";

const minute = 60_000;
let ward: KeyWard;
beforeAll(async () => {
  ward = await keyWard();
}, 120_000);
beforeEach(async () => {
  const { device } = ward;
  Object.assign(device, { skew: 0, runs: 0 });
  // As after a cold start: no PIN, no pause, no grant of the test before.
  ward = { ...ward, core: await device.start() };
  await ward.core.sync();
  await ward.core.unlock("dr2", passkey);
}, 60_000);

const searched = () => Promise.resolve().then(() => ward.core.search("みほん"));

test("paused: nothing is searched or opened, the grant's time runs on, and the same person's PIN brings it back, each with its entry", async () => {
  const { core, device } = ward;
  await core.setPin("4713");
  const [hit] = core.search("みほん");
  if (!hit) throw new Error("nobody found");
  const grant = await core.breakGlass(hit, "unconscious");
  const before = await countEntries(device);
  await core.pause();
  expect(core.status().phase).toBe("soft");
  expect(await ending(searched())).toBe("not-unlocked");
  expect(await ending(core.openStrip(grant))).toBe("not-unlocked");
  expect(await ending(core.breakGlass(hit, "unconscious"))).toBe("not-unlocked");
  device.skew += 5 * minute;
  device.runs += 5 * minute;
  await core.resume("4713");
  expect((await core.openStrip(grant)).part).toBe("strip");
  expect((await journalOf(ward, before)).map(({ kind, body }) => [kind, body.staff])).toEqual([
    ["soft-lock", "dr2"],
    ["soft-unlock", "dr2"],
  ]);
  await core.pause();
  device.skew += 56 * minute;
  expect(await ending(core.openStrip(grant))).not.toBe("resolved");
});

test("five wrong PINs and it is the hard lock, also for the right one afterwards and after a restart", async () => {
  const { core, device } = ward;
  await core.setPin("4713");
  await core.pause();
  for (const left of [4, 3, 2, 1]) {
    const wrong = await core.resume("9999").catch((error: unknown) => error);
    expect([codeOf(wrong), (wrong as { detail: { left: number } }).detail.left]).toEqual(["pin-wrong", left]);
  }
  expect(await ending(core.resume("9999"))).toBe("not-unlocked");
  expect(core.status().phase).toBe("locked");
  expect(await ending(core.resume("4713"))).toBe("not-unlocked");
  expect(await ending((await device.start()).resume("4713"))).toBe("not-unlocked");
});

test("tries at once are as many tries", async () => {
  const { core } = ward;
  await core.setPin("4713");
  await core.pause();
  const ended = await Promise.all(["1", "2", "3", "4", "5", "6", "7"].map((digit) => ending(core.resume(`901${digit}`))));
  expect(ended.filter((code) => code === "pin-wrong").length).toBeLessThan(5);
  expect(ended).not.toContain("resolved");
  expect(core.status().phase).toBe("locked");
});

test.each([
  ["its minutes have run", 10 * minute, 10 * minute],
  ["the tablet slept, so that running time stood still", 10 * minute, 0],
  ["the clock was set back", -60 * minute, 10 * minute],
])("the hard lock comes by itself when %s", async (_, wall, run) => {
  const { core, device, tick } = ward;
  await core.setPin("4713");
  await core.pause();
  device.skew += wall;
  device.runs += run;
  expect(await ending(core.resume("4713"))).toBe("not-unlocked");
  await tick();
  expect(core.status().phase).toBe("locked");
});

test("without a PIN a pause is the lock; a PIN leaves with its owner, and lies nowhere on the disk", async () => {
  const { core, device } = ward;
  await core.setPin("47130815");
  for (const db of [device.vault(), device.journal()]) {
    for (const table of db.tables) expect(JSON.stringify(await table.toArray())).not.toContain("47130815");
  }
  await core.unlock("dr1", passkey);
  expect(core.softLockOf()).toEqual({ minutes: 10, pinSet: false });
  await core.pause();
  expect(core.status().phase).toBe("locked");
});

test("a PIN is four to eight digits, and none that is guessed first", async () => {
  for (const pin of ["123", "123456789", "12a4", "0000", "1234", "8765"])
    expect([pin, await ending(ward.core.setPin(pin))]).toEqual([pin, "pin-weak"]);
  expect(ward.core.softLockOf().pinSet).toBe(false);
});

test("a journal that cannot be written hides the screen all the same, and brings nothing back", async () => {
  const { core, device } = ward;
  await core.setPin("4713");
  const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = () => {
    throw new DOMException("no space", "QuotaExceededError");
  };
  try {
    expect(await ending(core.pause())).toBe("journal-write-failed");
    expect(core.status().phase).toBe("soft");
    expect(await ending(core.resume("4713"))).toBe("journal-write-failed");
    expect([core.status().phase, await ending(searched())]).toEqual(["soft", "not-unlocked"]);
  } finally {
    IDBObjectStore.prototype.add = add;
  }
  await core.resume("4713");
  expect(core.status().phase).toBe("unlocked");
  expect(await countEntries(device)).toBeGreaterThan(0);
});
