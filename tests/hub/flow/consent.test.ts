/** Consent and scope from hospital files to what is published: named by what would go wrong. */
import { afterEach, describe, expect, test } from "vitest";
import { ingest } from "../../../src/hub/flow/ingest.ts";
import { unwatched } from "../../../src/hub/flow/phase.ts";
import { publish } from "../../../src/hub/flow/publish.ts";
import { summaryOfPatient } from "../../../src/hub/flow/summary.ts";
import { undoConsent } from "../../../src/hub/people/consentRecord.ts";
import { consent } from "../../../src/hub/store/migrations/008-consent.ts";
import type { Store } from "../../../src/hub/store/store.ts";
import { everybodyTakesPart, testStores } from "../store/open.ts";
import { record } from "./consented.ts";
import { basics, prescription, type TestStorage, testStorage } from "./storage.ts";

const [A, B] = ["1310000001", "1310000002"] as const;
const DAY = 86_400_000;
const stores = testStores();
const storages: TestStorage[] = [];
const dialect = "sqlite";

afterEach(() => {
  for (const made of storages.splice(0)) made.destroy();
});

/** Noon in Japan of 2026-11-20, moved by the test. */
let now = Date.UTC(2026, 10, 20, 3);
const clock = { now: () => (now += 1_000), monotonic: () => now };
const today = () => new Date(now + 9 * 3_600_000).toISOString().slice(0, 10);

interface Region {
  readonly store: Store;
  readonly at: Readonly<Record<string, TestStorage>>;
  take(facility: string): Promise<void>;
  publish(): ReturnType<typeof publish>;
  /** Patients "facility pid" whose names stand in the index that would be pulled. */
  named(): Promise<string[]>;
  says(...statements: Parameters<typeof record>[2][]): Promise<string>;
  seen(facility: string, pid: string): ReturnType<typeof summaryOfPatient>;
}

async function region(rule = true): Promise<Region> {
  const store = await stores.reopen(await stores.place(dialect));
  if (rule) await everybodyTakesPart(store);
  const at: Readonly<Record<string, TestStorage>> = { [A]: testStorage(A), [B]: testStorage(B) };
  storages.push(...Object.values(at));
  return {
    store,
    at,
    take: async (facility) => {
      const order = { roots: [at[facility]?.root ?? ""], facility, name: facility === A ? "灯台病院" : "見本病院" };
      await ingest(store, order, new Date(clock.now()).toISOString(), unwatched);
    },
    publish: () => publish(store, clock, unwatched),
    named: async () => {
      const rows = await store.db.selectFrom("index_row").select("row").execute();
      return rows.flatMap(({ row }) => (JSON.parse(row) as { i: [string, string][] }).i.map((pair) => pair.join(" "))).sort();
    },
    says: (...statements) => record(store, clock.now(), ...statements),
    seen: (facility, pid) => summaryOfPatient(store.db, facility, pid, today()),
  };
}

const warfarin = "1^ワーファリン錠１ｍｇ^HOT9";
const allergic = (pid: string, substance: string, card: string) => [
  ...basics(pid, { card }),
  `AL1|1|DA^薬剤アレルギー^HL70127|^${substance}|SV|呼吸困難|20100401`,
  "AL1|2|FA^食物アレルギー^HL70127|^そば",
];

/** One person known at both hospitals by one card, a neighbour at A. */
async function twoHospitals(rule = true): Promise<Region> {
  const made = await region(rule);
  made.at[A]?.put({ pid: "1", type: "ADT-00" }, allergic("1", "架空ペニシリン", "100"));
  made.at[A]?.put({ pid: "2", type: "ADT-00" }, basics("2", { kana: "ミホン^ジロウ", birth: "19700101", sex: "M", card: "200" }));
  made.at[A]?.put({ pid: "1", type: "OMP-01", day: "20261101", order: "1" }, prescription("1", warfarin));
  made.at[B]?.put({ pid: "77", type: "ADT-00" }, allergic("77", "架空アスピリン", "100"));
  made.at[B]?.put({ pid: "77", type: "OMP-01", day: "20261101", order: "1" }, prescription("77", warfarin));
  await made.take(A);
  await made.take(B);
  return made;
}

describe("nobody is published", () => {
  test("while the region has not said what holds for people without an entry, even with consent in writing; it is said plainly", async () => {
    const { publish: again, named, seen, says, store } = await twoHospitals(false);
    await says({ facility: A, pid: "1", value: "participating" });
    const notes: string[] = [];
    const watch = { ...unwatched, note: (code: string) => notes.push(code) };
    expect(await publish(store, clock, watch)).toMatchObject({
      people: 0,
      withheld: 2,
      unruled: true,
    });
    expect(notes).toEqual(["consent-default-missing"]);
    expect(await store.db.selectFrom("pack").select("name").execute()).toEqual([]);
    await expect(seen(A, "1")).rejects.toMatchObject({ code: "consent-default-missing" });
    await says({ value: "participating" });
    expect(await again()).toMatchObject({ people: 2, withheld: 0, unruled: false });
    expect(await named()).toEqual([`${A} 1`, `${A} 2`, `${B} 77`]);
  });

  test("where the rule is that only those who agreed take part, but who agreed, and all they are linked with", async () => {
    const { publish, named, says } = await twoHospitals(false);
    await says({ value: "declined" });
    expect(await publish()).toMatchObject({ people: 0, withheld: 2 });
    await says({ facility: B, pid: "77", value: "participating" });
    expect(await publish()).toMatchObject({ people: 1, withheld: 1 });
    expect(await named()).toEqual([`${A} 1`, `${B} 77`]);
  });

  test("a hub that published before the rule existed goes on under the rule it had, written down", async () => {
    const old = await stores.reopen(await stores.place(dialect));
    for (const table of ["consent_entry", "consent_day", "withheld_person", "consent_mark"]) await old.db.schema.dropTable(table).execute();
    await old.db
      .insertInto("publication")
      .values({ cohort: "region", seq: 1, name: "x", content: "x", bytes: new Uint8Array(1), at: 0, epoch: 1, gone: 0 })
      .execute();
    await consent.up(old.db as Parameters<typeof consent.up>[0], dialect);
    expect(await old.db.selectFrom("consent_entry").select(["kind", "value", "by", "basis"]).execute()).toEqual([
      { kind: "participation", value: "participating", by: "hub", basis: "other" },
    ]);
  });
});

describe("who refused", () => {
  test.each([
    ["withdrew", { kind: "participation", value: "withdrawn" }, "withdrawn"],
    ["declined", { kind: "participation", value: "declined" }, "declined"],
    ["opted out of emergency viewing", { kind: "emergency", value: "optedOut" }, "opted-out"],
  ])("%s: no pack is named, none is stored, no index row is left, whichever hospital heard it", async (_, said, reason) => {
    const { store, publish, named, says, seen } = await twoHospitals();
    await publish();
    const { person } = await seen(A, "1");
    const before = await store.db
      .selectFrom("pack")
      .select("name")
      .where("person", "=", person ?? "")
      .execute();
    expect(before).toHaveLength(3);
    await says({ facility: B, pid: "77", ...said });
    expect(await publish()).toMatchObject({ people: 1, removed: 3, withheld: 1, changed: true });
    expect(await named()).toEqual([`${A} 2`]);
    const { bytes } = await store.db.selectFrom("publication").select("bytes").orderBy("seq", "desc").limit(1).executeTakeFirstOrThrow();
    for (const { name } of before) expect(Buffer.from(bytes).includes(Buffer.from(name, "base64url"))).toBe(false);
    await expect(seen(A, "1")).rejects.toMatchObject({ code: "consent-refused", detail: { reason } });
  });

  test("before any record came stays out when the records come", async () => {
    const { publish, named, says, at, take } = await twoHospitals();
    await says({ facility: A, pid: "9", kind: "emergency", value: "optedOut" });
    at[A]?.put({ pid: "9", type: "ADT-00" }, basics("9", { kana: "シケン^サブロウ", birth: "19600606", sex: "M", card: "900" }));
    await take(A);
    expect(await publish()).toMatchObject({ people: 2, withheld: 1 });
    expect(await named()).not.toContain(`${A} 9`);
  });

  test("from a later day on stays until that day and is gone on it, though nothing else changed", async () => {
    const { publish, named, says } = await twoHospitals();
    const from = new Date(now + 2 * DAY).toISOString().slice(0, 10);
    await says({ facility: A, pid: "1", value: "withdrawn", from });
    expect(await publish()).toMatchObject({ people: 2 });
    now += DAY;
    expect(await publish()).toMatchObject({ people: 2, changed: false });
    now += DAY;
    expect(await publish()).toMatchObject({ people: 1, withheld: 1 });
    expect(await named()).toEqual([`${A} 2`]);
  });

  test("an older day recorded later does not loosen what holds since a newer day", async () => {
    const { publish, says } = await twoHospitals();
    await says({ facility: A, pid: "1", kind: "emergency", value: "optedOut", from: "2026-11-01" });
    await says({ facility: A, pid: "1", kind: "emergency", value: "allowed", from: "2026-10-01" });
    expect(await publish()).toMatchObject({ people: 1 });
    await says({ facility: A, pid: "1", kind: "emergency", value: "allowed", from: "2026-11-01" });
    expect(await publish()).toMatchObject({ people: 2 });
  });

  test("by mistake: undoing brings back what held before, once, as a new entry; nothing of the history goes", async () => {
    const { store, publish, says } = await twoHospitals();
    const batch = await says({ facility: A, pid: "1", value: "withdrawn" });
    await publish();
    await undoConsent({ db: store.db, clock }, batch, "見本 確認");
    expect(await publish()).toMatchObject({ people: 2, withheld: 0 });
    await expect(undoConsent({ db: store.db, clock }, batch, "見本 確認")).rejects.toMatchObject({ code: "consent-entry-bad" });
    await expect(undoConsent({ db: store.db, clock }, "none", "見本 確認")).rejects.toMatchObject({ code: "not-found" });
    const history = await store.db.selectFrom("consent_entry").select(["value", "undoes"]).where("pid", "=", "1").orderBy("seq").execute();
    expect(history).toEqual([
      { value: "withdrawn", undoes: "" },
      { value: "unstated", undoes: batch },
    ]);
  });

  test("undoing an entry that has not begun keeps it from ever beginning", async () => {
    const { store, publish, says } = await twoHospitals();
    const from = new Date(now + DAY).toISOString().slice(0, 10);
    const batch = await says({ facility: A, pid: "1", value: "withdrawn", from });
    await undoConsent({ db: store.db, clock }, batch, "見本 確認");
    now += 2 * DAY;
    expect(await publish()).toMatchObject({ people: 2 });
  });
});

describe("scope of a facility", () => {
  test("the strip mentions no allergy, and the page no folded duplicate, source, number or name, of a hospital out of scope", async () => {
    const { store, publish, named, says, seen } = await twoHospitals();
    const before = await seen(A, "1");
    expect(JSON.stringify(before.parts.strip)).toContain("架空アスピリン");
    expect(before.summary.sections.allergies.items.some(({ also }) => also.length > 0)).toBe(true);
    await says({ facility: A, pid: "1", kind: "facility", target: B, value: "hidden" });
    await publish();
    const { summary, parts } = await seen(A, "1");
    expect(summary.sources.map(({ facility }) => facility)).toEqual([A]);
    expect(parts.strip.strip.items.map(({ text }) => text)).toEqual(expect.arrayContaining(["架空ペニシリン"]));
    for (const trace of ["架空アスピリン", B, "見本病院", '"77"']) expect(JSON.stringify({ summary, parts }), trace).not.toContain(trace);
    const { allergies, medicines } = summary.sections;
    for (const item of [...allergies.items, ...medicines.items]) expect(item.also).toEqual([]);
    expect(await named()).toEqual([`${A} 1`, `${A} 2`]);
    const rows = await store.db.selectFrom("index_row").selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain("見本病院");
    expect(await store.db.selectFrom("withheld_person").selectAll().execute()).toEqual([]);
  });

  test("what either linked patient hides is hidden; all hidden leaves nobody", async () => {
    const { publish, named, says } = await twoHospitals();
    await says({ facility: B, pid: "77", kind: "facility", target: A, value: "hidden" });
    await says({ facility: A, pid: "1", kind: "facility", target: A, value: "shown" });
    await publish();
    expect(await named()).toEqual([`${A} 2`, `${B} 77`]);
    await says({ facility: A, pid: "1", kind: "facility", target: "*", value: "hidden" });
    expect(await publish()).toMatchObject({ people: 1, withheld: 1 });
    await says({ facility: A, pid: "1", kind: "facility", target: B, value: "shown" });
    expect(await publish()).toMatchObject({ people: 2 });
    expect(await named()).toEqual([`${A} 2`, `${B} 77`]);
  });

  test("a hospital that left the network is shown for nobody, whatever they say themselves", async () => {
    const { publish, named, says } = await twoHospitals();
    await says({ kind: "facility", target: A, value: "hidden" }, { facility: A, pid: "2", kind: "facility", target: A, value: "shown" });
    expect(await publish()).toMatchObject({ people: 1, withheld: 1 });
    expect(await named()).toEqual([`${B} 77`]);
  });
});

describe("protected categories", () => {
  async function withRisperidone(): Promise<Region> {
    const made = await twoHospitals();
    made.at[A]?.put({ pid: "1", type: "OMP-01", day: "20261102", order: "2" }, prescription("1", "1^リスペリドン錠１ｍｇ^HOT9"));
    await made.take(A);
    return made;
  }

  test("withheld ones are in no pack, not even the protected one, and nothing hints at them", async () => {
    const { says, seen } = await withRisperidone();
    expect((await seen(A, "1")).parts.protected.categories).toEqual(["psychiatric"]);
    await says({ facility: B, pid: "77", kind: "category", target: "psychiatric", value: "withheld" });
    const { summary, parts } = await seen(A, "1");
    expect(JSON.stringify({ summary, parts })).not.toContain("リスペリドン");
    expect([parts.protected.categories, parts.strip.strip.masked]).toEqual([[], false]);
  });

  test("opened ones stand among the rest; a linked patient who did not open them keeps them protected", async () => {
    const { says, seen } = await withRisperidone();
    await says({ facility: A, pid: "1", kind: "category", target: "psychiatric", value: "open" });
    const opened = await seen(A, "1");
    expect(JSON.stringify(opened.parts.rest)).toContain("リスペリドン");
    expect(opened.parts.protected.categories).toEqual([]);
    await says({ facility: B, pid: "77", kind: "category", target: "psychiatric", value: "protected" });
    expect(JSON.stringify((await seen(A, "1")).parts.rest)).not.toContain("リスペリドン");
  });

  test("nobody opens what the region withholds; a person may close what the region opened", async () => {
    const { says, seen } = await withRisperidone();
    await says({ kind: "category", target: "psychiatric", value: "open" });
    expect(JSON.stringify((await seen(A, "1")).parts.rest)).toContain("リスペリドン");
    await says({ facility: A, pid: "1", kind: "category", target: "psychiatric", value: "protected" });
    expect((await seen(A, "1")).parts.protected.categories).toEqual(["psychiatric"]);
    await says({ kind: "category", target: "psychiatric", value: "withheld" });
    await says({ facility: A, pid: "1", kind: "category", target: "psychiatric", value: "open" });
    expect(JSON.stringify((await seen(A, "1")).parts)).not.toContain("リスペリドン");
  });
});
