import { afterEach, describe, expect, test } from "vitest";
import { setFacility } from "../../../src/hub/flow/facility.ts";
import { ingest } from "../../../src/hub/flow/ingest.ts";
import { unwatched } from "../../../src/hub/flow/phase.ts";
import { publish } from "../../../src/hub/flow/publish.ts";
import { summaryOfPatient } from "../../../src/hub/flow/summary.ts";
import type { Store } from "../../../src/hub/store/store.ts";
import { dialects, testStores } from "../store/open.ts";
import { basics, prescription, type TestStorage, testStorage } from "./storage.ts";

const stores = testStores();
const storages: TestStorage[] = [];
const facility = "1310000001";
const pid = (n: number) => `000000000${n}`;

function storage(name?: string): TestStorage {
  const made = testStorage(name);
  storages.push(made);
  return made;
}

afterEach(() => {
  for (const made of storages.splice(0)) made.destroy();
});

let now = Date.UTC(2026, 0, 1);
const clock = { now: () => (now += 60_000), monotonic: () => now };
const follow = (store: Store, at: TestStorage, code = facility) =>
  ingest(store, { roots: [at.root], facility: code, name: "灯台病院" }, new Date(clock.now()).toISOString(), unwatched);
const packs = async (store: Store) =>
  new Map(
    (await store.db.selectFrom("pack").select(["person", "part", "name"]).execute()).map((row) => [`${row.person} ${row.part}`, row.name]),
  );

async function threePeople(dialect: Store["dialect"]): Promise<{ store: Store; at: TestStorage; drug: string }> {
  const [store, at] = [await stores.open(dialect), storage()];
  for (const n of [1, 2, 3]) at.put({ pid: pid(n), type: "ADT-00" }, basics(pid(n), { card: `10${n}` }));
  const drug = at.put({ pid: pid(1), type: "OMP-01", day: "20260101", order: "1" }, prescription(pid(1), "1^ワーファリン錠１ｍｇ^HOT9"));
  await follow(store, at);
  return { store, at, drug };
}

describe.each(dialects)("publishing on %s", (dialect) => {
  test("seals everybody once; a second run seals nobody and publishes nothing", async () => {
    const { store } = await threePeople(dialect);
    expect(await publish(store, clock, unwatched)).toMatchObject({ people: 3, summarized: 3, sealed: 9, kept: 0, seq: 1, changed: true });
    const before = await packs(store);
    expect(await publish(store, clock, unwatched)).toMatchObject({ people: 3, summarized: 0, sealed: 0, kept: 9, seq: 1, changed: false });
    expect(await packs(store)).toEqual(before);
  });

  test("everyone has a protected pack, and neither its being there nor its size tells who has protected items", async () => {
    const { store, at } = await threePeople(dialect);
    at.put({ pid: pid(2), type: "OMP-01", day: "20260101", order: "2" }, prescription(pid(2), "1^リスペリドン錠１ｍｇ^HOT9"));
    await follow(store, at);
    await publish(store, clock, unwatched);
    expect((await summaryOfPatient(store.db, facility, pid(2))).parts.protected.categories).toEqual(["psychiatric"]);
    const guarded = await store.db.selectFrom("pack").select(["size"]).where("part", "=", "protected").execute();
    expect(guarded).toHaveLength(3);
    expect(new Set(guarded.map(({ size }) => size)).size).toBe(1);
  });

  test("looks only at the person whose files changed", async () => {
    const { store, at, drug } = await threePeople(dialect);
    await publish(store, clock, unwatched);
    const before = await packs(store);
    at.rename(drug, "0");
    await follow(store, at);
    expect(await publish(store, clock, unwatched)).toMatchObject({ people: 3, summarized: 1, seq: 2, changed: true });
    const { person } = await summaryOfPatient(store.db, facility, pid(1));
    const after = await packs(store);
    for (const [key, name] of after) expect(name === before.get(key)).toBe(!key.startsWith(`${person} `) || key.endsWith(" protected"));
  });

  test("a person of whom nothing is left is in no pack, index or manifest, and comes back with the same reference", async () => {
    const { store, at } = await threePeople(dialect);
    await publish(store, clock, unwatched);
    const { person } = await summaryOfPatient(store.db, facility, pid(3));
    at.remove(`000/000/${pid(3)}`);
    await follow(store, at);
    expect(await publish(store, clock, unwatched)).toMatchObject({ people: 2, removed: 3 });
    expect([...(await packs(store)).keys()].some((key) => key.startsWith(`${person} `))).toBe(false);
    await expect(summaryOfPatient(store.db, facility, pid(3))).rejects.toMatchObject({ code: "person-unknown" });
    at.put({ pid: pid(3), type: "ADT-00" }, basics(pid(3), { card: "103" }));
    await follow(store, at);
    expect(await publish(store, clock, unwatched)).toMatchObject({ people: 3 });
    expect((await summaryOfPatient(store.db, facility, pid(3))).person).toBe(person);
  });

  test("a hospital's new telephone number reaches everybody it knows", async () => {
    const { store } = await threePeople(dialect);
    await publish(store, clock, unwatched);
    await setFacility(store, { code: facility, name: "", telephone: "000-0000-0001" });
    expect(await publish(store, clock, unwatched)).toMatchObject({ summarized: 3 });
    expect((await summaryOfPatient(store.db, facility, pid(2))).summary.sources).toMatchObject([
      { name: "灯台病院", telephone: "000-0000-0001" },
    ]);
  });

  test("two hospitals' records of one person are one summary", async () => {
    const { store } = await threePeople(dialect);
    const other = storage("1310000002");
    other.put({ pid: "77", type: "ADT-00" }, basics("77", { card: "101" }));
    await follow(store, other, "1310000002");
    expect(await publish(store, clock, unwatched)).toMatchObject({ people: 3 });
    const [here, there] = [await summaryOfPatient(store.db, facility, pid(1)), await summaryOfPatient(store.db, "1310000002", "77")];
    expect(there).toEqual(here);
    expect(here.summary.sources.map((source) => source.facility)).toEqual([facility, "1310000002"]);
    expect(here.parts.strip.strip.items).toMatchObject([{ danger: "anticoagulant", by: "name" }]);
  });

  test("an unknown number is said to be unknown", async () => {
    const { store } = await threePeople(dialect);
    await expect(summaryOfPatient(store.db, facility, "0")).rejects.toMatchObject({ code: "person-unknown" });
  });
});
