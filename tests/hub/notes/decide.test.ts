import { describe, expect, test } from "vitest";
import { disastersView, sayStep } from "../../../src/hub/flow/disaster.ts";
import { viewNote } from "../../../src/hub/notes/list.ts";
import { declareDisaster } from "../../../src/hub/people/disaster.ts";
import { toBase64Url } from "../../../src/shared/bytes.ts";
import { randomBytes } from "../../../src/shared/crypto/wrap.ts";
import { contents, vitals } from "../../shared/note/fixture.ts";
import { enrolled, registered } from "../routes/device.ts";
import { knownPerson } from "../routes/region.ts";
import { dialects, testStores } from "../store/open.ts";
import { decide, home, keyOf, keysOf, link, listed, type Ward, wardOn } from "./ward.ts";
import { noteBy, readPage, sealedBy, sendNotes, unknownSubject } from "./writing.ts";

const stores = testStores();
const ward = async (dialect: (typeof dialects)[number] = "sqlite") => await wardOn(await stores.open(dialect));
const standingOf = async ({ deps }: Ward, key: string) => (await viewNote(deps, key)).item.standing;
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof Error ? error.message : "none";
};

describe.each(dialects)("decisions on %s", (dialect) => {
  test("each is written down, told to the tablets, and taken back by a later one; all of them stay", async () => {
    const all = await ward(dialect);
    const key = await home(all);
    const other = await home(all, { content: { kind: "text", text: "別の記録" } });
    await decide(all, key, {});
    expect((await readPage(all.device)).map(({ state }) => state).sort()).toEqual(["accepted", "new"]);
    await decide(all, key, { state: "new", why: "押し間違い" }, "事務 一郎");
    await decide(all, key, { state: "rejected", why: "別の患者の記録" });
    expect((await listed(all)).counts).toEqual({ new: 1, accepted: 0, duplicate: 0, rejected: 1, waiting: 0, refused: 0 });
    const { history, item } = await viewNote(all.deps, key);
    expect([item.standing, history.map(({ state, who }) => `${state} ${who}`)]).toEqual([
      "rejected",
      ["accepted 事務 花子", "new 事務 一郎", "rejected 事務 花子"],
    ]);
    expect(keysOf(await listed(all, { standing: "new" }))).toEqual([other]);
  });

  test("an unknown patient is linked to a person, and unlinked: the notes show there while it holds, and nothing is merged", async () => {
    const all = await ward(dialect);
    const subject = unknownSubject();
    const nameless = await home(all, { subject });
    const named = await home(all, { content: { kind: "text", text: "本人の記録" } });
    expect(keysOf(await listed(all, { samePatient: named }))).toEqual([named]);
    await link(all, nameless, knownPerson);
    expect(keysOf(await listed(all, { samePatient: named })).length).toBe(2);
    expect((await viewNote(all.deps, nameless)).item.linked).toMatchObject({ person: knownPerson, by: "operator", name: "架空 太郎" });
    expect((await readPage(all.device)).map(({ linked }) => linked)).toEqual([null, knownPerson]);
    await link(all, nameless, "");
    expect(keysOf(await listed(all, { samePatient: named }))).toEqual([named]);
    const view = await viewNote(all.deps, nameless);
    expect([view.item.linked, view.links.map(({ name }) => name)]).toEqual([null, ["架空 太郎", ""]]);
    expect(view.item.note.subject).toEqual(subject);
    expect((await readPage(all.device)).map(({ linked }) => linked)).toEqual([null, null]);
  });
});

describe("a decision is refused", () => {
  test("when somebody decided meanwhile, and when two do at the same moment one of them is told", async () => {
    const all = await ward();
    const key = await home(all);
    await decide(all, key, {});
    expect(await codeOf(decide(all, key, { state: "rejected", why: "x", seen: 0 }))).toBe("note-changed");
    const both = await Promise.all([
      codeOf(decide(all, key, { state: "new", seen: 1 })),
      codeOf(decide(all, key, { state: "new", seen: 1 })),
    ]);
    expect(both.sort()).toEqual(["none", "note-changed"]);
  });

  test("to accept what nobody is proven to have written; it can be rejected, with a reason", async () => {
    const all = await ward();
    const note = noteBy(all.device, all.member);
    await sendNotes(all.device, [await sealedBy(all.device, note)]);
    const key = keyOf(all.device, note);
    expect(await standingOf(all, key)).toBe("waiting");
    expect(await codeOf(decide(all, key, {}))).toBe("note-unproven");
    expect(await codeOf(decide(all, key, { state: "rejected" }))).toBe("reason-missing");
    await decide(all, key, { state: "rejected", why: "記入者不明" });
    expect(await readPage(all.device)).toEqual([]);
  });

  test("to call a note a duplicate of itself, of another patient's, of nothing, or of one that does not count", async () => {
    const all = await ward();
    const [key, same, another] = [await home(all), await home(all), await home(all, { subject: unknownSubject() })];
    for (const of of [key, another, "", "x.y"]) expect(await codeOf(decide(all, key, { state: "duplicate", of }))).toBe("note-twin-bad");
    await decide(all, same, { state: "rejected", why: "誤り" });
    expect(await codeOf(decide(all, key, { state: "duplicate", of: same }))).toBe("note-twin-bad");
    expect(await codeOf(decide(all, key, { of: same }))).toBe("note-twin-bad");
  });

  test("to drop a note that others were called duplicates of: what they say would be lost", async () => {
    const all = await ward();
    const [first, again] = [await home(all), await home(all)];
    await decide(all, again, { state: "duplicate", of: first });
    for (const change of [{ state: "rejected", why: "誤り" } as const, { state: "duplicate", of: again } as const])
      expect(["note-said-again", "note-twin-bad"]).toContain(await codeOf(decide(all, first, change)));
    await decide(all, again, { state: "new" });
    await decide(all, first, { state: "rejected", why: "誤り" });
    expect(await standingOf(all, first)).toBe("rejected");
  });

  test("on a note that is not there; to link a known person, or to nobody the hub knows", async () => {
    const all = await ward();
    expect(await codeOf(decide(all, "x.y", {}))).toBe("not-found");
    expect(await codeOf(link(all, await home(all), knownPerson))).toBe("note-not-unknown");
    const nameless = await home(all, { subject: unknownSubject() });
    expect(await codeOf(link(all, nameless, toBase64Url(randomBytes(16))))).toBe("person-unknown");
  });
});

describe("possible duplicates", () => {
  test("are of the same patient, kind and values within ten minutes, from whichever tablet; numbers count by value", async () => {
    const all = await ward();
    const other = await enrolled(all.region);
    const nurse = await registered(other, "見本 花子");
    const first = await home(all, { happened: "2026-11-20T03:05" });
    const again = await home(all, { happened: "2026-11-20T03:15", content: { ...vitals, temperature: "36" } }, other, nurse);
    await home(all, { happened: "2026-11-20T03:16" });
    await home(all, { happened: "2026-11-20T03:05", content: { ...vitals, pulse: "125" } });
    await home(all, { happened: "2026-11-20T03:05", subject: unknownSubject() });
    expect((await viewNote(all.deps, first)).item.twins).toEqual([again]);
  });

  test("cross the midnight and the link of an unknown patient; a correction is none", async () => {
    const all = await ward();
    const content = contents[2] ?? vitals;
    const subject = unknownSubject();
    const before = await home(all, { happened: "2026-11-19T23:58", content, subject });
    const after = await home(all, { happened: "2026-11-20T00:04", content });
    expect((await viewNote(all.deps, after)).item.twins).toEqual([]);
    await link(all, before, knownPerson);
    expect((await viewNote(all.deps, after)).item.twins).toEqual([before]);
    await home(all, { happened: "2026-11-20T00:04", content, corrects: after.split(".")[1] ?? "" });
    expect((await viewNote(all.deps, after)).item.twins).toEqual([before]);
  });
});

describe("what notes say of each other", () => {
  test("a correction takes the place of its note, until it is rejected; a stranger's does not reach it", async () => {
    const all = await ward();
    const key = await home(all);
    const corrects = key.split(".")[1] ?? "";
    await home(all, { corrects, subject: unknownSubject() });
    expect((await viewNote(all.deps, key)).item.correctedBy).toBe("");
    const correction = await home(all, { corrects, content: { ...vitals, pulse: "120" } });
    const view = await viewNote(all.deps, key);
    expect([view.item.correctedBy, view.beside.map((each) => each.key)]).toEqual([correction, [correction]]);
    await decide(all, correction, { state: "rejected", why: "誤記" });
    expect((await viewNote(all.deps, key)).item.correctedBy).toBe("");
  });

  test("a note identifies its unknown patient; a correction takes that back; the operator's word counts above both", async () => {
    const all = await ward();
    const subject = unknownSubject();
    const first = await home(all, { subject });
    const identified = {
      kind: "identified",
      person: knownPerson,
      name: "架空 太郎",
      kana: "カクウ タロウ",
      birthDate: "1948-04-05",
      how: "診察券",
    } as const;
    const naming = await home(all, { subject, content: identified });
    expect((await viewNote(all.deps, first)).item.linked).toMatchObject({ person: knownPerson, by: "note" });
    await home(all, { subject, corrects: naming.split(".")[1] ?? "", content: { kind: "text", text: "別人だった" } });
    expect((await viewNote(all.deps, first)).item.linked).toBeNull();
    await link(all, first, knownPerson);
    expect((await viewNote(all.deps, first)).item.linked).toMatchObject({ by: "operator" });
    await link(all, first, "");
    expect((await viewNote(all.deps, first)).item.linked).toBeNull();
  });
});

test("a list comes in pages of a hundred, newest first, none left out and none twice", async () => {
  const all = await ward();
  const { db } = all.region.store;
  const key = await home(all);
  const [row] = await db.selectFrom("note").selectAll().where("key", "=", key).execute();
  if (row === undefined) throw new Error("no note");
  // Copies under other keys, some of the same instant: what a page ends on must not decide what the next begins with.
  for (let i = 0; i < 149; i++)
    await db
      .insertInto("note")
      .values({ ...row, key: `${row.device}.copy${i}`, person: `p${i}`, received: row.received + Math.floor(i / 50) })
      .execute();
  const first = await listed(all);
  const second = await listed(all, { before: first.next });
  expect([first.items.length, second.items.length, second.next]).toEqual([100, 50, ""]);
  expect(new Set([...keysOf(first), ...keysOf(second)]).size).toBe(150);
  expect([...first.items, ...second.items].map(({ received }) => received)).toEqual(
    [...first.items, ...second.items].map(({ received }) => received).sort((a, b) => b - a),
  );
});

test("a disaster is not settled while notes of the site wait for a decision, whatever somebody says; afterwards a person's word counts", async () => {
  const all = await ward();
  const site = all.region.site.id;
  const id = await declareDisaster(all.region.deps, { sites: [site], hours: 1, words: "停電" }, "運用 太郎");
  const key = await home(all);
  all.region.clock.time += 2 * 3_600_000;
  const step = async () => {
    const { disasters } = await disastersView(all.region.store.db, all.region.clock);
    const found = disasters.flatMap(({ steps }) => steps).find((each) => each.step === "notes");
    return [found?.state, found?.left];
  };
  await sayStep(all.region.deps, { id, site, step: "notes", note: "" }, "運用 次郎");
  expect(await step()).toEqual(["open", 1]);
  await decide(all, key, {});
  expect(await step()).toEqual(["said", 0]);
});
