/** Rotation, removal and wipe on the real device and the real hub: what the operator does is what the device does at its next contact. */
import "fake-indexeddb/auto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ingest } from "../../src/hub/flow/ingest.ts";
import { unwatched } from "../../src/hub/flow/phase.ts";
import { publish } from "../../src/hub/flow/publish.ts";
import { revokeDevice } from "../../src/hub/people/devices.ts";
import { rotateFor } from "../../src/hub/people/rotation.ts";
import { listWipes } from "../../src/hub/people/wipe.ts";
import { openKeys } from "../../src/hub/publish/index.ts";
import { devices } from "../../src/hub/store/device.ts";
import { alerts } from "../../src/hub/store/journal.ts";
import type { Store } from "../../src/hub/store/store.ts";
import { systemClock } from "../../src/shared/clock.ts";
import type { Core } from "../../src/viewer/app/core.ts";
import { basics, prescription, type TestStorage, testStorage } from "../hub/flow/storage.ts";
import { testStores } from "../hub/store/open.ts";
import { codeFrom } from "../shared/pack/fixture.ts";
import { deviceOf, type Joined } from "./device.ts";

const facility = "1310000001";
const stores = testStores();
let storage: TestStorage;
let store: Store;
let device: Joined;
let core: Core;
let asked: string[] = [];

const deps = async () => ({ db: store.db, clock: systemClock, keys: await openKeys(store.dataDir) });

beforeAll(async () => {
  store = await stores.reopen(await stores.place("sqlite"));
  storage = testStorage(facility);
  storage.put({ pid: "1", type: "ADT-00" }, basics("1"));
  storage.put({ pid: "1", type: "OMP-01" }, prescription("1", "ワーファリン錠"));
  await ingest(store, { roots: [storage.root], facility, name: "灯台病院" }, new Date().toISOString(), unwatched);
  device = await deviceOf(store, "wipe", 2);
  core = device.core;
  const { hub } = device;
  device.hub = (request) => {
    asked.push(new URL(request.url).pathname);
    return hub(request);
  };
}, 120_000);
afterAll(() => storage.destroy());

test("a rotation that the operator orders comes as index and ring alone, and its entry goes home", async () => {
  await rotateFor(await deps(), { why: "operator", by: "試験 運用" });
  await publish(store, systemClock, unwatched);
  asked = [];
  await core.sync();
  expect(asked.filter((path) => path.startsWith("/packs/") || path.startsWith("/bundles/"))).toEqual([]);
  expect(asked.filter((path) => path.startsWith("/api/ring/") || path.startsWith("/api/shard/")).length).toBeGreaterThan(1);
  await core.sync();
  const entries = await store.db.selectFrom("journal_entry").select(["kind", "what"]).where("kind", "=", "epoch").execute();
  expect(entries.map(({ what }) => what)).toEqual(["epoch 2"]);
  expect(core.status()).toMatchObject({ leaseState: "normal", people: 1 });
});

test("a device that the operator revokes wipes itself at its next contact, and the hub has its word and its whole journal", async () => {
  const [row] = await devices(store.db);
  if (!row) throw new Error("no device");
  await revokeDevice(await deps(), row.id, "試験 運用");
  expect(await listWipes(store.db)).toMatchObject([{ device: row.id, told: 0, done: 0 }]);
  await core.sync();
  expect(core.status()).toMatchObject({ phase: "blank", staff: null, outbox: 0, wipe: { step: "done", reason: "revoked" } });
  const [order] = await listWipes(store.db);
  expect([Number(order?.told) > 0, Number(order?.done) > 0]).toEqual([true, true]);
  expect((await alerts(store.db, 100)).map(({ kind }) => kind)).toEqual(expect.arrayContaining(["wipe-waiting", "wipe-done"]));
  const entries = await store.db.selectFrom("journal_entry").select(["seq", "kind"]).where("device", "=", row.id).orderBy("seq").execute();
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, i) => i + 1));
  expect(entries.slice(-3).map(({ kind }) => kind)).toEqual(["lock", "wipe", "wipe"]);
  const next = await device.start();
  expect(next.status()).toMatchObject({ phase: "blank", wipe: { step: "done" } });
  expect(await codeFrom(next.unlock(device.staff[0]?.id ?? "", { kind: "passphrase", passphrase: "x" }))).toBe("vault-missing");
});
