import { cpSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { type IngestResult, ingest } from "../../../src/hub/flow/ingest.ts";
import { unwatched } from "../../../src/hub/flow/phase.ts";
import { recordsOf } from "../../../src/hub/flow/records.ts";
import type { Store } from "../../../src/hub/store/store.ts";
import { dialects, testStores } from "../store/open.ts";
import { basics, prescription, type TestStorage, testStorage } from "./storage.ts";

const facility = "1310000001";
const stores = testStores();
const storages: TestStorage[] = [];

function storage(name?: string): TestStorage {
  const made = testStorage(name);
  storages.push(made);
  return made;
}

afterEach(() => {
  for (const made of storages.splice(0)) made.destroy();
});

let minute = 0;
const follow = (store: Store, roots: readonly string[], code = facility): Promise<IngestResult> =>
  ingest(store, { roots, facility: code, name: "" }, new Date(Date.UTC(2026, 0, 1, 0, minute++)).toISOString(), unwatched);

const zero = {
  files: 0,
  accepted: 0,
  quarantined: 0,
  unchanged: 0,
  superseded: 0,
  deleted: 0,
  records: 0,
  people: 0,
  warnings: 0,
  gone: 0,
};
const drugs = async (store: Store, pid: string) =>
  ((await recordsOf(store.db, [{ facility, pid }])).get(`${facility}|${pid}`) ?? []).flatMap((file) =>
    file.records.flatMap((record) => (record.kind === "medicine" ? [record.drug.text] : [])),
  );
const persons = async (store: Store) => await store.db.selectFrom("person").selectAll().orderBy("ref").execute();

describe.each(dialects)("following a hospital's storage on %s", (dialect) => {
  test("takes every file once; a second run changes nothing", async () => {
    const [store, at] = [await stores.open(dialect), storage()];
    at.put({ pid: "0000000001", type: "ADT-00" }, basics("0000000001"));
    at.put({ pid: "0000000001", type: "OMP-01", day: "20260101", order: "1" }, prescription("0000000001", "1^ワーファリン錠^HOT9"));
    at.put(
      { pid: "0000000001", type: "OMP-01", day: "20260101", order: "1", stamp: "20251231120000000", flag: "2" },
      prescription("0000000001", "1^古い薬^HOT9"),
    );
    at.put({ pid: "0000000001", type: "OMP-01", day: "20260101", order: "2", flag: "0" }, prescription("0000000001", "1^取消薬^HOT9"));
    at.put({ pid: "0000000002", type: "ADT-00" }, basics("0000000009"));
    mkdirSync(join(at.root, "lost"));
    writeFileSync(join(at.root, "lost", "Thumbs.db"), "x");
    const first = await follow(store, [at.root]);
    expect(first).toMatchObject({ files: 6, accepted: 2, quarantined: 2, unchanged: 0, superseded: 1, deleted: 1, people: 1, gone: 0 });
    expect(first.records).toBeGreaterThanOrEqual(3);
    expect(first.warnings).toBeGreaterThanOrEqual(2);
    expect(await drugs(store, "0000000001")).toEqual(["ワーファリン錠"]);
    const before = await persons(store);
    expect(await follow(store, [at.root])).toEqual({ ...zero, files: 6, unchanged: 6 });
    expect(await persons(store)).toEqual(before);
  });

  test("follows an update: the old file renamed, the new one beside it", async () => {
    const [store, at] = [await stores.open(dialect), storage()];
    at.put({ pid: "0000000001", type: "ADT-00" }, basics("0000000001"));
    const old = at.put({ pid: "0000000001", type: "OMP-01", day: "20260101", order: "1" }, prescription("0000000001", "1^古い薬^HOT9"));
    await follow(store, [at.root]);
    at.rename(old, "2");
    at.put(
      { pid: "0000000001", type: "OMP-01", day: "20260101", order: "1", stamp: "20260102120000000" },
      prescription("0000000001", "2^新しい薬^HOT9"),
    );
    expect(await follow(store, [at.root])).toMatchObject({ files: 3, accepted: 1, unchanged: 1, superseded: 1, people: 1, gone: 0 });
    expect(await drugs(store, "0000000001")).toEqual(["新しい薬"]);
    expect(await persons(store)).toMatchObject([{ changed: 2, sealed: 0 }]);
  });

  test("follows a deletion: all renamed, the delete message beside them", async () => {
    const [store, at] = [await stores.open(dialect), storage()];
    at.put({ pid: "0000000001", type: "ADT-00" }, basics("0000000001"));
    const old = at.put({ pid: "0000000001", type: "OMP-01", day: "20260101", order: "1" }, prescription("0000000001", "1^取消薬^HOT9"));
    await follow(store, [at.root]);
    at.rename(old, "0");
    at.put(
      { pid: "0000000001", type: "OMP-01", day: "20260101", order: "1", stamp: "20260102120000000", flag: "0" },
      prescription("0000000001", "1^取消薬^HOT9"),
    );
    expect(await follow(store, [at.root])).toMatchObject({ files: 3, unchanged: 1, deleted: 2, people: 1, gone: 0 });
    expect(await drugs(store, "0000000001")).toEqual([]);
  });

  test("a file that vanished is gone from the records, kept in history, and comes back with its first date", async () => {
    const [store, at] = [await stores.open(dialect), storage()];
    at.put({ pid: "0000000001", type: "ADT-00" }, basics("0000000001"));
    const named = { pid: "0000000001", type: "OMP-01", day: "20260101", order: "1" };
    const path = at.put(named, prescription("0000000001", "1^消えた薬^HOT9"));
    await follow(store, [at.root]);
    const received = (await store.db.selectFrom("file").select("received").where("path", "=", path).executeTakeFirstOrThrow()).received;
    at.remove(path);
    expect(await follow(store, [at.root])).toEqual({ ...zero, files: 1, unchanged: 1, people: 1, gone: 1 });
    expect(await drugs(store, "0000000001")).toEqual([]);
    expect(await store.db.selectFrom("file").select("state").where("path", "=", path).execute()).toEqual([{ state: "gone" }]);
    at.put(named, prescription("0000000001", "1^消えた薬^HOT9"));
    expect(await follow(store, [at.root])).toMatchObject({ files: 2, accepted: 1, unchanged: 1 });
    expect(await drugs(store, "0000000001")).toEqual(["消えた薬"]);
    expect(await store.db.selectFrom("file").select(["state", "received"]).where("path", "=", path).execute()).toEqual([
      { state: "accepted", received },
    ]);
  });

  test("a person folder that vanished whole is gone, with all its files", async () => {
    const [store, at] = [await stores.open(dialect), storage()];
    at.put({ pid: "0000000001", type: "ADT-00" }, basics("0000000001"));
    at.put({ pid: "0000000002", type: "ADT-00" }, basics("0000000002", { card: "" }));
    await follow(store, [at.root]);
    at.remove("000/000/0000000002");
    expect(await follow(store, [at.root])).toEqual({ ...zero, files: 1, unchanged: 1, people: 1, gone: 1 });
  });

  test("other bytes under the same name are a new file; the old bytes stay in history", async () => {
    const [store, at] = [await stores.open(dialect), storage()];
    const named = { pid: "0000000001", type: "OMP-01", day: "20260101", order: "1" };
    const path = at.put(named, prescription("0000000001", "1^前の薬^HOT9"));
    await follow(store, [at.root]);
    at.put(named, prescription("0000000001", "1^後の薬だ^HOT9"));
    expect(await follow(store, [at.root])).toMatchObject({ files: 1, accepted: 1, people: 1, gone: 0 });
    expect(await drugs(store, "0000000001")).toEqual(["後の薬だ"]);
    expect(await store.db.selectFrom("file").select("state").where("path", "=", path).orderBy("id").execute()).toEqual([
      { state: "gone" },
      { state: "accepted" },
    ]);
  });

  test("another time of change with the same bytes changes nothing; the same time and size with another state does", async () => {
    const [store, at] = [await stores.open(dialect), storage()];
    const named = { pid: "0000000001", type: "OMP-01", day: "20260101", order: "1" };
    const path = at.put(named, prescription("0000000001", "1^薬^HOT9"));
    await follow(store, [at.root]);
    utimesSync(join(at.root, path), 1_000, 2_000);
    expect(await follow(store, [at.root])).toEqual({ ...zero, files: 1, unchanged: 1 });
    at.put({ ...named, stamp: "20260102120000000" }, prescription("0000000001", "1^次の薬^HOT9"));
    expect(await follow(store, [at.root])).toMatchObject({ files: 2, accepted: 1, superseded: 1, unchanged: 0 });
    expect(await drugs(store, "0000000001")).toEqual(["次の薬"]);
  });

  test("a key with only a superseded file counts once, and is then unchanged", async () => {
    const [store, at] = [await stores.open(dialect), storage()];
    at.put({ pid: "0000000001", type: "OMP-01", day: "20260101", order: "1", flag: "2" }, prescription("0000000001", "1^薬^HOT9"));
    expect(await follow(store, [at.root])).toMatchObject({ files: 1, superseded: 1, warnings: 1, people: 0 });
    expect(await follow(store, [at.root])).toEqual({ ...zero, files: 1, unchanged: 1 });
  });

  test("a store over two roots is one; a run over one of them leaves the other alone; a moved root is the same root", async () => {
    const [store, one, two] = [await stores.open(dialect), storage(), storage("1310000001_vol2")];
    one.put({ pid: "0000000001", type: "ADT-00" }, basics("0000000001"));
    two.put({ pid: "0000000001", type: "OMP-01", day: "20260101", order: "1" }, prescription("0000000001", "1^薬^HOT9"));
    expect(await follow(store, [one.root, two.root])).toMatchObject({ files: 2, accepted: 2, people: 1 });
    expect(await follow(store, [one.root])).toEqual({ ...zero, files: 1, unchanged: 1 });
    expect(await drugs(store, "0000000001")).toEqual(["薬"]);
    const moved = storage("1310000001_vol3");
    cpSync(two.root, moved.root, { recursive: true, preserveTimestamps: true });
    expect(await follow(store, [one.root, moved.root])).toEqual({ ...zero, files: 2, unchanged: 2 });
    expect(await drugs(store, "0000000001")).toEqual(["薬"]);
  });

  test("two hospitals that know one card are one person, until the card's data change at one of them", async () => {
    const [store, one, two] = [await stores.open(dialect), storage(), storage("1310000002")];
    const path = one.put({ pid: "0000000001", type: "ADT-00" }, basics("0000000001"));
    two.put({ pid: "77", type: "ADT-00" }, basics("77"));
    await follow(store, [one.root]);
    expect(await follow(store, [two.root], "1310000002")).toMatchObject({ people: 1 });
    const [joined, ...none] = await persons(store);
    expect(none).toEqual([]);
    one.rename(path, "2");
    one.put({ pid: "0000000001", type: "ADT-00", stamp: "20260201120000000" }, basics("0000000001", { birth: "19480306" }));
    await follow(store, [one.root]);
    const split = await persons(store);
    expect(split).toHaveLength(2);
    expect(split.every((person) => person.changed > person.sealed)).toBe(true);
    expect(split.find((person) => person.ref === joined?.ref)?.changed).toBeGreaterThan(joined?.changed ?? 0);
  });

  test("a person of whom only a prescription came is a person", async () => {
    const [store, at] = [await stores.open(dialect), storage()];
    at.put({ pid: "0000000001", type: "OMP-01", day: "20260101", order: "1" }, prescription("0000000001", "1^薬^HOT9"));
    expect(await follow(store, [at.root])).toMatchObject({ files: 1, accepted: 1, people: 1 });
  });

  test("refuses what it cannot mean, before it writes anything", async () => {
    const [store, at, other] = [await stores.open(dialect), storage(), storage("volume")];
    await expect(follow(store, [at.root])).rejects.toMatchObject({ code: "ingest-root-missing" });
    at.put({ pid: "1", type: "ADT-00" }, basics("1"));
    other.put({ pid: "1", type: "ADT-00" }, basics("1"));
    await expect(follow(store, [join(at.root, "none")])).rejects.toMatchObject({ code: "ingest-root-missing" });
    await expect(follow(store, [])).rejects.toMatchObject({ code: "ingest-root-missing" });
    await expect(follow(store, [at.root], "")).rejects.toMatchObject({ code: "ingest-facility-bad" });
    await expect(follow(store, [at.root], "131000000")).rejects.toMatchObject({ code: "ingest-facility-bad" });
    await expect(follow(store, [at.root], "1310000002")).rejects.toMatchObject({ code: "ingest-facility-bad" });
    expect(await store.db.selectFrom("facility").selectAll().execute()).toEqual([]);
    await follow(store, [other.root]);
    await expect(follow(store, [other.root], "1310000002")).rejects.toMatchObject({ code: "ingest-facility-bad" });
  });

  test("refuses to run beside another run", async () => {
    const [store, at] = [await stores.open(dialect), storage()];
    at.put({ pid: "1", type: "ADT-00" }, basics("1"));
    const lock = await store.lock();
    await expect(follow(store, [at.root])).rejects.toMatchObject({ code: "hub-data-locked" });
    await lock.release();
    expect(await follow(store, [at.root])).toMatchObject({ files: 1 });
  });
});
