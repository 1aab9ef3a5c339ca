// @vitest-environment jsdom
import { afterEach, expect, it, vi } from "vitest";
import { type ErrorCode, TomoshibiError } from "../../../src/shared/error.ts";
import { now } from "../chart/people.ts";
import { type FakeCore, grant, makeFakeCore } from "./fake-core.ts";
import { type Shown, show } from "./screen.tsx";

let shown: Shown | null = null;
afterEach(async () => {
  await shown?.close();
  shown = null;
  delete document.documentElement.dataset.print;
});

const clinical = "ワルファリンカリウム錠1mg「架空」";
const unconscious = /意識がない/;
const others = "他の方法（緊急でないとき）";

async function atReasons(core: FakeCore): Promise<Shown> {
  shown = await show(core);
  await shown.type("患者をさがす", "とうだい");
  await shown.press(/灯台 太郎/);
  return shown;
}
const asked = (core: FakeCore) => core.asked.filter((ask) => ask !== "sync");

it("emergencies stand first and open in one tap; the other ways are folded away under them", async () => {
  const core = makeFakeCore();
  const screen = await atReasons(core);
  expect(screen.canPress(/本人（家族）がいま同意した/)).toBe(false);
  await screen.press(others);
  expect(screen.canPress(/当院の患者（診療関係あり）/)).toBe(true);
  await screen.press(/本人（家族）がいま同意した/);
  expect(asked(core)).toEqual(["breakGlass AAAA agrees"]);
  expect(screen.text()).toContain(clinical);
});

it("who agreed to the strip's opening need not be asked again: the same reason stands first for the rest", async () => {
  const core = makeFakeCore();
  const screen = await atReasons(core);
  await screen.press(others);
  await screen.press(/本人（家族）がいま同意した/);
  for (const tick of ["氏名が一致", "生年月日が一致", "本人と確認した"]) await screen.press(tick);
  const text = screen.text();
  expect(text.indexOf("本人（家族）がいま同意した")).toBeLessThan(text.indexOf("救急の治療方針"));
  await screen.press(/本人（家族）がいま同意した/);
  expect(asked(core)).toContain("breakRest agrees ");
});

it.each([
  ["path-closed", "通常の利用期限を過ぎています"],
  ["not-own-patient", "当院の患者として登録されていない"],
] as const)("a way that is closed (%s) cannot be pressed and says why", async (code, words) => {
  const said = (reason: string): ErrorCode | null => (reason === "ours" ? code : null);
  const screen = await atReasons(makeFakeCore({}, { mayOpen: (_hit, _part, reason) => said(reason) }));
  await screen.press(others);
  expect(screen.canPress(/当院の患者（診療関係あり）/)).toBe(false);
  expect(screen.text()).toContain(words);
});

it("asks for words where the device cannot tell whose patient this is", async () => {
  const core = makeFakeCore({}, { mayOpen: (_hit, _part, reason, note) => (reason === "ours" && note === "" ? "note-needed" : null) });
  core.breakGlass = async (who, reason, note) => {
    core.asked.push(`breakGlass ${reason} ${note}`);
    return grant("strip", who.personRef, now);
  };
  const screen = await atReasons(core);
  await screen.press(others);
  await screen.type("診療関係がわかる説明", "3年前から通院");
  await screen.press(/当院の患者（診療関係あり）/);
  expect(asked(core)).toEqual(["breakGlass ours 3年前から通院"]);
});

it("while an outage runs, one tap opens strip and rest, and the identity can still be confirmed", async () => {
  const outage = { from: now, until: now + 1, by: "s1", byName: "見本 花子", openings: 0 };
  const core = makeFakeCore({ outage });
  const screen = await atReasons(core);
  await screen.press(/停止中の自院の診療/);
  expect(asked(core)).toEqual(["breakGlass AAAA down", "breakRest down "]);
  expect(screen.text()).toContain("本人と推定（未確認）");
  await screen.press("本人を確認する");
  for (const tick of ["氏名が一致", "生年月日が一致", "本人と確認した"]) await screen.press(tick);
  expect(screen.text()).toContain("本人と確認済み");
});

it("an outage is declared once, stands over the search with its count, and is ended there", async () => {
  const core = makeFakeCore();
  shown = await show(core);
  await shown.press("システム停止中の診療");
  expect(shown.canPress("システム停止を宣言する")).toBe(false);
  await shown.type("何が止まっているか", "電子カルテ");
  await shown.press("システム停止を宣言する");
  expect(shown.text()).toMatch(/見本 花子 が宣言、.+ まで、開いた人 0件/);
  await shown.press("復旧した：終える");
  expect(asked(core)).toEqual(["startOutage 電子カルテ", "endOutage"]);
  expect(shown.text()).not.toContain("が宣言、");
});

/** Needs an approval once; then opens. */
function needing(why: "role" | "limit"): FakeCore {
  const core = makeFakeCore();
  const { breakGlass } = core;
  core.breakGlass = async (who, reason, note) => {
    if (!core.asked.some((ask) => ask.startsWith("approve s2"))) throw new TomoshibiError("second-person-needed", { part: "strip", why });
    return breakGlass(who, reason, note);
  };
  return core;
}

it.each([
  ["role", "あなたの職種がこの部分を開くには"],
  ["limit", "この1時間に 20人を開いたため"],
] as const)("a second person approves on the same screen (%s), which says why, and the opening goes on", async (why, words) => {
  const core = needing(why);
  const screen = await atReasons(core);
  await screen.press(unconscious);
  expect(screen.text()).toContain(words);
  expect(screen.text()).not.toContain(clinical);
  await screen.type("承認する職員のパスフレーズ", "みずうみ");
  await screen.press("承認して開く");
  expect(asked(core)).toEqual(["approve s2 passphrase AAAA strip", "breakGlass AAAA unconscious"]);
  expect(screen.text()).toContain(clinical);
});

it("a wrong credential of the second person opens nothing, says so, and does not stay on the screen", async () => {
  const core = needing("role");
  core.approve = async () => {
    throw new TomoshibiError("unlock-wrong");
  };
  const screen = await atReasons(core);
  await screen.press(unconscious);
  await screen.type("承認する職員のパスフレーズ", "wrong");
  await screen.press("承認して開く");
  expect(screen.text()).toContain("解錠できません");
  expect(screen.value("承認する職員のパスフレーズ")).toBe("");
  expect(screen.text()).not.toContain(clinical);
});

it("the second person's dialog can be left, and nothing has opened; with nobody who may approve it names the paper procedure", async () => {
  const core = needing("limit");
  core.approvers = () => [];
  const screen = await atReasons(core);
  await screen.press(unconscious);
  expect(screen.text()).toContain("承認できる職員が登録されていません");
  await screen.press("取り消す");
  expect(screen.text()).not.toContain("もう一人の承認が必要です");
  expect(asked(core)).toEqual([]);
});

it("somebody outside this device is searched for with name, birth date, sex and a reason, all of them, and opened the same way", async () => {
  const core = makeFakeCore({ hubReached: true });
  shown = await show(core);
  await shown.type("患者をさがす", "えんぽう");
  await shown.press("地域から探す");
  await shown.type("氏名またはカナ（すべて）", "エンポウ イチコ");
  await shown.press("女性");
  expect(shown.canPress(unconscious)).toBe(false);
  await shown.type("生年月日", "昭和23年3月");
  expect(shown.canPress(unconscious)).toBe(false);
  await shown.type("生年月日", "昭和23年3月5日");
  await shown.press(unconscious);
  expect(asked(core)).toEqual(["searchRegion エンポウ イチコ 1948-03-05 f unconscious"]);
  await shown.press(/遠方 一子/);
  expect(shown.text()).toContain("端末には保存しません");
  await shown.press(unconscious);
  expect(asked(core).at(-1)).toBe("breakGlass BBBB unconscious");
  expect(shown.text()).toContain(clinical);
});

it("a policy without the region offers no such search", async () => {
  const core = makeFakeCore();
  const { policy } = core;
  core.policy = () => ({ ...policy(), region: false });
  shown = await show(core);
  await shown.type("患者をさがす", "すずき");
  expect(shown.canPress("地域から探す")).toBe(false);
});

it("the page is printed after its entry; without one nothing of the patient may reach paper", async () => {
  const print = vi.fn(() => expect(document.documentElement.dataset.print).toBe("open"));
  vi.stubGlobal("print", print);
  const core = makeFakeCore();
  const screen = await atReasons(core);
  await screen.press(unconscious);
  await screen.press("印刷");
  expect(asked(core).at(-1)).toBe("print AAAA strip");
  expect(print).toHaveBeenCalledTimes(1);
  window.dispatchEvent(new Event("afterprint"));
  expect(document.documentElement.dataset.print).toBeUndefined();
  core.recordUse = async () => {
    throw new TomoshibiError("journal-write-failed");
  };
  await screen.press("印刷");
  expect(print).toHaveBeenCalledTimes(1);
  expect(document.documentElement.dataset.print).toBeUndefined();
  vi.unstubAllGlobals();
});
