import { chmodSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { facilities, putFacility } from "../../../src/hub/store/facility.ts";
import { secretNamed } from "../../../src/hub/store/secret.ts";
import { openStore } from "../../../src/hub/store/store.ts";
import { dialects, testStores } from "./open.ts";

const stores = testStores();

describe.each(dialects)("the store on %s", (dialect) => {
  test("keeps what was committed when it is closed and opened again", async () => {
    const place = await stores.place(dialect);
    const first = await openStore(place);
    expect(first.dialect).toBe(dialect);
    await putFacility(first.db, { code: "1310000001", name: "灯台病院", telephone: "" });
    const secret = await secretNamed(first.db, "example");
    await first.close();
    const second = await stores.reopen(place);
    expect(await facilities(second.db)).toEqual([{ code: "1310000001", name: "灯台病院", telephone: "" }]);
    expect(await secretNamed(second.db, "example")).toEqual(secret);
  });

  test("forgets a transaction that failed, whole", async () => {
    const { db } = await stores.open(dialect);
    const failed = db.transaction().execute(async (tx) => {
      await putFacility(tx, { code: "1310000001", name: "灯台病院", telephone: "" });
      throw new RangeError("on purpose");
    });
    await expect(failed).rejects.toThrow(RangeError);
    expect(await facilities(db)).toEqual([]);
  });

  test("opens from several sides at once on an empty place, and all see one schema and one secret", async () => {
    const place = await stores.place(dialect);
    const sides = await Promise.all([stores.reopen(place), stores.reopen(place), stores.reopen(place)]);
    const secrets = await Promise.all(sides.map((side) => secretNamed(side.db, "example")));
    expect(new Set(secrets.map((secret) => Buffer.from(secret).toString("hex"))).size).toBe(1);
  });

  test("gives the right to change clinical data to one side at a time; others still read and write", async () => {
    const place = await stores.place(dialect);
    const [one, two] = [await stores.reopen(place), await stores.reopen(place)];
    const lock = await one.lock();
    await expect(two.lock()).rejects.toMatchObject({ code: "hub-data-locked" });
    await putFacility(two.db, { code: "1310000002", name: "見本診療所", telephone: "" });
    expect(await facilities(one.db)).toHaveLength(1);
    await lock.release();
    await (await two.lock()).release();
  });

  test("reads and then writes from two sides at once without losing either", async () => {
    const place = await stores.place(dialect);
    const sides = [await stores.reopen(place), await stores.reopen(place)];
    const codes = Array.from({ length: 20 }, (_, i) => `13100000${10 + i}`);
    await Promise.all(
      codes.map((code, i) =>
        (sides[i % 2] as (typeof sides)[0]).db.transaction().execute(async (tx) => {
          await facilities(tx);
          await putFacility(tx, { code, name: code, telephone: "" });
        }),
      ),
    );
    expect((await facilities((sides[0] as (typeof sides)[0]).db)).map((row) => row.code)).toEqual(codes);
  });

  test("a name that is not sent again stays", async () => {
    const { db } = await stores.open(dialect);
    expect(await putFacility(db, { code: "1", name: "灯台病院", telephone: "000-000-0001" })).toBe(true);
    expect(await putFacility(db, { code: "1", name: "", telephone: "" })).toBe(false);
    expect(await facilities(db)).toEqual([{ code: "1", name: "灯台病院", telephone: "000-000-0001" }]);
  });
});

describe("a store that cannot be opened", () => {
  test("data folder is a file", async () => {
    const { dataDir } = await stores.place("sqlite");
    writeFileSync(join(dataDir, "file"), "");
    await expect(openStore({ dataDir: join(dataDir, "file"), databaseUrl: null })).rejects.toMatchObject({ code: "config-bad-data" });
    await expect(openStore({ dataDir: join(dataDir, "file", "below"), databaseUrl: null })).rejects.toMatchObject({
      code: "config-bad-data",
    });
  });

  test("the database file is something else", async () => {
    const place = await stores.place("sqlite");
    writeFileSync(join(place.dataDir, "hub.sqlite"), "not a database, but long enough to be looked at as one".repeat(100));
    await expect(openStore(place)).rejects.toMatchObject({ code: "config-bad-data" });
  });

  test("no PostgreSQL answers", async () => {
    const { dataDir } = await stores.place("sqlite");
    await expect(openStore({ dataDir, databaseUrl: "postgresql://localhost:1/none" })).rejects.toMatchObject({
      code: "config-bad-database-url",
    });
  });
});

test("the embedded database and its logs are for the hub's user alone, also in a folder that others can enter", async () => {
  const place = await stores.place("sqlite");
  chmodSync(place.dataDir, 0o755);
  const { db } = await stores.reopen(place);
  await putFacility(db, { code: "1", name: "灯台病院", telephone: "" });
  const modes = readdirSync(place.dataDir).map((name) => [name, statSync(join(place.dataDir, name)).mode & 0o077]);
  expect(modes).toEqual(
    expect.arrayContaining([
      ["hub.sqlite", 0],
      ["hub.sqlite-wal", 0],
      ["hub.sqlite-shm", 0],
    ]),
  );
});
