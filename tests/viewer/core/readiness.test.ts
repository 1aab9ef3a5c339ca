import { beforeEach, expect, test, vi } from "vitest";
import { openBody } from "../../../src/shared/audit/body.ts";
import { parseEntry } from "../../../src/shared/audit/entry.ts";
import type { Enrolled, EnrolledMark } from "../../../src/viewer/vault/mark.ts";
import { faults } from "../../msw/handlers.ts";
import { revoke } from "../../msw/hub.ts";
import { readyFacts } from "../app/fake-readiness.ts";
import { ending } from "./device.ts";
import { day, enrolAgain, hour, pass, passkey, quickWard, type Ward } from "./quick.ts";

vi.setConfig({ hookTimeout: 60_000 });
let ward: Ward;
beforeEach(async () => {
  ward = await quickWard();
});

const { program, installed, persisted, storage, camera, battery } = readyFacts;

/** From now on the device is in a browser that tells of itself, and that keeps a mark outside the databases. */
function inBrowser(mark: { kept: Enrolled | null } = { kept: null }): { kept: Enrolled | null } {
  const enrolledMark: EnrolledMark = {
    read: () => mark.kept,
    keep(enrolled) {
      mark.kept = enrolled;
    },
    forget() {
      mark.kept = null;
    },
  };
  const browserFacts = async () => ({ program, installed, persisted, storage, camera, battery });
  Object.assign(ward.device.deps, { mark: enrolledMark, browserFacts });
  return mark;
}

async function entriesOf(kind: string) {
  const journal = ward.device.journal();
  const entries = await Promise.all((await journal.entries.toArray()).map(({ bytes }) => parseEntry(bytes)));
  journal.close();
  return entries.filter(({ header }) => header.kind === kind);
}

async function rotAllPacks(): Promise<void> {
  const db = ward.device.vault();
  for (const row of await db.packs.toArray())
    await db.packs.put({ ...row, bytes: row.bytes.map((byte, i) => (i === 40 ? byte ^ 1 : byte)) });
  db.close();
}

test("a trial opens packs of random people, by an entry that names nobody, and gives nothing of them out", async () => {
  const { core, hub } = ward;
  expect((await core.readiness()).trial).toBeNull();
  expect(await core.tryPacks()).toBeUndefined();
  const facts = await core.readiness();
  expect(facts.trial?.opened).toBe(6);
  expect(facts.files).toMatchObject({ missing: 0, rotten: 0 });
  const [entry, ...more] = await entriesOf("self-test");
  if (!entry) throw new Error("no entry");
  expect(more).toEqual([]);
  expect(await openBody(entry.sealedBody, hub.audit, entry.header)).toMatchObject({ staff: "dr2", person: "", purpose: null, reason: "" });
  const hit = core.search("試験")[0];
  if (!hit) throw new Error("nobody found");
  for (const word of [hit.personRef, hit.packs.strip, hit.packs.rest, "試験", "灯台"]) expect(JSON.stringify(facts)).not.toContain(word);
});

test("without its entry on disk a trial opens nothing, and is not counted as one", async () => {
  const { core } = ward;
  const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = () => {
    throw new DOMException("no space", "QuotaExceededError");
  };
  const decrypt = vi.spyOn(crypto.subtle, "decrypt");
  try {
    expect(await ending(core.tryPacks())).toBe("journal-write-failed");
    expect(decrypt).not.toHaveBeenCalled();
  } finally {
    IDBObjectStore.prototype.add = add;
    decrypt.mockRestore();
  }
  expect((await core.readiness()).trial).toBeNull();
});

test("locked, nothing is tried, and the rest is still told", async () => {
  const { core } = ward;
  await core.lock();
  expect(await ending(core.tryPacks())).toBe("not-unlocked");
  expect(await core.readiness()).toMatchObject({ keys: null, rules: true, files: { missing: 0 } });
});

test("a pack that rotted fails the trial, and the next sync mends it", async () => {
  const { core } = ward;
  await rotAllPacks();
  expect(await ending(core.tryPacks())).toBe("pack-hash-mismatch");
  expect((await core.readiness()).trial?.opened).toBe(0);
  expect((await core.readiness()).files?.missing).toBeGreaterThan(0);
  await core.sync();
  expect(await ending(core.tryPacks())).toBe("resolved");
  expect((await core.readiness()).files).toMatchObject({ missing: 0, rotten: 0 });
});

test("a look hashes files at random, takes away what is rotten, and counts it once", async () => {
  await rotAllPacks();
  const first = await ward.core.readiness();
  expect(first.files?.rotten).toBeGreaterThan(0);
  const second = await ward.core.readiness();
  expect(second.files).toMatchObject({ rotten: 0, missing: first.files?.rotten });
});

test("once a day a browser tries by itself, and tells the hub what changed, or once an hour", async () => {
  inBrowser();
  const { hub, device } = ward;
  hub.now = () => Date.now() + device.skew;
  const core = await device.start();
  await core.unlock("dr1", passkey);
  await core.sync();
  expect((await entriesOf("self-test")).length).toBe(1);
  expect(hub.reports.map(({ lines }) => [lines.trial, lines.packs, lines.age])).toEqual([["green", "green", "green"]]);
  await core.sync();
  pass(device, 6 * 60_000, true);
  await core.sync();
  expect(hub.reports.length).toBe(1);
  pass(device, hour, true);
  await core.sync();
  expect(hub.reports.length).toBe(2);
  pass(device, day, true);
  await core.sync();
  expect((await entriesOf("self-test")).length).toBe(2);
  const [own] = await entriesOf("self-test");
  expect(own?.staff).toBeNull();
});

test("a trial that failed by itself is tried again within the hour, not at every sync", async () => {
  inBrowser();
  await rotAllPacks();
  const core = await ward.device.start();
  await core.unlock("dr1", passkey);
  ward.device.faults = [faults.gone("/")];
  for (let i = 0; i < 3; i++) expect(await ending(core.sync())).toBe("hub-unreachable");
  expect((await entriesOf("self-test")).length).toBe(1);
  expect((await core.readiness()).trial?.opened).toBe(0);
  pass(ward.device, hour + 60_000, true);
  expect(await ending(core.sync())).toBe("hub-unreachable");
  expect((await entriesOf("self-test")).length).toBe(2);
});

test("a hub that does not take the report keeps no sync from ending well", async () => {
  inBrowser();
  const core = await ward.device.start();
  await core.unlock("dr1", passkey);
  ward.device.faults = [faults.broken("/api/readiness")];
  expect(await ending(core.sync())).toBe("resolved");
  expect(core.status().syncError).toBeNull();
});

test("packs that the browser threw away are said while there is no hub, and come back with it", async () => {
  inBrowser();
  const db = ward.device.vault();
  const [first] = await db.packs.toCollection().primaryKeys();
  await db.packs.delete(first ?? "");
  db.close();
  const core = await ward.device.start();
  await core.unlock("dr1", passkey);
  ward.device.faults = [faults.gone("/")];
  expect(await ending(core.sync())).toBe("hub-unreachable");
  expect(core.status().loss).toEqual({ kind: "files", missing: 1 });
  ward.device.faults = [];
  await core.sync();
  expect(core.status().loss).toBeNull();
});

test("a journal that was thrown away is said", async () => {
  inBrowser();
  const core = await ward.device.start();
  await core.unlock("dr1", passkey);
  const journal = ward.device.journal();
  await journal.entries.clear();
  journal.close();
  ward.device.faults = [faults.gone("/")];
  expect(await ending(core.sync())).toBe("hub-unreachable");
  expect(core.status().loss).toEqual({ kind: "journal" });
});

test("a device that lost its vault says which one it was, until it is enrolled again", async () => {
  const mark = inBrowser();
  await ward.device.start();
  expect(mark.kept).toEqual({ site: expect.stringMatching(/./), device: "救急外来タブレット1" });
  for (const db of [ward.device.vault(), ward.device.journal()]) await db.delete();
  const core = await ward.device.start();
  expect(core.status()).toMatchObject({ phase: "blank", loss: { kind: "vault", deviceName: "救急外来タブレット1" } });
  await enrolAgain(ward.hub, core);
  expect(core.status().loss).toBeNull();
});

test("a device that was wiped by order has lost nothing: the mark goes with the wipe, and a device that never was one has none", async () => {
  const mark = inBrowser();
  const core = await ward.device.start();
  await revoke(ward.hub, "revoked");
  await core.sync().catch(() => undefined);
  await core.sync().catch(() => undefined);
  expect(core.status()).toMatchObject({ phase: "blank", loss: null });
  expect(mark.kept).toBeNull();
});
