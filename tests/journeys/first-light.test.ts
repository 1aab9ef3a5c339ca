/** The whole path in one process: the real hub over its embedded store, the real core, nothing mocked but the network between them. */
import "fake-indexeddb/auto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attendanceIn } from "../../src/hub/flow/attendance.ts";
import { whoIsIn } from "../../src/hub/flow/who.ts";
import { makeHub } from "../../src/hub/hub.ts";
import { prepareDemo } from "../../src/hub/people/demo.ts";
import { type HubSecrets, openKeys, publishCohort, sealPerson } from "../../src/hub/publish/index.ts";
import { listReviews } from "../../src/hub/review/review.ts";
import { openStore, type Store } from "../../src/hub/store/store.ts";
import { toBase64Url } from "../../src/shared/bytes.ts";
import { systemClock } from "../../src/shared/clock.ts";
import { randomBytes } from "../../src/shared/crypto/wrap.ts";
import { encodePart } from "../../src/shared/summary/encode.ts";
import type { CoreDeps } from "../../src/viewer/app/core-context.ts";
import { makeCore } from "../../src/viewer/app/make-core.ts";
import { journalLock } from "../../src/viewer/journal/append.ts";
import { testRules } from "../hub/publish/rules.ts";
import { syntheticPerson } from "../msw/parts.ts";
import { refOf } from "../msw/sealed.ts";
import { fakePasskeys } from "../viewer/core/device.ts";

const PEOPLE = 60;
let dataDir: string;
let store: Store;
let secrets: HubSecrets;

const seal = async (i: number, drug: string) => {
  const { identity, sources, parts } = syntheticPerson(i, drug);
  const of = (name: string) => {
    const part = parts.find((each) => each.part === name);
    return part ? encodePart(part) : null;
  };
  const pair = (name: typeof identity.kanji) => name && ([name.family, name.given] as const);
  await sealPerson(store.db, secrets, {
    ref: toBase64Url(refOf(i)),
    parts: { strip: of("strip"), rest: of("rest"), protected: of("protected") },
    row: {
      k: pair(identity.kanji),
      n: pair(identity.kana),
      b: identity.birthDate,
      s: identity.sex === "male" ? "m" : "f",
      a: identity.address,
      i: identity.identifiers.map(({ source, value }) => [sources[source]?.facility ?? "", value]),
      h: sources.map(({ name }) => name),
    },
  });
};
const publish = () => publishCohort(store.db, secrets, { clock: systemClock, rules: testRules });

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "tomoshibi-journey-"));
  store = await openStore({ dataDir, databaseUrl: null });
  secrets = await openKeys(dataDir);
  for (let i = 0; i < PEOPLE; i++) await seal(i, "ワルファリンカリウム錠");
});
afterAll(async () => {
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

test("enrol → staff → pull → hub gone → unlock → search → glass → strip → rest → hub back → push → verified, and the reviewer sees it", async () => {
  const people = { db: store.db, clock: systemClock, keys: secrets };
  const demo = await prepareDemo(people);
  await publish();
  const hub = makeHub({ store, clock: systemClock, log: pino({ level: "silent" }), keys: secrets, viewerDir: null, consoleDir: null });
  let up = true;
  const deps: CoreDeps = {
    fetch: (request) => (up ? hub(request) : Promise.reject(new TypeError("fetch failed"))),
    clock: systemClock,
    origin: "http://localhost:8787",
    randomBytes,
    passkeys: fakePasskeys(),
    exclusive: journalLock(undefined),
    databases: { vault: "journey-vault", journal: "journey-journal" },
    every: () => () => undefined,
    silenceMs: 20_000,
    askPersistence: async () => true,
    isPersisted: async () => true,
  };

  const first = await makeCore(deps);
  await first.enrol(demo.enrolCode, "救急外来タブレット1");
  await first.checkEnrolment();
  expect(first.status()).toMatchObject({ phase: "unstaffed", siteName: demo.site.name });
  const physician = demo.staff[0];
  if (!physician) throw new Error("the demo has no staff");
  const passphrase = first.offerPassphrase();
  await first.addMember(physician.id, physician.code, { kind: "passphrase", passphrase });
  await first.sync();
  expect(first.status()).toMatchObject({ people: PEOPLE, syncError: null, hubReached: true });
  await first.lock();

  up = false;
  const core = await makeCore(deps);
  await core.unlock(physician.id, { kind: "passphrase", passphrase });
  const [hit] = core.search("架空 かくう みほんこ7");
  if (!hit) throw new Error("nobody found");
  const reason = (phase: 1 | 2) => core.policy().reasons.find((each) => each.phase === phase)?.id ?? "";
  const strip = await core.breakGlass(hit, reason(1));
  expect((await core.openStrip(strip)).strip.items[0]?.text).toBe("ワルファリンカリウム錠");
  await core.confirmIdentity(strip, ["name", "birthDate"]);
  const rest = await core.breakRest(strip, reason(2), "意識がなく、家族とも連絡がつかない");
  expect((await core.openRest(rest)).summary.identity.kanji?.given).toBe("7子");
  await core.endGrant(rest);

  up = true;
  await seal(7, "アピキサバン錠");
  await publish();
  await core.sync();
  expect(core.status()).toMatchObject({ outbox: 0, syncError: null });
  const again = await core.breakGlass(core.search("みほんこ7").find((each) => each.personRef === hit.personRef) ?? hit, reason(1));
  expect((await core.openStrip(again)).strip.items[0]?.text).toBe("アピキサバン錠");
  await core.lock();
  await core.sync();
  expect(core.status()).toMatchObject({ phase: "locked", outbox: 0, syncError: null });

  const reviews = await listReviews(
    { db: store.db, clock: systemClock, keys: secrets, attendance: attendanceIn({ store, clock: systemClock }), whoIs: whoIsIn({ store }) },
    "確認 者",
  );
  const mine = reviews.filter((review) => review.person?.name.includes("7子"));
  expect(mine.flatMap((review) => review.steps.map((step) => step.kind))).toEqual(
    expect.arrayContaining(["open-strip", "confirm", "open-rest", "grant-end"]),
  );
  expect(mine.every((review) => review.staff.id === physician.id && review.device.name === "救急外来タブレット1")).toBe(true);
  expect(reviews).toHaveLength(mine.length);
});
