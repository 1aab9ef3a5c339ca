import { afterAll, expect, test } from "vitest";
import { ingest } from "../../../src/hub/flow/ingest.ts";
import { unwatched } from "../../../src/hub/flow/phase.ts";
import { publish } from "../../../src/hub/flow/publish.ts";
import { everybodyTakesPart, testStores } from "../store/open.ts";
import { differences, halves, snapshot } from "./snapshot.ts";
import { basics, prescription, testStorage } from "./storage.ts";

const stores = testStores();
const at = testStorage();
afterAll(() => at.destroy());

// The judge of the kill tests must see what it is there to see.
test("a half person, a missing pack and another ending are seen; an untouched store is not accused", async () => {
  at.put({ pid: "0000000001", type: "ADT-00" }, basics("0000000001"));
  const place = await stores.place("sqlite");
  const before = await snapshot(place);
  const store = await stores.reopen(place);
  await everybodyTakesPart(store);
  const prescribed = at.put({ pid: "0000000001", type: "OMP-01", day: "20260101", order: "1" }, prescription("0000000001", "1^薬^HOT9"));
  await ingest(store, { roots: [at.root], facility: "1310000001", name: "" }, "2026-01-01T00:00:00.000Z", unwatched);
  await publish(store, { now: () => 0, monotonic: () => 0 }, unwatched);
  const after = await snapshot(place);
  expect(halves(after, before, after)).toEqual([]);
  expect(differences(after, after)).toEqual([]);
  expect(differences(before, after)).not.toEqual([]);
  const { person } = await store.db.selectFrom("pack").select("person").limit(1).executeTakeFirstOrThrow();
  await store.db.deleteFrom("pack").where("part", "=", "rest").execute();
  expect(halves(await snapshot(place), before, after)).toEqual([person]);
  const { id } = await store.db.selectFrom("file").select("id").where("path", "=", prescribed).executeTakeFirstOrThrow();
  await store.db.deleteFrom("content").where("file", "=", id).execute();
  await store.db.deleteFrom("file").where("id", "=", id).execute();
  expect(halves(await snapshot(place), before, after)).toEqual(["1310000001|000/000/0000000001", person]);
});
