/** The policy's locks in one process: the real hub with two cohorts, the real device, and what the hub then knows of it. */
import "fake-indexeddb/auto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeHub } from "../../src/hub/hub.ts";
import { setCohort } from "../../src/hub/people/cohorts.ts";
import { type Demo, prepareDemo } from "../../src/hub/people/demo.ts";
import { defaultPolicy, setPolicy } from "../../src/hub/people/policy.ts";
import { changeSite } from "../../src/hub/people/sites.ts";
import { belongsTo, type HubSecrets, openKeys, publishCohorts, publishedCohorts, sealPerson } from "../../src/hub/publish/index.ts";
import { putFacility } from "../../src/hub/store/facility.ts";
import { openStore, type Store } from "../../src/hub/store/store.ts";
import { approvalIn, readApproval } from "../../src/shared/audit/approval.ts";
import { toBase64Url } from "../../src/shared/bytes.ts";
import { systemClock } from "../../src/shared/clock.ts";
import { randomBytes } from "../../src/shared/crypto/wrap.ts";
import { defaultLocks } from "../../src/shared/protocol/policy.ts";
import { encodePart } from "../../src/shared/summary/encode.ts";
import type { Core } from "../../src/viewer/app/core.ts";
import type { CoreDeps } from "../../src/viewer/app/core-context.ts";
import { makeCore } from "../../src/viewer/app/make-core.ts";
import type { Hit } from "../../src/viewer/find/search.ts";
import { journalLock } from "../../src/viewer/journal/append.ts";
import { VaultDb } from "../../src/viewer/vault/db.ts";
import { testRules } from "../hub/publish/rules.ts";
import { everybodyTakesPart } from "../hub/store/open.ts";
import { syntheticPerson } from "../msw/parts.ts";
import { refOf } from "../msw/sealed.ts";
import { ending, fakePasskeys } from "../viewer/core/device.ts";

const ours = "1310000001";
const theirs = "1310000002";
const names = { vault: "policy-vault", journal: "policy-journal" };
const passkey = { kind: "passkey" } as const;
let dataDir: string;
let store: Store;
let secrets: HubSecrets;
let demo: Demo;
let core: Core;
let up = true;
/** Every body that the hub sent. */
let answers: { readonly path: string; readonly bytes: Uint8Array<ArrayBuffer> }[];
/** What a request to this path is answered with instead. */
let instead: ((path: string) => Uint8Array<ArrayBuffer> | null) | null = null;

/** As identity and sealing leave somebody: even numbers are patients of our facility, odd ones of another. */
async function seal(i: number): Promise<void> {
  const { identity, parts } = syntheticPerson(i);
  const ref = toBase64Url(refOf(i));
  const facility = i % 2 === 0 ? ours : theirs;
  await putFacility(store.db, { code: facility, name: i % 2 === 0 ? "架空中央病院" : "遠方病院", telephone: "" });
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
  const row = { k: pair(identity.kanji), n: pair(identity.kana), b: identity.birthDate, s: identity.sex === "male" ? "m" : "f" } as const;
  await sealPerson(store.db, secrets, {
    ref,
    parts: { strip: of("strip"), rest: of("rest"), protected: of("protected") },
    row: { ...row, a: identity.address, i: [[facility, String(i)]], h: [i % 2 === 0 ? "架空中央病院" : "遠方病院"] },
  });
}

function depsOf(hub: (request: Request) => Promise<Response>): CoreDeps {
  return {
    async fetch(request) {
      if (!up) throw new TypeError("fetch failed");
      const path = new URL(request.url).pathname;
      const other = instead?.(path);
      if (other) return new Response(other);
      const answer = await hub(request);
      answers.push({ path, bytes: new Uint8Array(await answer.clone().arrayBuffer()) });
      return answer;
    },
    clock: systemClock,
    origin: "http://localhost:8787",
    randomBytes,
    passkeys: fakePasskeys(),
    exclusive: journalLock(undefined),
    databases: names,
    every: () => () => undefined,
    silenceMs: 20_000,
    askPersistence: async () => true,
    isPersisted: async () => true,
  };
}

beforeAll(async () => {
  answers = [];
  dataDir = mkdtempSync(join(tmpdir(), "tomoshibi-policy-"));
  store = await openStore({ dataDir, databaseUrl: null });
  secrets = await openKeys(dataDir);
  await everybodyTakesPart(store);
  for (let i = 0; i < 12; i++) await seal(i);
  const people = { db: store.db, clock: systemClock, keys: secrets };
  demo = await prepareDemo(people);
  const details = { name: "中央", everybody: false, facilities: [ours], areas: [], rotateDays: 0 };
  const cohort = await setCohort({ ...people }, null, details, "試験");
  await changeSite(people, demo.site.id, { cohort: cohort.id, facilities: [ours] }, "試験");
  const locks = { ...defaultLocks, hourlyLimit: 3, secondPerson: { physician: ["protected" as const] } };
  await setPolicy(people, { ...defaultPolicy, locks });
  const cohorts = await Promise.all(
    (await publishedCohorts(store.db)).map(async (each) => ({ id: each.id, belongs: await belongsTo(store.db, each) })),
  );
  await publishCohorts(store.db, secrets, cohorts, { clock: systemClock, rules: testRules });
  const hub = makeHub({ store, clock: systemClock, log: pino({ level: "silent" }), keys: secrets, viewerDir: null, consoleDir: null });
  core = await makeCore(depsOf(hub));
  await core.enrol(demo.enrolCode, "救急外来タブレット1");
  await core.checkEnrolment();
  for (const i of [1, 0]) await core.addMember(staff(i).id, staff(i).code, passkey);
  await core.sync();
}, 120_000);
afterAll(async () => {
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const staff = (i: number) => {
  const member = demo.staff[i];
  if (!member) throw new Error("the demo has too few staff");
  return member;
};
const found = (words: string): Hit => {
  const [hit] = core.search(words);
  if (!hit) throw new Error(`nobody is ${words}`);
  return hit;
};
const reason = (path: string | undefined, phase = 1) =>
  core.policy().reasons.find((each) => each.phase === phase && each.path === path)?.id ?? "";
const entries = (kind: string) => store.db.selectFrom("journal_entry").selectAll().where("kind", "=", kind).orderBy("seq").execute();
/** Person 5 is a patient of the other facility: not on this device. */
const far = { name: "メイ", birthDate: "", sex: "" as const, address: "" };

test("own patients: relation and outage open without an emergency; what is not of this site is not even here", async () => {
  expect(core.status().people).toBe(6);
  expect(core.search("みほんこ5")).toEqual([]);
  up = false;
  const strip = await core.breakGlass(found("みほんこ0"), reason("relation"));
  expect((await core.openRest(await core.breakRest(strip, reason("relation"), ""))).part).toBe("rest");
  await core.startOutage("電子カルテ停止");
  const down = await core.breakGlass(found("みほんこ2"), reason("outage"));
  expect((await core.openRest(await core.breakRest(down, reason("outage"), ""))).part).toBe("rest");
  expect(core.outage()?.openings).toBe(1);
  await core.endOutage();
  expect(await ending(core.breakGlass(found("みほんこ2"), reason("outage")))).toBe("outage-over");
});

test("a second person, offline: for what is protected, and beyond the hour's limit; the hub reads who approved what for whom", async () => {
  const guarded = found("みほんこ0");
  const strip = await core.breakGlass(guarded, reason(undefined));
  const rest = await core.breakRest(strip, reason(undefined, 2), "");
  expect(await ending(core.breakProtected(rest, reason(undefined, 2)))).toBe("second-person-needed");
  await core.approve(staff(1).id, passkey, { hit: guarded, parts: ["protected"] });
  const open = await core.breakProtected(rest, reason(undefined, 2));
  expect((await core.openProtected(open)).part).toBe("protected");
  await core.recordUse(open, "print", "strip rest protected");
  await core.breakGlass(found("みほんこ4"), reason(undefined));
  expect(await ending(core.breakGlass(found("みほんこ6"), reason(undefined)))).toBe("second-person-needed");
  await core.approve(staff(1).id, passkey, { hit: found("みほんこ6"), parts: ["strip"] });
  await core.breakGlass(found("みほんこ6"), reason(undefined));
  up = true;
  await core.sync();
  expect(core.status()).toMatchObject({ outbox: 0, syncError: null });
  const [approval, second] = await entries("second-person");
  expect([approval?.staff, approval?.person, readApproval(approval?.what ?? "")]).toEqual([
    staff(1).id,
    guarded.personRef,
    { parts: ["protected"], staff: staff(0).id },
  ]);
  expect((await entries("open-protected")).map(({ note }) => approvalIn(note))).toEqual([approval?.seq]);
  expect((await entries("open-strip")).map(({ note }) => approvalIn(note)).at(-1)).toBe(second?.seq);
  const kinds = await Promise.all(["outage-start", "outage-end", "print", "unlock"].map(async (kind) => (await entries(kind)).length > 0));
  expect(kinds).toEqual([true, true, true, true]);
});

test("outside the cohort: searched and opened through the hub, entry first, and nothing of it stays on the device", async () => {
  const { identity } = syntheticPerson(5);
  const query = { ...far, name: `${identity.kana?.family} ${identity.kana?.given}`, birthDate: identity.birthDate ?? "" };
  const [hit] = await core.searchRegion(query, reason(undefined));
  if (!hit) throw new Error("nobody in the region");
  expect(hit).toMatchObject({ personRef: toBase64Url(refOf(5)), hospitals: ["遠方病院"] });
  expect(await ending(core.breakGlass(hit, reason("consent")))).toBe("path-closed");
  await core.approve(staff(1).id, passkey, { hit, parts: ["strip"] });
  const vault = new VaultDb(names.vault);
  const before = await vault.packs.count();
  const strip = await core.breakGlass(hit, reason(undefined));
  expect((await core.openStrip(strip)).identity.kana?.given).toBe("ミホンコ5");
  const rest = await core.breakRest(strip, reason(undefined, 2), "");
  expect((await core.openRest(rest)).part).toBe("rest");
  expect(await vault.packs.count()).toBe(before);
  vault.close();
  const told = await entries("open-region");
  expect(told.map(({ what, person }) => [what, person])).toEqual([
    ["strip", hit.personRef],
    ["rest", hit.personRef],
  ]);
  expect((await entries("region-search")).map(({ person, what, note }) => [person, what, note])).toEqual([["", "", ""]]);
});

test("an answer about somebody else, an older answer, or one that nobody signed opens nothing", async () => {
  const { identity } = syntheticPerson(5);
  const query = { ...far, name: `${identity.kana?.family} ${identity.kana?.given}`, birthDate: identity.birthDate ?? "" };
  const [hit] = await core.searchRegion(query, reason(undefined));
  if (!hit) throw new Error("nobody in the region");
  const last = (path: string) => answers.filter((each) => each.path === path).at(-1)?.bytes ?? new Uint8Array(0);
  const answeredWith = (path: string, bytes: Uint8Array<ArrayBuffer>) => {
    instead = (asked) => (asked === path ? bytes : null);
  };
  const replayed = last("/api/region/open");
  answeredWith("/api/region/open", replayed);
  expect(await ending(core.breakGlass(hit, reason(undefined)))).toBe("hub-answer-bad");
  answeredWith("/api/region/open", last("/api/region/search"));
  expect(await ending(core.breakGlass(hit, reason(undefined)))).toBe("cose-signature-bad");
  const flipped = replayed.map((byte, i) => (i === replayed.length - 10 ? byte ^ 1 : byte));
  answeredWith("/api/region/open", flipped);
  expect(await ending(core.breakGlass(hit, reason(undefined)))).toBe("cose-signature-bad");
  answeredWith("/api/region/search", last("/api/region/search"));
  expect(await ending(core.searchRegion(query, reason(undefined)))).toBe("hub-answer-bad");
  instead = null;
  up = false;
  expect(await ending(core.searchRegion(query, reason(undefined)))).toBe("hub-unreachable");
  expect(await ending(core.breakGlass(hit, reason(undefined)))).toBe("hub-unreachable");
  up = true;
});
