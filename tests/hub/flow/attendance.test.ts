import { afterEach, describe, expect, test } from "vitest";
import { attendance } from "../../../src/hub/flow/attendance.ts";
import { ingest } from "../../../src/hub/flow/ingest.ts";
import { unwatched } from "../../../src/hub/flow/phase.ts";
import { patientById } from "../../../src/hub/store/patient.ts";
import type { Store } from "../../../src/hub/store/store.ts";
import { dialects, testStores } from "../store/open.ts";
import { record } from "./consented.ts";
import { basics, prescription, type TestStorage, testStorage } from "./storage.ts";

const facility = "1310000001";
const pid = "0000000001";
const stores = testStores();
const storages: TestStorage[] = [];
const hour = 3_600_000;
/** Friday 2026-11-20, 22:00 in Japan. */
const opened = Date.UTC(2026, 10, 20, 13);
const later = opened + 48 * hour;
const clock = { now: () => later, monotonic: () => later };

afterEach(() => {
  for (const made of storages.splice(0)) made.destroy();
});

/** PV1-44 and -45. */
const visit = (message: string, from: string, until = ""): string[] => [
  `MSH|^~\\&|HIS|HOSP|GW|RCV|20261101120000||${message}|1|P|2.5||||||~ISO IR87||ISO 2022-1994|SS-MIX2_1.20^SS-MIX2^1.2.392.200250.2.1.100.1.2.120^ISO`,
  "EVN||20261101120000",
  `PID|0001||${pid}^^^^PI||灯台^花子^^^^^L^I~トウダイ^ハナコ^^^^^L^P||19480305|F`,
  `PV1|0001|O${"|".repeat(42)}${from}|${until}`,
];

interface Files {
  readonly file: { readonly type: string; readonly day: string; readonly order?: string; readonly stamp?: string };
  readonly lines: readonly string[];
}

async function hospital(files: readonly Files[], dialect: (typeof dialects)[number] = "sqlite") {
  const store = await stores.open(dialect);
  const at = testStorage();
  storages.push(at);
  at.put({ pid, type: "ADT-00" }, basics(pid));
  for (const { file, lines } of files) at.put({ pid, ...file }, lines);
  await ingest(store, { roots: [at.root], facility, name: "灯台病院" }, new Date(later).toISOString(), unwatched);
  return { store, person: (await patientById(store.db, { facility, pid }))?.person ?? "" };
}

const ask = async ({ store, person }: { store: Store; person: string }, at = opened) =>
  (await attendance({ db: store.db, clock }, [{ person, at }], 24))[0];

describe.each(dialects)("whether somebody was seen, on %s", (dialect) => {
  test("a visit the next morning counts after the opening, at whatever facility", async () => {
    const all = await hospital(
      [{ file: { type: "ADT-12", day: "20261121", order: "1" }, lines: visit("ADT^A04^ADT_A01", "20261121083000") }],
      dialect,
    );
    expect(await ask(all)).toEqual({ around: true, after: true, heard: later });
  });

  test("nobody's records are nobody's absence: the time until which facilities were heard is told", async () => {
    const all = await hospital([], dialect);
    expect(await ask(all)).toEqual({ around: false, after: false, heard: later });
  });
});

describe("what counts as seen", () => {
  test("a visit before the opening is no later visit; one of another week is none", async () => {
    const all = await hospital([
      { file: { type: "ADT-12", day: "20261120", order: "1" }, lines: visit("ADT^A04^ADT_A01", "20261120083000") },
    ]);
    expect(await ask(all)).toMatchObject({ around: true, after: false });
    expect(await ask(all, opened + 7 * 24 * hour)).toMatchObject({ around: false, after: false });
  });

  test("who is in hospital is seen on each day of the stay, and no more once discharged", async () => {
    const admitted = { file: { type: "ADT-22", day: "20261101", order: "1" }, lines: visit("ADT^A01^ADT_A01", "20261101100000") };
    expect(await ask(await hospital([admitted]))).toMatchObject({ around: true, after: true });
    const left = {
      file: { type: "ADT-52", day: "20261110", order: "1" },
      lines: visit("ADT^A03^ADT_A03", "20261101100000", "20261110100000"),
    };
    expect(await ask(await hospital([admitted, left]))).toMatchObject({ around: false, after: false });
  });

  test("a prescription of the day counts; a planned admission and a visit that was taken back do not", async () => {
    const order = { file: { type: "OMP-01", day: "20261121", order: "1" }, lines: prescription(pid, "1^薬^HOT9").map(dated("20261121")) };
    expect(await ask(await hospital([order]))).toMatchObject({ after: true });
    const planned = { file: { type: "ADT-21", day: "20261121", order: "1" }, lines: visit("ADT^A14^ADT_A05", "20261121100000") };
    const taken = { file: { type: "ADT-12", day: "20261121", order: "2" }, lines: visit("ADT^A11^ADT_A09", "20261121083000") };
    expect(await ask(await hospital([planned, taken]))).toMatchObject({ around: false, after: false });
  });

  test("midnight is Japan's: a visit at 00:30 of the second next day is too late", async () => {
    const all = await hospital([
      { file: { type: "ADT-12", day: "20261122", order: "1" }, lines: visit("ADT^A04^ADT_A01", "20261122003000") },
    ]);
    expect(await ask(all)).toMatchObject({ after: false });
    expect(await ask(all, opened + 3 * hour)).toMatchObject({ after: true });
  });
});

describe("who may not be looked at", () => {
  test("is not read: of somebody who refused, or whom the hub does not know, nothing is told", async () => {
    const all = await hospital([
      { file: { type: "ADT-12", day: "20261121", order: "1" }, lines: visit("ADT^A04^ADT_A01", "20261121083000") },
    ]);
    expect((await attendance({ db: all.store.db, clock }, [{ person: "nobody", at: opened }], 24))[0]).toBeNull();
    await record(all.store, later, { facility, pid, kind: "participation", value: "withdrawn", from: "2026-11-01" });
    expect(await ask(all)).toBeNull();
  });

  test("an opening whose clock says nonsense finds nothing and breaks nothing", async () => {
    expect(await ask(await hospital([]), Number.MAX_SAFE_INTEGER)).toMatchObject({ around: false, after: false });
  });
});

const dated = (day: string) => (line: string) => line.replaceAll("20260101", day);
