// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from "vitest";
import { TomoshibiError } from "../../../src/shared/error.ts";
import { hiddenMs, idleMs } from "../../../src/viewer/app/guard.ts";
import { now } from "../chart/people.ts";
import { baseStatus, makeFakeCore } from "./fake-core.ts";
import { type Shown, show } from "./screen.tsx";

let shown: Shown | null = null;
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await shown?.close();
  shown = null;
});

const code = "7K3QD-M2XA9-PHT4W-ZBC3N-E7K3Q-DM2XA-9PHT4-WZBC3-NE7K3-QDM2X-A9PHT-4WZBC-3NE0".replace(/-/g, "").slice(0, 64);

describe("enrolment", () => {
  it("takes the code in any case, grouping and look-alike letters, and asks the hub once", async () => {
    const core = makeFakeCore({ phase: "blank", staff: null });
    shown = await show(core);
    expect(shown.canPress("登録を申し込む")).toBe(false);
    await shown.type(
      "登録コード（64文字）",
      code
        .toLowerCase()
        .replaceAll("0", "o")
        .replace(/(.{5})/g, "$1 "),
    );
    await shown.type("端末の名前", "救急外来 タブレット2");
    await shown.press("登録を申し込む");
    expect(core.asked.filter((ask) => ask !== "checkEnrolment")).toEqual([`enrol ${code} 救急外来 タブレット2`]);
  });

  it("waits with the letters to compare, asking by itself", async () => {
    const core = makeFakeCore({ phase: "pending", staff: null });
    shown = await show(core);
    for (const group of ["K7QD", "M2XA", "9PHT", "4WZB", "C3NE"]) expect(shown.text()).toContain(group);
    expect(core.asked).toContain("checkEnrolment");
  });

  it("says why it failed, with the code", async () => {
    const core = makeFakeCore({ phase: "blank", staff: null }, { enrol: () => Promise.reject(new TomoshibiError("enrol-hub-unproven")) });
    shown = await show(core);
    await shown.type("登録コード（64文字）", code);
    await shown.type("端末の名前", "甲");
    await shown.press("登録を申し込む");
    expect(shown.text()).toContain("ハブが本物であることを確認できません");
    expect(shown.text()).toContain("enrol-hub-unproven");
  });

  it("sets up a member with the six words offered, once they were typed again", async () => {
    const core = makeFakeCore({ phase: "unstaffed", staff: null });
    shown = await show(core);
    await shown.press("見本 花子");
    await shown.type("本人確認コード（1回だけ使えます）", " 12345-67890 ");
    expect(shown.canPress("登録して始める")).toBe(false);
    await shown.type("確認のためもう一度入力", "あさがお");
    expect(shown.text()).toContain("一致しません");
    await shown.type("確認のためもう一度入力", " あさがお　みずうみ たいこ きつね なのはな  ゆきだるま ");
    await shown.press("登録して始める");
    expect(core.asked).toContain("addMember s1 12345-67890 passphrase");
  });
});

describe("the lock screen", () => {
  it("unlocks by name and passphrase; a wrong one is said and not left standing", async () => {
    const core = makeFakeCore({ phase: "locked", staff: null });
    shown = await show(core);
    await shown.press("見本 花子");
    await shown.type("パスフレーズ", "wrong");
    await shown.press(/^解錠する$/);
    expect(shown.text()).toContain("解錠できません");
    expect(shown.value("パスフレーズ")).toBe("");
    await shown.type("パスフレーズ", "right");
    await shown.press(/^解錠する$/);
    expect(core.status().phase).toBe("unlocked");
  });

  it("offers the passkey only to who has one", async () => {
    shown = await show(makeFakeCore({ phase: "locked", staff: null }));
    await shown.press("架空 次郎");
    expect(shown.canPress("パスキーで解錠する")).toBe(false);
    await shown.press("別の人を選ぶ");
    await shown.press("見本 花子");
    expect(shown.canPress("パスキーで解錠する")).toBe(true);
  });

  it("counts the seconds after too many failures, and lets nobody try before", async () => {
    const refused = () => Promise.reject(new TomoshibiError("unlock-throttled", { seconds: 40 }));
    shown = await show(makeFakeCore({ phase: "locked", staff: null }, { unlock: refused }));
    await shown.press("架空 次郎");
    await shown.type("パスフレーズ", "x");
    await shown.press(/^解錠する$/);
    expect(shown.text()).toContain("あと 40 秒");
    expect(shown.canPress(/^解錠する$/)).toBe(false);
  });

  it("is the only place of the update's offer", async () => {
    const core = makeFakeCore({ phase: "locked", staff: null });
    shown = await show(core);
    expect(shown.text()).toContain("新しい版があります");
    await shown.press("架空 次郎");
    await shown.type("パスフレーズ", "right");
    await shown.press(/^解錠する$/);
    expect(shown.text()).not.toContain("新しい版があります");
  });
});

describe("locking", () => {
  it("loads the page anew, even if the journal could not be written", async () => {
    shown = await show(makeFakeCore({}, { lock: () => Promise.reject(new TomoshibiError("journal-write-failed")) }));
    await shown.press("ロック");
    expect(shown.reloads()).toBe(1);
  });

  it("comes by itself after five minutes without a touch, not before", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
    const core = makeFakeCore();
    shown = await show(core);
    vi.advanceTimersByTime(idleMs - 10_000);
    await shown.settle();
    expect(core.asked).not.toContain("lock");
    expect(shown.text()).toContain("まもなくロックします");
    window.dispatchEvent(new Event("pointerdown"));
    vi.advanceTimersByTime(idleMs - 10_000);
    expect(core.asked).not.toContain("lock");
    vi.advanceTimersByTime(15_000);
    expect(core.asked).toContain("lock");
  });

  it("comes at the first touch after a tablet's sleep, in which running time stood still", async () => {
    const core = makeFakeCore();
    shown = await show(core);
    const later = Date.now() + idleMs;
    vi.spyOn(Date, "now").mockReturnValue(later);
    window.dispatchEvent(new Event("pointerdown"));
    expect(core.asked).toContain("lock");
  });

  it("blanks the screen while hidden, and comes by itself when hidden for long", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
    const core = makeFakeCore();
    shown = await show(core);
    const visibility = vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
    document.dispatchEvent(new Event("visibilitychange"));
    expect(document.documentElement.dataset.blank).toBe("");
    visibility.mockReturnValue("visible");
    document.dispatchEvent(new Event("visibilitychange"));
    expect(document.documentElement.dataset.blank).toBeUndefined();
    visibility.mockReturnValue("hidden");
    document.dispatchEvent(new Event("visibilitychange"));
    vi.advanceTimersByTime(hiddenMs + 5_000);
    expect(core.asked).toContain("lock");
  });
});

describe("home", () => {
  it("tells the truth about this device", async () => {
    shown = await show(
      makeFakeCore({
        clock: "behind",
        leaseState: "extended",
        lease: { normalUntil: now - 1, disasterUntil: now + 86_400_000 },
        persisted: false,
      }),
    );
    for (const truth of [
      "ハブ：接続できない",
      "2026-11-20 07:00 現在",
      "保存済み 512人",
      "利用期限を過ぎています",
      "未送信の閲覧記録 3件",
      "時計が遅れています",
      "消すことがあります",
    ]) {
      expect(shown.text()).toContain(truth);
    }
    expect(shown.text()).not.toContain("7時間前");
  });

  it("with nobody found says what was searched, how old it is, and what to do next", async () => {
    shown = await show(makeFakeCore());
    await shown.type("患者をさがす", "すずき");
    for (const word of ["512人の中に、該当する人は見つかりません", "生年月日、患者番号、住所", "2026-11-20 07:00 現在", "次にできること"])
      expect(shown.text()).toContain(word);
  });

  it("warns of people who are easily taken for one another", async () => {
    shown = await show(makeFakeCore());
    await shown.type("患者をさがす", "とうだい");
    expect(shown.text()).toContain("同姓同名の人がいます");
    expect(shown.text()).toContain("よく似た名前・生年月日の人がいます");
    for (const fact of ["1989（昭和64年・平成元年）", "約37歳", "生後21日", "性別 不明", "女性"]) expect(shown.text()).toContain(fact);
  });
});

describe("the first pull", () => {
  const fresh = { asOf: null, people: 0 } as const;

  it("shows how much has come, and lets one go on", async () => {
    shown = await show(
      makeFakeCore({ ...fresh, pull: { doneBytes: 31_400_000, totalBytes: 52_700_000, doneItems: 8120, totalItems: 20000 } }),
    );
    expect(shown.text()).toContain("31.4 / 52.7 MB");
    expect(shown.text()).toContain("8120 / 20000 件");
    await shown.press("裏で続けて");
    expect(shown.text()).toContain("患者をさがす");
  });

  it("that stopped says why and resumes", async () => {
    const core = makeFakeCore({ ...fresh, syncError: "pull-interrupted" });
    shown = await show(core);
    expect(shown.text()).toContain("続きから再開できます");
    const before = core.asked.length;
    await shown.press("続きから受け取る");
    expect(core.asked.slice(before)).toEqual(["sync"]);
  });

  it("gives way to home when it is done", async () => {
    const core = makeFakeCore(fresh);
    shown = await show(core);
    core.set({ asOf: baseStatus.asOf, people: 512 });
    await shown.settle();
    expect(shown.text()).toContain("患者をさがす");
  });
});

describe("language", () => {
  it("changes at once and is kept, with nothing else", async () => {
    shown = await show(makeFakeCore());
    await shown.press("表示");
    await shown.press("English");
    await shown.press("Night");
    expect(shown.text()).toContain("Find a patient");
    expect(document.documentElement.lang).toBe("en");
    expect(document.documentElement.dataset.mode).toBe("night");
    expect({ ...localStorage }).toEqual({ "tomoshibi-display": "en night" });
  });
});
