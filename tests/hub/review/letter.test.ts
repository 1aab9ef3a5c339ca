import { beforeEach, describe, expect, test } from "vitest";
import { printLetter, readLetter } from "../../../src/hub/review/letter.ts";
import { reportOf } from "../../../src/hub/review/report.ts";
import { decide, type ReviewDeps } from "../../../src/hub/review/review.ts";
import { firstSettings, setReview } from "../../../src/hub/review/settings.ts";
import { putFacility } from "../../../src/hub/store/facility.ts";
import type { EntryKind } from "../../../src/shared/audit/entry.ts";
import { toBase64Url } from "../../../src/shared/bytes.ts";
import { parseReport } from "../../../src/shared/protocol/reviewReport.ts";
import { enrolled, entry, push, registered, type TestDevice, type TestMember, type Writing } from "../routes/device.ts";
import { start, type TestRegion, testRegion } from "../routes/region.ts";
import { testStores } from "../store/open.ts";
import { reviewDeps, reviewsOf } from "./deps.ts";

const stores = testStores();
const reviewer = "確認 太郎";
const contact = { sender: "架空県医療情報協議会", department: "個人情報の窓口", telephone: "000-0000-0000", hours: "平日 9時から17時" };
const secret = "ワルファリン HIV 抗凝固薬";
let region: TestRegion;
let device: TestDevice;
let member: TestMember;
let deps: ReviewDeps;

beforeEach(async () => {
  region = await testRegion(await stores.open("sqlite"));
  device = await enrolled(region);
  member = await registered(device, "灯台 一郎");
  deps = reviewDeps(region);
});

async function opened(lines: readonly (readonly [EntryKind, Writing?])[]): Promise<string> {
  const entries = [];
  for (const [i, [kind, writing]] of lines.entries())
    entries.push(await entry(device, kind, { staff: member, at: start + i * 60_000, ...writing }));
  await push(device, entries);
  return (await reviewsOf(region))[0]?.id ?? "";
}

const whole = (): Promise<string> =>
  opened([
    ["open-strip", { body: { reason: "unconscious", what: secret, note: secret } }],
    ["open-rest", { body: { reason: "medication-check", note: secret } }],
    ["open-protected", { body: { reason: "medication-check", note: secret } }],
    ["print", { body: { what: secret } }],
    ["grant-end"],
  ]);

describe("the patient's letter", () => {
  test("says when, where, in which role, why and how far, and whom to ask", async () => {
    const id = await whole();
    await setReview(deps, { ...firstSettings, contact }, reviewer);
    expect(await readLetter(deps, id)).toMatchObject({
      person: "架空 太郎",
      opened: start,
      until: start + 4 * 60_000,
      site: "灯台病院 救急外来",
      role: "physician",
      staff: "",
      reasons: [
        { ja: "意識がない・話せない", en: "Unconscious or unable to speak" },
        { ja: "薬の確認に必要", en: "Needed to check medicines" },
      ],
      seen: ["strip", "all", "printed"],
      contact,
      ready: true,
    });
  });

  test("holds no words of staff, nothing clinical, no rank, no rule, and does not betray that protected items exist", async () => {
    const letter = JSON.stringify(await readLetter(deps, await whole()));
    for (const word of [secret, "HIV", "ワルファリン", "protected", "保護", "rank", "finding", member.id, "灯台 一郎"])
      expect(letter, word).not.toContain(word);
  });

  test("names the member only where the settings say so", async () => {
    const id = await whole();
    await setReview(deps, { ...firstSettings, contact, staffNames: true }, reviewer);
    expect((await readLetter(deps, id)).staff).toBe("灯台 一郎");
  });

  test("cannot be printed while any part of whom to ask is missing", async () => {
    const id = await whole();
    for (const missing of ["sender", "department", "telephone", "hours"] as const) {
      await setReview(deps, { ...firstSettings, contact: { ...contact, [missing]: " " } }, reviewer);
      expect((await readLetter(deps, id)).ready).toBe(false);
      await expect(printLetter(deps, id, "ja", reviewer)).rejects.toMatchObject({ code: "letter-contact-missing" });
    }
    expect((await readLetter(deps, id)).printed).toEqual([]);
  });

  test("is recorded each time it is printed: who, when, in which language; and never by whoever it is about", async () => {
    const id = await whole();
    await setReview(deps, { ...firstSettings, contact }, reviewer);
    await printLetter(deps, id, "ja", reviewer);
    region.clock.time += 5;
    const { printed } = await printLetter(deps, id, "en", "別の 確認者");
    expect(printed).toEqual([
      { at: start, by: reviewer, language: "ja" },
      { at: start + 5, by: "別の 確認者", language: "en" },
    ]);
    await expect(printLetter(deps, id, "ja", "灯台 一郎")).rejects.toMatchObject({ code: "review-own" });
    await expect(region.store.db.deleteFrom("review_letter").execute()).rejects.toThrow();
  });

  test("is made for who withdrew after they were looked at, and is published no more", async () => {
    const person = toBase64Url(new Uint8Array(16).fill(9));
    const traits = { kanji: ["見本", "桜"], kana: ["ミホン", "サクラ"], folded: { kanji: ["", ""], kana: ["", ""] } };
    const links = JSON.stringify([JSON.stringify({ ...traits, birth: "1972-11-30", sex: "F", addresses: [], phones: [], cards: [] })]);
    const { db } = region.store;
    await putFacility(db, { code: "1310000001", name: "灯台病院", telephone: "" });
    await db.insertInto("person").values({ ref: person, changed: 1, sealed: 1, maker: "" }).execute();
    await db.insertInto("patient").values({ facility: "1310000001", pid: "1", links, person, stale: 0, matched: 0 }).execute();
    const id = await opened([["open-strip", { body: { person } }]]);
    expect((await readLetter(deps, id)).person).toBe("見本 桜");
    expect((await reviewsOf(region))[0]?.person).toMatchObject({ name: "見本 桜", birthDate: "1972-11-30" });
  });

  test("is not made of what concerns no patient, or one whom the hub no longer knows", async () => {
    const rescue = await opened([["rescue", { body: { person: "" } }]]);
    await expect(readLetter(deps, rescue)).rejects.toMatchObject({ code: "not-found" });
    const other = await opened([["open-strip", { body: { person: "AAAAAAAAAAAAAAAAAAAAAA" } }]]);
    await expect(readLetter(deps, other)).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("the monthly report", () => {
  test("counts by site, reason, role, phase and rule, and names neither a patient nor a member", async () => {
    const id = await whole();
    await opened([
      ["open-strip", { body: { reason: "disaster" } }],
      ["lock"],
      ["unlock-failed", { staff: null, key: "locked" }],
      ["rescue", { body: { person: "" } }],
      ["drill", { body: { what: "begin, disaster" } }],
      ["drill", { body: { what: "record AAAA" } }],
      ["drill", { body: { what: "begin" } }],
    ]);
    region.clock.time += 5 * 3_600_000;
    await decide(deps, id, { state: "accepted", note: secret, seen: 0 }, reviewer);
    const report = parseReport(JSON.parse(JSON.stringify(await reportOf(deps, "2026-11"))));
    expect(report).toMatchObject({
      openings: 2,
      bySite: [{ name: "灯台病院 救急外来", count: 2 }],
      byRole: [{ name: "physician", count: 2 }],
      reviews: { items: 3, reviewed: 1, medianHours: 5 },
      unlockFailures: 1,
      drills: 2,
      drillRecords: 1,
    });
    expect(report.byReason).toEqual(
      expect.arrayContaining([
        { name: "unconscious", count: 1 },
        { name: "disaster", count: 1 },
      ]),
    );
    expect(report.byPhase).toEqual(
      expect.arrayContaining([
        { name: "protected", count: 1 },
        { name: "strip", count: 1 },
      ]),
    );
    expect(report.byKind).toContainEqual({ name: "rescue", count: 1 });
    expect(report.byDay[19]).toEqual({ name: "2026-11-20", count: 2 });
    expect(report.byRule.find(({ rule }) => rule === "no-attendance")).toMatchObject({ unjudged: 2, apart: 1 });
    expect(report.alerts).toContainEqual({ name: "rescue-opened", count: 1 });
    for (const word of ["架空", "太郎", "灯台 一郎", reviewer, secret, member.id, id])
      expect(JSON.stringify(report), word).not.toContain(word);
  });

  test("of another month is empty, and of what is no month is refused", async () => {
    await whole();
    expect(await reportOf(deps, "2026-12")).toMatchObject({ openings: 0, bySite: [] });
    expect((await reportOf(deps, "2026-02")).byDay).toHaveLength(28);
    for (const month of ["2026-13", "2026-1", "", "2026-11-01", "x"])
      await expect(reportOf(deps, month)).rejects.toMatchObject({ code: "bad-request" });
  });

  test("takes midnight from Japan's clock", async () => {
    await opened([["open-strip", { at: Date.UTC(2026, 10, 30, 15) }]]);
    expect([(await reportOf(deps, "2026-11")).openings, (await reportOf(deps, "2026-12")).openings]).toEqual([0, 1]);
  });
});
