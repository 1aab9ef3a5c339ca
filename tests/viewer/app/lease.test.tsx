// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from "vitest";
import { TomoshibiError } from "../../../src/shared/error.ts";
import { dayOf } from "../../../src/viewer/app/ConfirmDate.tsx";
import { now } from "../chart/people.ts";
import { makeFakeCore } from "./fake-core.ts";
import { type Shown, show } from "./screen.tsx";

const day = 86_400_000;
let shown: Shown | null = null;
afterEach(async () => {
  vi.restoreAllMocks();
  await shown?.close();
  shown = null;
});
const ended = { normalUntil: now - 30 * day, disasterUntil: now - 7 * day };
const searchField = "患者をさがす";

describe("the status line", () => {
  it.each([
    ["normal", "利用期限 2026", false],
    ["extended", "利用期限を過ぎています（災害時の期限", true],
  ] as const)("says %s", async (leaseState, words, marked) => {
    shown = await show(makeFakeCore({ leaseState }));
    expect(shown.text()).toContain(words);
    expect([...document.querySelectorAll(".status-bad")].some((fact) => fact.textContent?.includes(words))).toBe(marked);
  });
});

describe("a lease that opens nothing", () => {
  it("by the clock alone: says that nothing is lost, and lets two members confirm the date", async () => {
    const core = makeFakeCore({ leaseState: "doubtful", lease: ended });
    shown = await show(core);
    expect(shown.text()).not.toContain(searchField);
    for (const words of ["保存した情報は消えていません", "ハブと同期する", "紙の手順"]) expect(shown.text()).toContain(words);
    await shown.type("今日の日付", "２０２６年１１月２１日");
    expect(shown.text()).toContain("2026年11月21日土曜日");
    expect(shown.canPress("二人で確認して開く")).toBe(false);
    await shown.type("その人のパスフレーズ", "みずうみ きつね");
    await shown.press("二人で確認して開く");
    expect(core.asked).toContain("confirmDate 2026-11-21 s2 passphrase");
    expect(shown.text()).toContain(searchField);
  });

  it("a wrong passphrase of the second is said, and not left standing", async () => {
    const core = makeFakeCore(
      { leaseState: "doubtful", lease: ended },
      { confirmDate: () => Promise.reject(new TomoshibiError("unlock-wrong")) },
    );
    shown = await show(core);
    await shown.type("今日の日付", "20261121");
    await shown.type("その人のパスフレーズ", "ちがう");
    await shown.press("二人で確認して開く");
    expect([shown.value("その人のパスフレーズ"), shown.text().includes("unlock-wrong")]).toEqual(["", true]);
  });

  it("for certain: says that the keys are gone and what brings them back, and asks nobody for a date", async () => {
    shown = await show(makeFakeCore({ leaseState: "over", lease: ended }));
    expect(shown.text()).toContain("情報を開く鍵をこの端末から消しました");
    expect(shown.text()).not.toContain("今日の日付");
    expect(shown.text()).not.toContain("該当する人は見つかりません");
  });

  it("that comes while a person is open takes the person off the screen", async () => {
    const core = makeFakeCore();
    shown = await show(core);
    await shown.type(searchField, "とうだい");
    await shown.press(/灯台 太郎/);
    core.set({ leaseState: "doubtful", lease: ended });
    await shown.settle();
    expect(shown.text()).not.toContain("灯台 太郎");
  });

  it.each([
    ["20261121", "2026-11-21"],
    ["２０２６－１１－２１", "2026-11-21"],
    ["2026/11/21", "2026-11-21"],
    ["2026年11月21日", "2026-11-21"],
    ["20260231", null],
    ["261121", null],
    ["きょう", null],
  ])("reads %s as %s", (typed, date) => {
    expect(dayOf(typed)).toBe(date);
  });
});

describe("a wiped device", () => {
  const at = now - 3_600_000;
  it("says what happened, what is left, and that it still sends", async () => {
    const core = makeFakeCore({
      phase: "wiped",
      staff: null,
      leaseState: "none",
      lease: null,
      wipe: { step: "waiting", reason: "revoked", at },
    });
    shown = await show(core);
    for (const words of ["この端末の情報は消されました", "登録を取り消しました", "閲覧記録 3件だけが", "運用担当者に連絡"])
      expect(shown.text()).toContain(words);
    await shown.press("いま送る");
    expect(core.asked.filter((ask) => ask === "sync").length).toBeGreaterThan(0);
  });

  it("that is empty says so above the enrolment, and how to begin again", async () => {
    shown = await show(
      makeFakeCore({ phase: "blank", staff: null, leaseState: "none", lease: null, wipe: { step: "done", reason: "renew", at } }),
    );
    for (const words of ["すべて消されました", "登録をやり直す", "新しい登録コード", "登録コード（64文字）"])
      expect(shown.text()).toContain(words);
  });

  it("loads the page anew when somebody was inside: keys do not stay in its memory", async () => {
    const core = makeFakeCore();
    shown = await show(core);
    core.set({ phase: "wiped", staff: null, wipe: { step: "waiting", reason: "revoked", at } });
    await shown.settle();
    expect(shown.reloads()).toBe(1);
  });
});

describe("a member who is removed while inside", () => {
  it("sees the lock screen on a page loaded anew; locking by hand loads it once", async () => {
    const core = makeFakeCore();
    shown = await show(core);
    core.set({ phase: "locked", staff: null });
    await shown.settle();
    expect(shown.reloads()).toBe(1);
    await shown.close();
    shown = await show(makeFakeCore());
    await shown.press("ロック");
    expect(shown.reloads()).toBe(1);
  });
});
