/**
 * Consent all the way: hospital files → the real hub → a real device that pulls. What consent takes away is gone from the device at its next
 * pull: found by no search, opened by no glass, in no row of its database; and what was sealed for it is served no more.
 */
import "fake-indexeddb/auto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ingest } from "../../src/hub/flow/ingest.ts";
import { unwatched } from "../../src/hub/flow/phase.ts";
import { publish } from "../../src/hub/flow/publish.ts";
import type { Store } from "../../src/hub/store/store.ts";
import { systemClock } from "../../src/shared/clock.ts";
import { codeOf } from "../../src/shared/error.ts";
import type { Core } from "../../src/viewer/app/core.ts";
import { VaultDb } from "../../src/viewer/vault/db.ts";
import { record } from "../hub/flow/consented.ts";
import { basics, type TestStorage, testStorage } from "../hub/flow/storage.ts";
import { testStores } from "../hub/store/open.ts";
import { deviceOf } from "./device.ts";

const [A, B] = ["1310000001", "1310000002"] as const;
const stores = testStores();
const storages: TestStorage[] = [];
let store: Store;
let core: Core;
let hub: (request: Request) => Promise<Response>;

const allergic = (pid: string, substance: string, who?: Parameters<typeof basics>[1]) => [
  ...basics(pid, who),
  `AL1|1|DA^薬剤アレルギー^HL70127|^${substance}|SV|呼吸困難|20100401`,
];
const jiro = { kana: "ミホン^ジロウ", birth: "19700101", sex: "M", card: "200" };
const says = (part: Parameters<typeof record>[2]) => record(store, Date.now(), { from: "2026-01-01", ...part });
const published = async () => {
  const done = await publish(store, systemClock, unwatched);
  await core.sync();
  expect(core.status().syncError).toBeNull();
  return done;
};
const names = () => ["とうだい", "みほん"].map((typed) => core.search(typed).length);
const packNames = async (): Promise<string[]> => (await store.db.selectFrom("pack").select("name").execute()).map(({ name }) => name);

/** Everything the device keeps, as one text of bytes, table by table. */
async function rowsOnDevice(): Promise<Record<string, number>> {
  const vault = new VaultDb("consent-vault");
  try {
    const counts = await Promise.all(vault.tables.map(async (table) => [table.name, await table.count()] as const));
    return Object.fromEntries(counts);
  } finally {
    vault.close();
  }
}

beforeAll(async () => {
  store = await stores.reopen(await stores.place("sqlite"));
  const [a, b] = [testStorage(A), testStorage(B)];
  storages.push(a, b);
  a.put({ pid: "1", type: "ADT-00" }, allergic("1", "架空ペニシリン"));
  a.put({ pid: "2", type: "ADT-00" }, allergic("2", "架空セフェム", jiro));
  b.put({ pid: "77", type: "ADT-00" }, allergic("77", "架空アスピリン"));
  for (const [facility, { root }] of [
    [A, a],
    [B, b],
  ] as const)
    await ingest(store, { roots: [root], facility, name: facility === A ? "灯台病院" : "見本病院" }, new Date().toISOString(), unwatched);
  ({ core, hub } = await deviceOf(store, "consent"));
});
afterAll(() => {
  for (const made of storages) made.destroy();
});

const stripOf = async (typed: string): Promise<readonly string[]> => {
  const [hit] = core.search(typed);
  if (hit === undefined) throw new Error("nobody found");
  const grant = await core.breakGlass(hit, core.policy().reasons.find(({ phase }) => phase === 1)?.id ?? "");
  const { strip } = await core.openStrip(grant);
  await core.endGrant(grant);
  return strip.items.map(({ text }) => text);
};

test("at first the device has both people, and what both hospitals said of the one", async () => {
  expect(core.status()).toMatchObject({ people: 2 });
  expect(names()).toEqual([1, 1]);
  expect(await stripOf("とうだい")).toEqual(expect.arrayContaining(["架空ペニシリン", "架空アスピリン"]));
});

test("a hospital out of scope is gone from the strip at the next pull", async () => {
  await says({ facility: A, pid: "1", kind: "facility", target: B, value: "hidden" });
  await published();
  const [hit] = core.search("とうだい");
  expect(JSON.stringify(hit)).not.toContain("見本病院");
  expect(await stripOf("とうだい")).toEqual(["架空ペニシリン"]);
});

test("who opted out leaves the device at its next pull, even one whose hit was on the screen; the neighbour stays", async () => {
  const [onScreen] = core.search("とうだい");
  if (onScreen === undefined) throw new Error("nobody found");
  const before = await packNames();
  const whole = await rowsOnDevice();
  await says({ facility: A, pid: "1", kind: "emergency", value: "optedOut" });
  expect(await published()).toMatchObject({ people: 1, removed: 3 });
  expect(core.status()).toMatchObject({ people: 1 });
  expect(names()).toEqual([0, 1]);
  const reason = core.policy().reasons.find(({ phase }) => phase === 1)?.id ?? "";
  const opened = core.breakGlass(onScreen, reason).then(async (grant) => await core.openStrip(grant));
  expect(["pack-not-cached", "ring-entry-missing"]).toContain(
    await opened.then(
      () => "opened",
      (error: unknown) => codeOf(error),
    ),
  );
  const left = await packNames();
  const gone = before.filter((name) => !left.includes(name));
  expect(gone).toHaveLength(3);
  for (const name of gone) expect((await hub(new Request(`http://localhost:8787/packs/${name}`))).status).toBe(404);
  const vault = new VaultDb("consent-vault");
  const stored = JSON.stringify(await Promise.all(vault.tables.map((table) => table.toCollection().primaryKeys())));
  vault.close();
  for (const name of gone) expect(stored).not.toContain(name);
  const after = await rowsOnDevice();
  expect(Object.values(after).reduce((a, b) => a + b)).toBeLessThan(Object.values(whole).reduce((a, b) => a + b));
});

test("a withdrawn person who comes to another hospital without a card does not come back by it", async () => {
  const b = storages[1];
  b?.put({ pid: "78", type: "ADT-00" }, allergic("78", "架空ロキソニン", { card: "" }));
  await ingest(store, { roots: [b?.root ?? ""], facility: B, name: "" }, new Date().toISOString(), unwatched);
  expect(await published()).toMatchObject({ people: 1, withheld: 2 });
  expect(names()).toEqual([0, 1]);
});

test("when the last of them withdraws, the device holds nobody", async () => {
  await says({ facility: A, pid: "2", value: "withdrawn" });
  expect(await published()).toMatchObject({ people: 0 });
  expect(core.status()).toMatchObject({ people: 0 });
  expect(names()).toEqual([0, 0]);
});

test("who takes the opt-out back is there again; the hospital is still out of scope, and so is whoever resembles them there", async () => {
  await says({ facility: A, pid: "1", kind: "emergency", value: "allowed" });
  expect(await published()).toMatchObject({ people: 1, withheld: 2 });
  expect(names()).toEqual([1, 0]);
  expect(await stripOf("とうだい")).toEqual(["架空ペニシリン"]);
});
