import fc from "fast-check";
import { expect, test } from "vitest";
import { ingest } from "../../../src/hub/flow/ingest.ts";
import { unwatched } from "../../../src/hub/flow/phase.ts";
import { recordsOf } from "../../../src/hub/flow/records.ts";
import { summaryOfPatient } from "../../../src/hub/flow/summary.ts";
import type { Store } from "../../../src/hub/store/store.ts";
import { testStores } from "../store/open.ts";
import { Hospital, histories, pids } from "./history.ts";
import { type TestStorage, testStorage } from "./storage.ts";

const facility = "1310000001";
const now = "2026-01-02T00:00:00.000Z";
const stores = testStores();
const numRuns = process.env.TOMOSHIBI_LONG === "1" ? 3_000 : 150;

const look = (store: Store, at: TestStorage) => ingest(store, { roots: [at.root], facility, name: "" }, now, unwatched);

/** What a region would see of it: files that stand, records in force, patients, and the summary of each. */
async function stateOf(store: Store): Promise<unknown> {
  const files = await store.db
    .selectFrom("file")
    .select(["path", "pid", "type", "hash", "size", "state", "reason", "records", "warnings", "received", "notes"])
    .where("state", "!=", "gone")
    .orderBy("path")
    .execute();
  const records = await recordsOf(
    store.db,
    pids.map((pid) => ({ facility, pid })),
  );
  const summaries = await Promise.all(
    pids.map((pid) =>
      summaryOfPatient(store.db, facility, pid).then(
        ({ summary }) => summary,
        () => null,
      ),
    ),
  );
  return { files, records: [...records].sort(([a], [b]) => (a < b ? -1 : 1)), summaries };
}

test("any history, looked at in any steps, ends as the final storage looked at once", async () => {
  let looked = 0;
  await fc.assert(
    fc.asyncProperty(histories, async (steps) => {
      const at = testStorage();
      const [store, fresh] = [await stores.open("sqlite"), await stores.open("sqlite")];
      try {
        const hospital = new Hospital(at);
        hospital.carryOut({ do: "write", key: { pid: pids[0], what: "basics", n: 1 }, text: 0 });
        for (const step of steps) {
          if (step.do !== "look") hospital.carryOut(step);
          else if (++looked) await look(store, at);
        }
        await look(store, at);
        await look(fresh, at);
        expect(await stateOf(store)).toEqual(await stateOf(fresh));
        const again = await look(store, at);
        expect(again).toMatchObject({ unchanged: again.files, people: 0, records: 0 });
      } finally {
        at.destroy();
        await store.close();
        await fresh.close();
      }
    }),
    { seed: 20260701, numRuns },
  );
  expect(looked).toBeGreaterThan(numRuns);
}, 3_600_000);
