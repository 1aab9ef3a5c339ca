// @vitest-environment jsdom
import "fake-indexeddb/auto";
import { beforeEach, expect, test } from "vitest";
import { endDrill } from "../../../src/viewer/app/DrillBar.tsx";
import { beginDrill, readDrill, readRecord } from "../../../src/viewer/app/drillMode.ts";
import { type DrillRun, drillDatabases } from "../../../src/viewer/drill/names.ts";
import { JournalDb } from "../../../src/viewer/journal/db.ts";

const run: DrillRun = {
  siteName: "灯台病院",
  deviceName: "タブレット1",
  staff: { id: "dr1", name: "灯台 医子", kana: "トウダイ イコ", role: "physician" },
  disaster: false,
  from: 0,
  passphrase: "あかり みほん",
  chain: "",
  seq: 1,
};
beforeEach(() => sessionStorage.clear());

test("a drill whose journal is damaged says so once, and the second press leads back to the real device", async () => {
  const journal = new JournalDb(drillDatabases.journal);
  await journal.entries.put({ chain: "c", seq: 1, bytes: Uint8Array.of(1, 2, 3) } as Parameters<typeof journal.entries.put>[0]);
  journal.close();
  beginDrill(sessionStorage, run);
  await expect(endDrill(sessionStorage, run, 1, false)).rejects.toThrow();
  expect(readDrill(sessionStorage)).toEqual(run);
  await endDrill(sessionStorage, run, 1, true);
  expect(readDrill(sessionStorage)).toBeNull();
  expect(readRecord(sessionStorage)).toBeNull();
});

test.each([
  ["words that are no JSON", "{"],
  ["a number", "1"],
  ["an object without a member", JSON.stringify({ passphrase: "x" })],
  ["a member that is none", JSON.stringify({ passphrase: "x", staff: null })],
])("%s in the tab's session is no drill: the page is the real device's", (_, text) => {
  sessionStorage.setItem("tomoshibi-drill", text);
  expect(readDrill(sessionStorage)).toBeNull();
});
