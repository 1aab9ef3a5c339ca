import "fake-indexeddb/auto";
import { readFileSync } from "node:fs";
import Dexie from "dexie";
import { afterEach, expect, test } from "vitest";
import { codeOf } from "../../../src/shared/error.ts";
import { type BootRows, earlyBootRows, readBootRows } from "../../../src/viewer/app/boot-rows.ts";
import { JournalDb } from "../../../src/viewer/journal/db.ts";
import { VaultDb } from "../../../src/viewer/vault/db.ts";
import { makeTestHub } from "../../msw/hub.ts";
import { ending, readyDevice, testDevice } from "../core/device.ts";

// The names are the browser's own: what warm.js opens and what the program opens must stay the same databases.
const names = { vault: "tomoshibi-vault", journal: "tomoshibi-journal" };
afterEach(async () => {
  for (const name of await Dexie.getDatabaseNames()) await Dexie.delete(name);
});

/** As the page runs it: a plain script before any of the program. */
async function warm(): Promise<BootRows | null> {
  const place: { tomoshibiBootRows?: Promise<BootRows | null> } = {};
  new Function("globalThis", readFileSync("public/warm.js", "utf8"))(place);
  return earlyBootRows(place);
}

test("the script before the program reads exactly what the program would read, and keeps nothing open", async () => {
  const hub = await makeTestHub();
  const device = testDevice(hub);
  const { core: before } = await readyDevice(hub, underOwnNames(device));
  // Written after the hub acknowledged what came before: one entry waits.
  await before.lock();
  const [vault, journal] = [new VaultDb(names.vault), new JournalDb(names.journal)];
  const early = await warm();
  const late = await readBootRows(vault, journal);
  expect(early).toEqual(late);
  expect([early?.signed.length, early?.slots.length, early?.outbox]).toEqual([late.signed.length, 1, 1]);

  const core = await startWith(device, early);
  expect(core.status().phase).toBe("locked");
  expect(core.members().map(({ id }) => id)).toEqual(["dr1"]);
  vault.close();
  journal.close();
});

test("bytes that rotted on disk are refused though the script before the program read them", async () => {
  const hub = await makeTestHub();
  const device = testDevice(hub);
  await readyDevice(hub, underOwnNames(device));
  const vault = new VaultDb(names.vault);
  const keys = await vault.signed.get("keys");
  if (keys === undefined) throw new Error("no keys");
  await vault.signed.put({ what: "keys", bytes: keys.bytes.map((byte, i) => (i === keys.bytes.length - 1 ? byte ^ 1 : byte)) });
  vault.close();
  const early = await warm();
  expect(early?.device).toBeDefined();
  expect(await ending(startWith(device, early))).toBe("cose-signature-bad");
});

test("a device without a database gets none from the script, and the program starts blank", async () => {
  expect(await warm()).toBeNull();
  expect(await Dexie.getDatabaseNames()).toEqual([]);
  const core = await startWith(testDevice(await makeTestHub()), null);
  expect(core.status().phase).toBe("blank");
});

test("a database of another version is left to the program", async () => {
  const newer = new Dexie(names.vault);
  newer.version(2).stores({ device: "id", signed: "what", slots: "id", facts: "id" });
  const journal = new JournalDb(names.journal);
  await Promise.all([newer.open(), journal.open()]);
  expect(await warm()).toBeNull();
  newer.close();
  journal.close();
});

test("a script that did not run, or found nothing, leaves the reading to the program", async () => {
  expect(await earlyBootRows({})).toBeNull();
  expect(await earlyBootRows({ tomoshibiBootRows: Promise.resolve(null) })).toBeNull();
});

test("storage that fails is said, not taken for a blank device", async () => {
  const vault = new VaultDb(names.vault);
  const journal = new JournalDb(names.journal);
  await vault.open();
  vault.close({ disableAutoOpen: true });
  expect(await readBootRows(vault, journal).then(() => "resolved", codeOf)).toBe("storage-failed");
  journal.close();
});

test("the browser's databases are the ones the script opens", () => {
  const source = readFileSync("public/warm.js", "utf8");
  expect(readFileSync("src/viewer/app/core-browser.ts", "utf8")).toContain(`vault: "${names.vault}", journal: "${names.journal}"`);
  expect([source.includes(`"${names.vault}"`), source.includes(`"${names.journal}"`)]).toEqual([true, true]);
});

function startWith(device: ReturnType<typeof testDevice>, early: BootRows | null) {
  Object.assign(device.deps, { bootRows: async () => early });
  return device.start();
}

function underOwnNames(device: ReturnType<typeof testDevice>): ReturnType<typeof testDevice> {
  Object.assign(device.deps, { databases: names });
  return device;
}
