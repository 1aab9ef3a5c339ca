import { setTimeout } from "node:timers/promises";
import { afterEach, test } from "vitest";
import { follow } from "../../../src/hub/flow/follow.ts";
import { unwatched } from "../../../src/hub/flow/phase.ts";
import { testStores } from "../store/open.ts";
import { record } from "./consented.ts";
import { basics, testStorage } from "./storage.ts";

const stores = testStores();
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

test("a withdrawal is published while a storage is followed, though no file changes, and so is one whose day comes", async () => {
  const store = await stores.open("sqlite");
  const at = testStorage();
  for (const n of [0, 1, 2])
    at.put({ pid: `000000000${n}`, type: "ADT-00" }, basics(`000000000${n}`, { birth: `1948030${n + 1}`, card: `10${n}` }));
  let now = Date.UTC(2026, 10, 20, 3);
  const ending = new AbortController();
  const running = follow(
    store,
    { roots: [at.root], facility: "1310000001", name: "灯台病院" },
    {
      clock: { now: () => now, monotonic: () => performance.now() },
      watch: unwatched,
      ...{ pollMs: 20, settleMs: 20, fullMs: 3_600_000, signal: ending.signal, onRound: () => undefined },
    },
  );
  ends.push(async () => {
    ending.abort();
    await running;
    at.destroy();
  });
  const published = async (people: number): Promise<void> => {
    for (let i = 0; i < 500; i++) {
      if ((await store.db.selectFrom("index_row").select("person").execute()).length === people) return;
      await setTimeout(20);
    }
    throw new Error(`never ${people} people`);
  };
  await published(3);
  const patient = { facility: "1310000001", value: "withdrawn" };
  await record(store, now, { ...patient, pid: "0000000000" }, { ...patient, pid: "0000000001", from: "2026-11-21" });
  await published(2);
  now += 86_400_000;
  await published(1);
});
