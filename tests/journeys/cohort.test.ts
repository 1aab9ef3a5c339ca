/** A real device and the real hub: its cohort's people alone, a move to another cohort, a new epoch key, and a device that stayed away. */
import "fake-indexeddb/auto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { publishAll, rekey } from "../../src/hub/flow/epochs.ts";
import { makeHub } from "../../src/hub/hub.ts";
import { setCohort } from "../../src/hub/people/cohorts.ts";
import { type Demo, prepareDemo } from "../../src/hub/people/demo.ts";
import { rotateFor } from "../../src/hub/people/rotation.ts";
import { changeSite } from "../../src/hub/people/sites.ts";
import { type HubSecrets, openKeys, sealPerson } from "../../src/hub/publish/index.ts";
import { putFacility } from "../../src/hub/store/facility.ts";
import { openStore, type Store } from "../../src/hub/store/store.ts";
import { toBase64Url } from "../../src/shared/bytes.ts";
import { systemClock } from "../../src/shared/clock.ts";
import { randomBytes } from "../../src/shared/crypto/wrap.ts";
import { encodePart } from "../../src/shared/summary/encode.ts";
import type { Core } from "../../src/viewer/app/core.ts";
import { makeCore } from "../../src/viewer/app/make-core.ts";
import { journalLock } from "../../src/viewer/journal/append.ts";
import { VaultDb } from "../../src/viewer/vault/db.ts";
import { everybodyTakesPart } from "../hub/store/open.ts";
import { syntheticPerson } from "../msw/parts.ts";
import { refOf } from "../msw/sealed.ts";
import { fakePasskeys } from "../viewer/core/device.ts";

const facilities = ["1310000001", "1310000002"] as const;
const passkey = { kind: "passkey" } as const;
const clock = systemClock;
let dataDir: string;
let store: Store;
let secrets: HubSecrets;
let demo: Demo;
let core: Core;
let asked: string[];

/** Even numbers are known to the first facility, odd ones to the second. */
async function seal(i: number): Promise<void> {
  const { identity, parts } = syntheticPerson(i);
  const ref = toBase64Url(refOf(i));
  const facility = facilities[i % 2] ?? facilities[0];
  await putFacility(store.db, { code: facility, name: `架空病院${i % 2}`, telephone: "" });
  await store.db.insertInto("person").values({ ref, changed: 1, sealed: 1, maker: "test" }).execute();
  await store.db
    .insertInto("patient")
    .values({ facility, pid: String(i), links: "[]", person: ref, stale: 0, matched: 1 })
    .execute();
  const of = (name: string) => {
    const part = parts.find((each) => each.part === name);
    return part ? encodePart(part) : null;
  };
  const pair = (name: typeof identity.kanji) => name && ([name.family, name.given] as const);
  const row = { k: pair(identity.kanji), n: pair(identity.kana), b: identity.birthDate, s: "u" } as const;
  await sealPerson(store.db, secrets, {
    ref,
    parts: { strip: of("strip"), rest: of("rest"), protected: of("protected") },
    row: { ...row, a: identity.address, i: [[facility, String(i)]], h: [] },
  });
}

const people = () => ({ db: store.db, clock, keys: secrets });
const files = async () => {
  const db = new VaultDb("cohort-vault");
  const names = async (table: "packs" | "shards" | "rings") => (await db.table(table).toCollection().primaryKeys()).map(String);
  const all = { packs: await names("packs"), shards: await names("shards"), rings: await names("rings") };
  db.close();
  return all;
};
const opens = async (words: string) => {
  const [hit] = core.search(words);
  if (!hit) throw new Error(`nobody is ${words}`);
  const grant = await core.breakGlass(hit, "unconscious");
  expect((await core.openStrip(grant)).part).toBe("strip");
  await core.endGrant(grant);
};

beforeAll(async () => {
  asked = [];
  dataDir = mkdtempSync(join(tmpdir(), "tomoshibi-cohort-"));
  store = await openStore({ dataDir, databaseUrl: null });
  secrets = await openKeys(dataDir);
  await everybodyTakesPart(store);
  for (let i = 0; i < 8; i++) await seal(i);
  demo = await prepareDemo(people());
  const first = { name: "一", everybody: false, facilities: [facilities[0]], areas: [], rotateDays: 0 };
  await changeSite(people(), demo.site.id, { cohort: (await setCohort(people(), null, first, "試験")).id }, "試験");
  await publishAll(store, secrets, clock);
  const hub = makeHub({ store, clock, log: pino({ level: "silent" }), keys: secrets, viewerDir: null, consoleDir: null });
  core = await makeCore({
    fetch: (request) => {
      asked.push(new URL(request.url).pathname);
      return hub(request);
    },
    clock,
    origin: "http://localhost:8787",
    randomBytes,
    passkeys: fakePasskeys(),
    exclusive: journalLock(undefined),
    databases: { vault: "cohort-vault", journal: "cohort-journal" },
    every: () => () => undefined,
    silenceMs: 20_000,
    askPersistence: async () => true,
    isPersisted: async () => true,
  });
  await core.enrol(demo.enrolCode, "救急外来タブレット1");
  await core.checkEnrolment();
  await core.addMember(demo.staff[0]?.id ?? "", demo.staff[0]?.code ?? "", passkey);
  await core.sync();
}, 120_000);
afterAll(async () => {
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

test("a device holds its cohort's people and no byte of the others", async () => {
  expect(core.status().people).toBe(4);
  expect(core.search("みほんこ3")).toEqual([]);
  const packs = await store.db.selectFrom("pack").select(["name", "person"]).execute();
  const ours = new Set([0, 2, 4, 6].map((i) => toBase64Url(refOf(i))));
  expect((await files()).packs.sort()).toEqual(packs.flatMap(({ name, person }) => (ours.has(person) ? [name] : [])).sort());
  await opens("みほんこ2");
});

test("after a new epoch key it takes index and ring anew, no pack, and opens as before", async () => {
  const before = await files();
  asked.length = 0;
  await rotateFor(people(), { sites: [demo.site.id], why: "operator", by: "試験" });
  await rekey(store, clock);
  await core.sync();
  const after = await files();
  expect(after.packs.sort()).toEqual(before.packs.sort());
  expect(after.shards.filter((name) => before.shards.includes(name))).toEqual([]);
  expect(after.rings.filter((name) => before.rings.includes(name))).toEqual([]);
  expect(asked.filter((path) => path.startsWith("/bundles/") || path.startsWith("/packs/"))).toEqual([]);
  await opens("みほんこ2");
});

test("a device that has not come yet goes on with the old key, also when it was rotated twice meanwhile", async () => {
  for (const _ of [1, 2]) {
    await rotateFor(people(), { sites: [demo.site.id], why: "operator", by: "試験" });
    await rekey(store, clock);
  }
  await opens("みほんこ4");
  await core.lock();
  await core.unlock(demo.staff[0]?.id ?? "", passkey);
  await opens("みほんこ4");
  await core.sync();
  await opens("みほんこ4");
});

test("moved to another cohort it gets that one's people at its next contact and drops what it had", async () => {
  const before = await files();
  await changeSite(people(), demo.site.id, { cohort: "region" }, "試験");
  await publishAll(store, secrets, clock);
  await core.sync();
  expect(core.status().people).toBe(8);
  const after = await files();
  expect(after.shards.filter((name) => before.shards.includes(name))).toEqual([]);
  await opens("みほんこ3");
  await opens("みほんこ2");
});
