import { beforeEach, describe, expect, test } from "vitest";
import { answer, courses, decide, readReview } from "../../../src/hub/review/review.ts";
import { firstSettings, isDrawn, monthInJapan, setReview, settingsBook } from "../../../src/hub/review/settings.ts";
import { linkReviewer } from "../../../src/hub/store/reviewMore.ts";
import { type ReviewItem, reviewStates } from "../../../src/shared/protocol/review.ts";
import { enrolled, entry, push, registered, type TestDevice, type TestMember } from "../routes/device.ts";
import { start, type TestRegion, testRegion } from "../routes/region.ts";
import { dialects, testStores } from "../store/open.ts";
import { held, reviewDeps, reviewsOf } from "./deps.ts";

const stores = testStores();
const reviewer = "確認 太郎";
let region: TestRegion;
let device: TestDevice;
let member: TestMember;

async function anOpening(dialect: (typeof dialects)[number] = "sqlite"): Promise<ReviewItem> {
  region = await testRegion(await stores.open(dialect));
  device = await enrolled(region);
  member = await registered(device, "灯台 一郎");
  await push(device, [await entry(device, "open-strip", { staff: member, body: { reason: "unconscious" } })]);
  const [item] = await reviewsOf(region);
  if (item === undefined) throw new Error("no review");
  return item;
}

describe.each(dialects)("what was decided on %s", (dialect) => {
  test("stays as it was written, with the rank and the version of the rules of that moment: no program changes or deletes it", async () => {
    const item = await anOpening(dialect);
    const deps = reviewDeps(region);
    await decide(deps, item.id, { state: "question", note: "当直表にない", seen: 0 }, reviewer);
    region.clock.time += 1;
    await answer(deps, item.id, { by: "灯台 一郎", note: "応援で勤務していた", seen: 1 }, reviewer);
    region.clock.time += 1;
    const done = await decide(deps, item.id, { state: "accepted", note: "", seen: 2 }, "別の 確認者");
    expect(done.history.map(({ what, state, note, reviewer: by, answeredBy }) => [what, state, note, by, answeredBy])).toEqual([
      ["decided", "question", "当直表にない", reviewer, ""],
      ["answered", "question", "応援で勤務していた", reviewer, "灯台 一郎"],
      ["decided", "accepted", "", "別の 確認者", ""],
    ]);
    expect(done.history.every(({ rules, rank }) => rules > 0 && rank === item.rank)).toBe(true);
    await setReview(deps, firstSettings, reviewer);
    const { db } = region.store;
    for (const table of ["review_decision", "review_setting"] as const) {
      await expect(db.updateTable(table).set({ at: 0 }).execute()).rejects.toThrow();
      await expect(db.deleteFrom(table).execute()).rejects.toThrow();
    }
  });
});

describe("a decision", () => {
  let item: ReviewItem;
  beforeEach(async () => {
    item = await anOpening();
  });

  test("on what another reviewer just decided is refused: it must be seen first", async () => {
    const deps = reviewDeps(region);
    await decide(deps, item.id, { state: "escalated", note: "確認を要する", seen: 0 }, reviewer);
    await expect(decide(deps, item.id, { state: "accepted", note: "", seen: 0 }, "別の 確認者")).rejects.toMatchObject({
      code: "review-changed",
    });
    expect((await readReview(deps, item.id, reviewer)).state).toBe("escalated");
  });

  test("of two reviewers at the same moment stands once", async () => {
    const deps = reviewDeps(region);
    const tries = ["甲", "乙", "丙"].map((by) => decide(deps, item.id, { state: "accepted", note: "", seen: 0 }, by));
    const done = await Promise.allSettled(tries);
    expect(done.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await readReview(deps, item.id, reviewer)).history).toHaveLength(1);
  });

  test("does not stand for what came after it: more openings put an accepted review before the reviewer again", async () => {
    const deps = reviewDeps(region);
    await decide(deps, item.id, { state: "accepted", note: "", seen: 0 }, reviewer);
    await push(device, [await entry(device, "open-rest", { staff: member })]);
    const grown = await readReview(deps, item.id, reviewer);
    expect([grown.state, grown.history.map(({ what }) => what)]).toEqual(["open", ["decided", "grown"]]);
    await decide(deps, item.id, { state: "accepted", note: "", seen: 2 }, reviewer);
    await push(device, [await entry(device, "grant-end", { staff: member })]);
    expect((await readReview(deps, item.id, reviewer)).state).toBe("accepted");
  });

  test("by whoever opened it is refused: by a link to their staff entry", async () => {
    const deps = reviewDeps(region);
    await linkReviewer(region.store.db, { reviewer: "とうだい いちろう", staff: member.id });
    expect((await readReview(deps, item.id, "とうだい いちろう")).own).toBe(true);
    for (const act of [
      decide(deps, item.id, { state: "accepted", note: "", seen: 0 }, "とうだい いちろう"),
      answer(deps, item.id, { by: "x", note: "y", seen: 0 }, "とうだい いちろう"),
    ])
      await expect(act).rejects.toMatchObject({ code: "review-own" });
  });

  test.each(["灯台 一郎", "灯台一郎", "灯台　一郎"])(
    "by somebody of the opener's name, written %s, is refused without any link",
    async (name) => {
      await expect(decide(reviewDeps(region), item.id, { state: "accepted", note: "", seen: 0 }, name)).rejects.toMatchObject({
        code: "review-own",
      });
    },
  );

  test("by whoever approved it as the second person is refused", async () => {
    const second = await registered(device, "見本 花子");
    await push(device, [
      await entry(device, "second-person", { staff: second, body: { what: `rest for ${member.id}` } }),
      await entry(device, "open-rest", { staff: member }),
    ]);
    await linkReviewer(region.store.db, { reviewer, staff: second.id });
    await expect(decide(reviewDeps(region), item.id, { state: "accepted", note: "", seen: 0 }, reviewer)).rejects.toMatchObject({
      code: "review-own",
    });
  });

  test("follows the written procedure: an answer only to a question, nothing accepted twice", async () => {
    for (const state of reviewStates) expect(Object.keys(courses[state]).sort()).toEqual(["accepted", "answered", "escalated", "question"]);
    const deps = reviewDeps(region);
    await expect(answer(deps, item.id, { by: "x", note: "y", seen: 0 }, reviewer)).rejects.toMatchObject({ code: "review-changed" });
    await decide(deps, item.id, { state: "accepted", note: "", seen: 0 }, reviewer);
    await expect(decide(deps, item.id, { state: "accepted", note: "", seen: 1 }, reviewer)).rejects.toMatchObject({
      code: "review-changed",
    });
    await decide(deps, item.id, { state: "escalated", note: "後から疑義", seen: 1 }, reviewer);
  });

  test("about nothing that exists is not found", async () => {
    await expect(decide(reviewDeps(region), "none", { state: "accepted", note: "", seen: 0 }, reviewer)).rejects.toMatchObject({
      code: "not-found",
    });
  });
});

describe("the lot", () => {
  const ids = Array.from({ length: 4_000 }, (_, i) => `00000000-0000-4000-8000-${String(i).padStart(12, "0")}`);
  const drawn = (share: number, at = start) => ids.filter((id) => isDrawn(id, at, share));

  test("draws about the share that is set, the same ones each time, others in another month; of a higher share all of the lower", () => {
    expect(drawn(10).length).toBeGreaterThan(320);
    expect(drawn(10).length).toBeLessThan(480);
    expect(drawn(10)).toEqual(drawn(10));
    expect(drawn(20)).toEqual(expect.arrayContaining(drawn(10)));
    expect(drawn(10, start + 31 * 86_400_000)).not.toEqual(drawn(10));
    expect([drawn(100).length, monthInJapan(Date.UTC(2026, 9, 31, 15))]).toEqual([ids.length, "2026-11"]);
  });

  test("makes a weight of 0 no free pass: what is drawn is due though no rule holds", async () => {
    const item = await anOpening();
    const deps = reviewDeps(region);
    const { shifts } = firstSettings;
    await setReview(deps, { ...firstSettings, share: 100, shifts }, reviewer);
    // Of what came before the change, the share of then.
    expect((await settingsBook(region.store.db)).at(start - 1).share).toBe(firstSettings.share);
    region.clock.time += 1000;
    await push(device, [await entry(device, "open-strip", { staff: member })]);
    const fresh = (await reviewsOf(region)).find(({ id }) => id !== item.id);
    expect(fresh && [held(fresh), fresh.rank, fresh.lot, fresh.due]).toEqual([[], 0, true, true]);
  });

  test("keeps what it drew when the share is lowered afterwards", async () => {
    await anOpening();
    const deps = reviewDeps(region);
    region.clock.time += 1;
    await setReview(deps, { ...firstSettings, share: 100 }, reviewer);
    region.clock.time += 1;
    await push(device, [await entry(device, "open-strip", { staff: member })]);
    const latest = async () => (await reviewsOf(region)).reduce((a, b) => (a.opened > b.opened ? a : b));
    expect((await latest()).lot).toBe(true);
    region.clock.time += 1;
    await setReview(deps, { ...firstSettings, share: 1 }, reviewer);
    expect((await latest()).lot).toBe(true);
  });
});
