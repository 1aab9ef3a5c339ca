import { afterEach, describe, expect, test } from "vitest";
import { setFacility } from "../../../src/hub/flow/facility.ts";
import { ingest } from "../../../src/hub/flow/ingest.ts";
import { unwatched } from "../../../src/hub/flow/phase.ts";
import { report } from "../../../src/hub/flow/report.ts";
import { dialects, testStores } from "../store/open.ts";
import { basics, prescription, type TestStorage, testStorage } from "./storage.ts";

const facility = "1310000001";
const stores = testStores();
const storages: TestStorage[] = [];

afterEach(() => {
  for (const made of storages.splice(0)) made.destroy();
});

describe.each(dialects)("the report of a facility on %s", (dialect) => {
  test("counts what is in force, says how late it came after the first run, and names what was refused and why", async () => {
    const store = await stores.open(dialect);
    const at = testStorage();
    storages.push(at);
    const run = (now: string) => ingest(store, { roots: [at.root], facility, name: "灯台病院" }, now, unwatched);
    at.put({ pid: "0000000001", type: "ADT-00" }, basics("0000000001"));
    at.put({ pid: "0000000002", type: "ADT-00" }, basics("0000000009"));
    await run("2026-03-01T00:00:00.000Z");
    // Made at 12:00 and 11:00 in Japan, received at 03:10 UTC = 12:10.
    at.put(
      { pid: "0000000001", type: "OMP-01", day: "20260302", order: "1", stamp: "20260302120000000" },
      prescription("0000000001", "1^薬^HOT9"),
    );
    at.put(
      { pid: "0000000001", type: "OMP-01", day: "20260302", order: "2", stamp: "20260302110000" },
      prescription("0000000001", "1^薬^HOT9"),
    );
    await run("2026-03-02T03:10:00.000Z");
    const [only, ...others] = await report(store.db, facility);
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      facility,
      name: "灯台病院",
      patients: 1,
      first: "2026-03-01T00:00:00.000Z",
      newest: "2026-03-02T03:10:00.000Z",
    });
    expect(only?.types.map(({ type, accepted, quarantined }) => [type, accepted, quarantined])).toEqual([
      ["ADT-00", 1, 1],
      ["OMP-01", 2, 0],
    ]);
    expect(only?.lateness).toEqual({ files: 2, median: 4_200, p95: 4_200, worst: 4_200 });
    expect(only?.refused).toMatchObject([{ reason: "pid-differs", type: "ADT-00", files: 1 }]);
    expect(only?.refused[0]?.examples[0]).toContain("0000000002");
  });

  test("tells a facility that has sent nothing, and one that came once, without inventing a lateness", async () => {
    const store = await stores.open(dialect);
    await setFacility(store, { code: "1310000002", name: "見本診療所", telephone: "" });
    expect(await report(store.db)).toMatchObject([
      { facility: "1310000002", patients: 0, first: "", newest: "", types: [], lateness: null, refused: [] },
    ]);
    expect(await report(store.db, "1310000009")).toEqual([]);
  });
});
