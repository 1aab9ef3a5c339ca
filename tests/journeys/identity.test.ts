/**
 * A wrong merge and its undoing, all the way: hospital files → the real hub → a real device that pulls. What belongs to somebody else is
 * gone from the summary, the packs, the manifest and the device at its next pull, and the former packs are served no more.
 */
import "fake-indexeddb/auto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { joinPatients, splitPerson, undoDecision } from "../../src/hub/flow/identity-decide.ts";
import { followMerges } from "../../src/hub/flow/identity-hl7.ts";
import { identifiersOf } from "../../src/hub/flow/identity-search.ts";
import { ingest } from "../../src/hub/flow/ingest.ts";
import { unwatched } from "../../src/hub/flow/phase.ts";
import { publish } from "../../src/hub/flow/publish.ts";
import { patientById } from "../../src/hub/store/patient.ts";
import type { Store } from "../../src/hub/store/store.ts";
import { utf8 } from "../../src/shared/bytes.ts";
import { systemClock } from "../../src/shared/clock.ts";
import type { Core } from "../../src/viewer/app/core.ts";
import { VaultDb } from "../../src/viewer/vault/db.ts";
import { basics, type TestStorage, testStorage } from "../hub/flow/storage.ts";
import { testStores } from "../hub/store/open.ts";
import { deviceOf } from "./device.ts";

const [A, B] = ["1310000001", "1310000002"] as const;
const stores = testStores();
const storages = new Map<string, TestStorage>();
let store: Store;
let core: Core;
let hub: (request: Request) => Promise<Response>;
const word = { who: "見本 確認", why: "診察券と写真で確認" };

const allergic = (pid: string, substance: string, who?: Parameters<typeof basics>[1]) => [
  ...basics(pid, who),
  `AL1|1|DA^薬剤アレルギー^HL70127|^${substance}^HOT9|SV|呼吸困難|20100401`,
];
const deps = () => ({ db: store.db, clock: systemClock });
const follow = (facility: string) =>
  ingest(store, { roots: [storages.get(facility)?.root ?? ""], facility, name: `病院${facility}` }, new Date().toISOString(), unwatched);
const pull = async () => {
  await publish(store, systemClock, unwatched);
  await core.sync();
  expect(core.status().syncError).toBeNull();
};
const packNames = async () => (await store.db.selectFrom("pack").select("name").execute()).map(({ name }) => name);

/** What each person of this name shows on the device: one list of texts a person, sorted. */
async function strips(typed: string): Promise<string[][]> {
  const found: string[][] = [];
  for (const hit of core.search(typed)) {
    const grant = await core.breakGlass(hit, core.policy().reasons.find(({ phase }) => phase === 1)?.id ?? "");
    const { strip } = await core.openStrip(grant);
    await core.endGrant(grant);
    found.push(strip.items.map(({ text }) => text).sort());
  }
  return found.sort();
}

beforeAll(async () => {
  store = await stores.reopen(await stores.place("sqlite"));
  for (const facility of [A, B]) storages.set(facility, testStorage(facility));
  storages.get(A)?.put({ pid: "1", type: "ADT-00" }, allergic("1", "架空ペニシリン"));
  // The desk of B took a stranger for her and typed her card, name and birth date.
  storages.get(B)?.put({ pid: "77", type: "ADT-00" }, allergic("77", "架空アスピリン"));
  for (const facility of [A, B]) await follow(facility);
  ({ core, hub } = await deviceOf(store, "identity"));
});
afterAll(() => {
  for (const made of storages.values()) made.destroy();
});

test("a split takes the stranger's data out of the packs at the next publication, and off the device at its next pull", async () => {
  expect(await strips("とうだい")).toEqual([["架空アスピリン", "架空ペニシリン"]]);
  const before = await packNames();
  const ref = (await patientById(store.db, { facility: A, pid: "1" }))?.person ?? "";
  await splitPerson(deps(), ref, [{ facility: B, pid: "77" }], word);
  await pull();
  expect(await strips("とうだい")).toEqual([["架空アスピリン"], ["架空ペニシリン"]]);
  expect(await identifiersOf(store.db, { facility: A, pid: "1" })).toEqual([{ facility: A, pid: "1" }]);

  const left = await packNames();
  const gone = before.filter((name) => !left.includes(name));
  expect(gone.length).toBeGreaterThanOrEqual(2);
  for (const name of gone) expect((await hub(new Request(`http://localhost:8787/packs/${name}`))).status).toBe(404);
  const vault = new VaultDb("identity-vault");
  const stored = await vault.packs.toCollection().primaryKeys();
  vault.close();
  for (const name of gone) expect(stored).not.toContain(name);
});

test("what arrives later does not bring them together again", async () => {
  storages.get(B)?.put({ pid: "77", type: "ADT-00", stamp: "20260201120000000" }, allergic("77", "架空ヨード"));
  await follow(B);
  await pull();
  expect(await strips("とうだい")).toEqual([["架空ペニシリン"], ["架空ヨード"]]);
});

test("a merge by the operator is one person on the device; taken back, it is two again", async () => {
  const [decision = 0] = await joinPatients(deps(), { facility: A, pid: "1" }, { facility: B, pid: "77" }, word);
  await pull();
  expect(await strips("とうだい")).toEqual([["架空ペニシリン", "架空ヨード"]]);
  await undoDecision(deps(), decision, word);
  await pull();
  expect(await strips("とうだい")).toEqual([["架空ペニシリン"], ["架空ヨード"]]);
});

test("a hospital's A40 moves the old number's data to the surviving one, files that come later too, and can be undone", async () => {
  const a40 = utf8(`MSH|^~\\&|HIS|${A}|HUB|R|20260301||ADT^A40^ADT_A39|M1|P|2.5\rEVN||20260301\rPID|||1^^^^PI\rMRG|8^^^^PI\r`);
  expect(await followMerges(deps(), a40, null)).toMatchObject([{ outcome: "followed" }]);
  storages.get(A)?.put({ pid: "8", type: "ADT-00" }, allergic("8", "架空セフェム", { kana: "トウダイ^ハナ", birth: "19480305", card: "" }));
  await follow(A);
  await pull();
  expect(await strips("とうだい")).toEqual([["架空セフェム", "架空ペニシリン"], ["架空ヨード"]]);
  const a = await store.db.selectFrom("identity_decision").select("id").where("kind", "=", "a40").executeTakeFirstOrThrow();
  await undoDecision(deps(), a.id, word);
  await pull();
  expect(await strips("とうだい")).toEqual([["架空セフェム"], ["架空ペニシリン"], ["架空ヨード"]]);
});
