/**
 * A disaster on the real device and the real hub: declared by the operator or by two members with no hub, the rescue roster, and its end.
 * Each entry comes home and stands in the hub's journal.
 */
import "fake-indexeddb/auto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { disastersView } from "../../src/hub/flow/disaster.ts";
import { ingest } from "../../src/hub/flow/ingest.ts";
import { unwatched } from "../../src/hub/flow/phase.ts";
import { declareDisaster, endDisaster } from "../../src/hub/people/disaster.ts";
import { openKeys } from "../../src/hub/publish/index.ts";
import type { Store } from "../../src/hub/store/store.ts";
import { systemClock } from "../../src/shared/clock.ts";
import type { Core } from "../../src/viewer/app/core.ts";
import type { OtherSigner } from "../../src/viewer/app/core-disaster.ts";
import { VaultDb } from "../../src/viewer/vault/db.ts";
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

const deps = async () => ({ db: store.db, clock: systemClock, keys: await openKeys(store.dataDir) });
const kindsAtHub = async () =>
  (await store.db.selectFrom("journal_entry").select(["kind", "staff", "what", "note"]).orderBy("seq").execute()).filter(({ kind }) =>
    ["declare", "declare-end", "rescue", "print"].includes(kind),
  );
const member = (at: number) => {
  const found = device.staff[at];
  if (found === undefined) throw new Error("nobody there");
  return found;
};
const together = (at: number): OtherSigner => ({ kind: "member", staffId: member(at).id, credential: member(at).credential });

beforeAll(async () => {
  store = await stores.reopen(await stores.place("sqlite"));
  storage = testStorage(facility);
  storage.put({ pid: "1", type: "ADT-00" }, basics("1"));
  storage.put({ pid: "1", type: "OMP-01" }, prescription("1", "ノボラピッド注フレックスペン"));
  storage.put({ pid: "2", type: "ADT-00" }, basics("2", { kana: "ミホン^ジロウ", birth: "19700101", sex: "M", card: "200" }));
  await ingest(store, { roots: [storage.root], facility, name: "灯台病院" }, new Date().toISOString(), unwatched);
  device = await deviceOf(store, "disaster", 3);
  core = device.core;
}, 60_000);
afterAll(() => storage.destroy());

test("the roster is shut while nothing is declared", async () => {
  expect(core.disaster()).toBeNull();
  expect(core.rescueCount()).toBe(1);
  expect(await codeFrom(core.openRescue())).toBe("disaster-not-declared");
  expect(await codeFrom(core.recordRescuePrint(1))).toBe("disaster-not-declared");
});

test("nobody declares alone, with somebody not named for it, or by another's wrong word", async () => {
  const declare = (other: OtherSigner) => codeFrom(core.declareDisaster("停電", other));
  expect(core.declarers().map(({ id }) => id)).toEqual([member(1).id]);
  expect(await declare(together(0))).toBe("second-person-refused");
  expect(await declare(together(2))).toBe("disaster-not-declared");
  const wrong = { kind: "passphrase", passphrase: core.offerPassphrase() } as const;
  expect(await declare({ kind: "member", staffId: member(1).id, credential: wrong })).toBe("unlock-wrong");
  expect(core.disaster()).toBeNull();
  expect(await kindsAtHub()).toEqual([]);
});

test("two named members declare: both entries, the roster opens and is printed, and it ends by hand", async () => {
  await core.declareDisaster("架空県南部地震", together(1));
  expect(core.disaster()).toMatchObject({ words: "架空県南部地震", by: "here" });
  const lines = await core.openRescue();
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ name: "灯台 花子", reasons: [{ need: "insulin" }] });
  await core.recordRescuePrint(1);
  await core.endDisaster();
  expect(core.disaster()).toBeNull();
  expect(await codeFrom(core.openRescue())).toBe("disaster-not-declared");
  await core.sync();
  expect((await kindsAtHub()).map(({ kind, staff }) => [kind, staff])).toEqual([
    ["declare", member(0).id],
    ["declare", member(1).id],
    ["rescue", member(0).id],
    ["print", member(0).id],
    ["declare-end", member(0).id],
  ]);
  const { declared } = await disastersView(store.db, systemClock);
  expect(declared.map(({ words, ended }) => [words, ended])).toEqual([
    ["架空県南部地震", true],
    ["架空県南部地震", true],
  ]);
});

test("a declaration put on the disk by hand, of another device, or changed by a bit, is not believed", async () => {
  await core.declareDisaster("停電", together(1));
  const vault = new VaultDb("disaster-vault");
  const bytes = (await vault.signed.get("declared"))?.bytes;
  if (!bytes) throw new Error("nothing was declared");
  const restarted = async () => {
    const again = await device.start();
    return again.disaster();
  };
  expect(await restarted()).toMatchObject({ words: "停電" });
  const changed = bytes.slice();
  changed[changed.length - 5] = (changed[changed.length - 5] ?? 0) ^ 1;
  await vault.signed.put({ what: "declared", bytes: changed });
  expect(await restarted()).toBeNull();
  // One signature twice is one person.
  const { decodeCbor, encodeCbor } = await import("../../src/shared/crypto/cbor.ts");
  const map = decodeCbor(bytes) as { by: unknown[] };
  await vault.signed.put({ what: "declared", bytes: encodeCbor({ ...map, by: [map.by[0], map.by[0]] }) });
  expect(await restarted()).toBeNull();
  await vault.signed.delete("declared");
  vault.close();
  core = await device.start();
  await core.unlock(member(0).id, member(0).credential);
});

test("the operator's word reaches the device at its next contact, and so does its end", async () => {
  const id = await declareDisaster(await deps(), { sites: ["*"], hours: 24, words: "架空川の氾濫" }, "運用 太郎");
  expect(core.disaster()).toBeNull();
  await core.sync();
  expect(core.disaster()).toMatchObject({ words: "架空川の氾濫", by: "hub" });
  expect(await codeFrom(core.endDisaster())).toBe("disaster-not-declared");
  expect(await core.openRescue()).toHaveLength(1);
  // It outlives a restart with no hub.
  expect((await device.start()).disaster()).toMatchObject({ by: "hub" });
  await endDisaster(await deps(), id, "運用 次郎");
  await core.sync();
  expect(core.disaster()).toBeNull();
  const report = (await disastersView(store.db, systemClock)).disasters[0];
  expect(report?.rescues).toBe(1);
});
