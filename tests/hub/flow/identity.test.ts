import { describe, expect, test } from "vitest";
import { joinPatients, keepApart, splitPerson, undoDecision } from "../../../src/hub/flow/identity-decide.ts";
import { followMerges } from "../../../src/hub/flow/identity-hl7.ts";
import { matchPairs, questions } from "../../../src/hub/flow/identity-queue.ts";
import { ingest } from "../../../src/hub/flow/ingest.ts";
import { link } from "../../../src/hub/flow/link.ts";
import { unwatched } from "../../../src/hub/flow/phase.ts";
import { decisions, putCard } from "../../../src/hub/store/identity.ts";
import type { Store } from "../../../src/hub/store/store.ts";
import { utf8 } from "../../../src/shared/bytes.ts";
import { codeOf } from "../../../src/shared/error.ts";
import { idOf, know, personsIn, type Said } from "../identity/patients.ts";
import { dialects, testStores } from "../store/open.ts";
import { basics, testStorage } from "./storage.ts";

const stores = testStores();
const [A, B, C] = ["1310000001/1", "1310000002/2", "1310000003/3"] as const;
const A2 = "1310000001/9";
const clock = { now: () => Date.UTC(2026, 10, 20), monotonic: () => 0 };
const word = { who: "見本 確認", why: "診察券で確認" };
const haruko: Said = { given: "春子", givenKana: "ハルコ", card: "00130012:東12:0034:02" };

async function known(dialect: Store["dialect"], patients: Readonly<Record<string, readonly Said[]>>): Promise<Store> {
  const store = await stores.open(dialect);
  await know(store.db, patients);
  await look(store);
  return store;
}

async function look(store: Store): Promise<string[][]> {
  await link(store);
  await matchPairs(store);
  return await personsIn(store.db);
}

const queue = async (store: Store) => (await questions(store.db)).map(({ causes, a, b }) => `${causes.join("+")} ${a.pid}-${b.pid}`);

describe.each(dialects)("who is who on %s", (dialect) => {
  test("one card, birth date, sex and kana at two hospitals: one person, and nothing to ask", async () => {
    const store = await known(dialect, { [A]: [{}], [B]: [{ family: "燈臺", card: "130012:東－１２:３４:1" }] });
    expect(await personsIn(store.db)).toEqual([[A, B]]);
    expect(await queue(store)).toEqual([]);
  });

  test("twins on one card stay two, with and without the branch", async () => {
    const none = "00130012:東12:0034:";
    const store = await known(dialect, { [A]: [{}], [B]: [haruko] });
    expect(await personsIn(store.db)).toEqual([[A], [B]]);
    const unsaid = await known(dialect, { [A]: [{ card: none }], [B]: [{ ...haruko, card: none }] });
    expect(await personsIn(unsaid.db)).toEqual([[A], [B]]);
  });

  test("a changed family name is never joined by itself, but asked about first of all", async () => {
    const store = await known(dialect, {
      [A]: [{}],
      [B]: [{ family: "架空", familyKana: "カクウ" }],
      [C]: [{ given: "別人", givenKana: "ベツジン", birth: "1990-01-01", card: "", phone: "" }],
    });
    expect(await personsIn(store.db)).toEqual([[A], [B], [C]]);
    expect(await queue(store)).toEqual(["likeness 1-2"]);
  });

  test.each([
    ["birth dates", { birth: "1950-01-01" }],
    ["sexes", { sex: "M" }],
    ["given names", { given: "春子", givenKana: "ハルコ" }],
  ])("a number whose records state two %s is joined with nobody, and somebody is asked", async (_, other) => {
    const store = await known(dialect, { [A]: [{}, { ...other, card: "" }], [B]: [{}] });
    expect(await personsIn(store.db)).toEqual([[A], [B]]);
    expect((await queue(store))[0]).toMatch(/two-in-one 1-2$/);
  });

  test("a family name that changed inside one number is no contradiction", async () => {
    const store = await known(dialect, { [A]: [{}, { family: "旧姓", familyKana: "キュウセイ", card: "" }], [B]: [{}] });
    expect(await personsIn(store.db)).toEqual([[A, B]]);
  });

  test("a card of the hub joins, unless its holders differ in birth date", async () => {
    const store = await known(dialect, {
      [A]: [{ card: "" }],
      [B]: [{ card: "", familyKana: "カクウ" }],
      [C]: [{ card: "", birth: "1990-01-01" }],
    });
    for (const id of [A, B]) await putCard(store.db, { card: "灯-1", ...idOf(id), at: 1 });
    expect(await look(store)).toEqual([[A, B], [C]]);
    await putCard(store.db, { card: "灯-1", ...idOf(C), at: 2 });
    expect(await look(store)).toEqual([[A], [B], [C]]);
    expect((await queue(store)).some((line) => line.startsWith("births"))).toBe(true);
  });

  test("an operator's word joins what no key joins, and parts what a key joins; both can be taken back", async () => {
    const store = await known(dialect, { [A]: [{}], [B]: [{}], [C]: [{ family: "架空", familyKana: "カクウ", birth: "1984-03-05" }] });
    const deps = { db: store.db, clock };
    const [joined = 0] = await joinPatients(deps, idOf(B), idOf(C), word);
    expect(await look(store)).toEqual([[A, B, C]]);
    await undoDecision(deps, joined, word);
    expect(await look(store)).toEqual([[A, B], [C]]);
    const person = (await store.db.selectFrom("patient").select("person").where("pid", "=", "1").executeTakeFirstOrThrow()).person ?? "";
    const [apart = 0] = await splitPerson(deps, person, [idOf(B)], word);
    expect(await look(store)).toEqual([[A], [B], [C]]);
    expect(await queue(store)).not.toContainEqual(expect.stringContaining("1-2"));
    await undoDecision(deps, apart, word);
    expect(await look(store)).toEqual([[A, B], [C]]);
    expect((await decisions(store.db)).map(({ kind, who, why, at }) => [kind, who, why, at])).toEqual(
      ["link", "undo", "apart", "undo"].map((kind) => [kind, word.who, word.why, clock.now()]),
    );
  });

  test("who splits a person of three keeps the rest together; the part the reference was made for keeps it", async () => {
    const store = await known(dialect, { [A]: [{}], [B]: [{}], [C]: [{}] });
    const before = await store.db.selectFrom("patient").select(["pid", "person"]).orderBy("pid").execute();
    await splitPerson({ db: store.db, clock }, before[0]?.person ?? "", [idOf(C)], word);
    expect(await look(store)).toEqual([[A, B], [C]]);
    const after = await store.db.selectFrom("patient").select(["pid", "person"]).orderBy("pid").execute();
    expect(after.map(({ person }, i) => person === before[i]?.person)).toEqual([true, true, false]);
    const marked = await store.db.selectFrom("person").select("ref").where("changed", ">", 1).execute();
    expect(marked.map(({ ref }) => ref)).toContain(before[0]?.person);
  });

  test("nothing is decided without a reason, about nobody, or against an earlier word", async () => {
    const store = await known(dialect, { [A]: [{}], [B]: [{}], [C]: [{ card: "", birth: "1990-01-01" }] });
    const deps = { db: store.db, clock };
    const person = (await store.db.selectFrom("patient").select("person").where("pid", "=", "1").executeTakeFirstOrThrow()).person ?? "";
    const code = (work: Promise<unknown>) => work.then(() => "fine", codeOf);
    expect(await code(joinPatients(deps, idOf(A), idOf(C), { who: "x", why: "  " }))).toBe("reason-missing");
    expect(await code(joinPatients(deps, idOf(A), idOf("1310000001/77"), word))).toBe("person-unknown");
    expect(await code(keepApart(deps, idOf(A), idOf(B), word))).toBe("identity-one-person");
    expect(await code(splitPerson(deps, person, [idOf(A), idOf(B)], word))).toBe("identity-split-bad");
    expect(await code(splitPerson(deps, person, [idOf(C)], word))).toBe("identity-split-bad");
    expect(await code(undoDecision(deps, 1, word))).toBe("identity-decision-unknown");
    await keepApart(deps, idOf(A), idOf(C), word);
    expect(await code(joinPatients(deps, idOf(B), idOf(C), word))).toBe("identity-kept-apart");
    expect(await code(joinPatients(deps, idOf(A), idOf(C), word))).toBe("identity-kept-apart");
    expect(await look(store)).toEqual([[A, B], [C]]);
  });

  test("patients of an older hub, whose rows hold keys, are read anew from their records", async () => {
    const store = await stores.open(dialect);
    const storages = [testStorage("1310000001"), testStorage("1310000002")];
    for (const [i, at] of storages.entries()) {
      at.put({ pid: `${i + 1}`, type: "ADT-00" }, basics(`${i + 1}`));
      const facility = `131000000${i + 1}`;
      await ingest(store, { roots: [at.root], facility, name: "" }, "2026-11-20T00:00:00Z", unwatched);
    }
    const before = await store.db.selectFrom("patient").selectAll().orderBy("facility").execute();
    await store.db.updateTable("patient").set({ links: '["130012||100||1948-03-05|F|とうだい/はなこ"]', stale: 1 }).execute();
    expect(await look(store)).toEqual([[A, B]]);
    const after = await store.db.selectFrom("patient").selectAll().orderBy("facility").execute();
    expect(after.map(({ links, person }) => [links, person])).toEqual(before.map(({ links, person }) => [links, person]));
    for (const at of storages) at.destroy();
  });

  test("the database itself refuses to change or delete a decision", async () => {
    const store = await known(dialect, { [A]: [{}], [B]: [{}] });
    await joinPatients({ db: store.db, clock }, idOf(A), idOf(B), word);
    await expect(store.db.updateTable("identity_decision").set({ who: "誰か" }).execute()).rejects.toThrow(/append-only/);
    await expect(store.db.deleteFrom("identity_decision").execute()).rejects.toThrow(/append-only/);
  });
});

describe.each(dialects)("a hospital's own merging on %s", (dialect) => {
  const merge = (from: string, into: string, { id = "M1", facility = "1310000001", more = "" } = {}) =>
    utf8(
      `MSH|^~\\&|HIS|${facility}|HUB|R|20260101||ADT^A40^ADT_A39|${id}|P|2.5\rEVN||20260101\rPID|||${into}^^^^PI\rMRG|${from}^^^^PI\r${more}`,
    );

  test("the old number follows the surviving one, with files that arrive later, and can be undone", async () => {
    const store = await known(dialect, { [A]: [{}], [B]: [{}] });
    const deps = { db: store.db, clock };
    expect(await followMerges(deps, merge("9", "1"), null)).toMatchObject([{ outcome: "followed", reason: "" }]);
    expect(await followMerges(deps, merge("9", "1"), null)).toMatchObject([{ outcome: "known" }]);
    expect(await look(store)).toEqual([[A, B]]);
    await know(store.db, { [A2]: [{ family: "", given: "", familyKana: "トウタイ", birth: "", card: "" }] });
    expect(await look(store)).toEqual([[A, A2, B]]);
    await undoDecision(deps, 1, word);
    expect(await look(store)).toEqual([[A, B], [A2]]);
    await followMerges(deps, merge("9", "1"), null);
    expect((await personsIn(store.db)).length).toBe(2);
  });

  test("is not followed against two birth dates, but asked; an operator's word decides", async () => {
    const store = await known(dialect, { [A]: [{}], [A2]: [{ birth: "1990-01-01", card: "", phone: "" }] });
    const deps = { db: store.db, clock };
    await followMerges(deps, merge("9", "1"), null);
    expect(await look(store)).toEqual([[A], [A2]]);
    expect(await queue(store)).toEqual(["births 1-9"]);
    await joinPatients(deps, idOf(A), idOf(A2), word);
    expect(await look(store)).toEqual([[A, A2]]);
    expect(await queue(store)).toEqual([]);
  });

  test("an operator who says that they are two is not overruled by the same message, nor by a later one", async () => {
    const store = await known(dialect, { [A]: [{}], [A2]: [{ card: "" }] });
    const deps = { db: store.db, clock };
    await followMerges(deps, merge("9", "1"), null);
    expect(await look(store)).toEqual([[A, A2]]);
    const person = (await store.db.selectFrom("patient").select("person").where("pid", "=", "1").executeTakeFirstOrThrow()).person ?? "";
    await splitPerson(deps, person, [idOf(A2)], word);
    await followMerges(deps, merge("9", "1", { id: "M2" }), null);
    expect(await look(store)).toEqual([[A], [A2]]);
  });
});
