/** @vitest-environment jsdom */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { now } from "../chart/people.ts";
import { makeFakeCore } from "./fake-core.ts";
import { type Shown, show } from "./screen.tsx";

let shown: Shown;
beforeEach(() => vi.useRealTimers());
afterEach(async () => {
  await shown.close();
});

/** All that stands in the document: text, values, names and places of elements. */
const documentSays = () => document.documentElement.outerHTML + [...document.querySelectorAll("input")].map(({ value }) => value).join();

/** Waits until the screen says so: a part that is loaded, a strength that is judged. */
const said = async (words: string) => {
  for (let turn = 0; turn < 40 && !shown.text().includes(words); turn++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    await shown.settle();
  }
  expect(shown.text()).toContain(words);
};

test("paused: no patient's text is anywhere in the document, and the PIN brings the same screen back as it was", async () => {
  const core = makeFakeCore();
  shown = await show(core);
  await shown.type("患者をさがす", "とうだい");
  await shown.press("灯台 太郎");
  await shown.press("意識がない");
  expect(shown.text()).toContain("灯台 太郎");
  await core.setPin("4713");
  await core.pause();
  await shown.settle();
  expect(shown.text()).toContain("画面を隠しています");
  for (const word of ["灯台", "とうだい", "1948", "トウダイ", "ワルファリン", "ペニシリン"])
    expect([word, documentSays().includes(word)]).toEqual([word, false]);
  await shown.type("PIN（数字4〜8桁）", "9999");
  await shown.press("画面に戻る");
  expect(shown.text()).toContain("あと4回まちがえると、ロックします。");
  expect(shown.value("PIN（数字4〜8桁）")).toBe("");
  await shown.type("PIN（数字4〜8桁）", "4713");
  await shown.press("画面に戻る");
  expect(shown.text()).toContain("灯台 太郎");
  expect(core.asked.filter((each) => each.startsWith("breakGlass")).length).toBe(1);
});

test("paused, then the lock comes by itself: the page is loaded anew", async () => {
  const core = makeFakeCore({ phase: "soft" });
  shown = await show(core);
  core.set({ phase: "locked", staff: null });
  await shown.settle();
  expect(shown.reloads()).toBe(1);
});

test("one way, a way never tried, and a device with one member are said at home and where they are mended", async () => {
  shown = await show(makeFakeCore({}, { keyHealth: () => ({ own: "one-way", members: 1, rotation: null }) }));
  expect(shown.text()).toContain("解錠の方法が1つだけです");
  expect(shown.text()).toContain("この端末を解錠できる職員が1人です");
  await shown.press(/^鍵と資格情報$/);
  expect(shown.text()).toContain("90日以上試していません");
  expect(shown.text()).toContain("まだ一度も試していません");
});

test("a rehearsal asks for that way alone, and says that it opened", async () => {
  const core = makeFakeCore();
  shown = await show(core);
  await shown.press(/^鍵と資格情報$/);
  await shown.press("試してみる");
  await shown.type("いまのパスフレーズ", "right");
  await shown.press("パスフレーズで確認する");
  expect(shown.text()).toContain("開けました");
  expect(core.asked).toContain("rehearse passphrase");
});

test("a changed passphrase: strength in words, typed twice, then confirmed by a way that opens", async () => {
  const core = makeFakeCore();
  shown = await show(core);
  await shown.press(/^鍵と資格情報$/);
  await shown.press("パスフレーズを変更する");
  await shown.press("自分で決める");
  await shown.type("自分で決めたパスフレーズ", "tanaka");
  await said("弱い：");
  const long = "桜が咲いたら川沿いを犬と散歩する";
  await shown.type("自分で決めたパスフレーズ", long);
  await shown.type("確認のためもう一度入力", long);
  await said("十分：");
  await shown.press("この内容で登録する");
  await shown.press("パスキーで確認する");
  expect(core.asked).toContain("addWay passkey passphrase");
});

test("where passkeys give no secret, the passphrase is what is offered", async () => {
  const core = makeFakeCore({}, { passkeySupported: async () => false });
  shown = await show(core);
  await shown.press(/^鍵と資格情報$/);
  expect(shown.canPress("パスキーを追加する")).toBe(false);
  expect(shown.canPress("パスフレーズを変更する")).toBe(true);
});

test("the sponsor names a locum, hands over, and reads until when", async () => {
  const core = makeFakeCore();
  shown = await show(core);
  await shown.press("同僚を24時間だけ入れる");
  await shown.press("名簿にいない人");
  await shown.type("氏名", "見本 当直");
  await shown.press("パスキー");
  await shown.press("24時間の利用を許可する");
  expect(core.asked).toContain("sponsor 見本 当直 physician passkey");
  expect(shown.text()).toContain("見本 当直 は");
});

test("the envelope at the lock screen: closed without a disaster; with one it asks for the letters and who it is", async () => {
  shown = await show(makeFakeCore({ phase: "locked", staff: null }));
  await shown.press("非常用封筒");
  expect(shown.text()).toContain("災害の宣言が出ていない");
  await shown.close();
  const core = makeFakeCore({ phase: "locked", staff: null }, { envelopeStanding: () => "ready" });
  shown = await show(core);
  await shown.press("非常用封筒");
  await shown.type("封筒の文字", "abcd-efgh jkmn pqrs tvwx yz01 2345 6789");
  expect(shown.canPress("封筒で開く")).toBe(false);
  await shown.press("架空 次郎");
  await shown.press("封筒で開く");
  expect(core.asked).toContain("unlockByEnvelope 32 s2");
});

test("whoever is in by the envelope or by a colleague's leave has it above every screen", async () => {
  const core = makeFakeCore({}, { visitor: () => ({ kind: "envelope", user: "架空 次郎" }) });
  shown = await show(core);
  expect(shown.text()).toContain("非常用封筒で使用中（架空 次郎）");
  await shown.type("患者をさがす", "とうだい");
  await shown.press("灯台 太郎");
  expect(shown.text()).toContain("非常用封筒で使用中（架空 次郎）");
  await shown.close();
  shown = await show(makeFakeCore({}, { visitor: () => ({ kind: "sponsored", until: now + 3_600_000, sponsor: "見本 花子" }) }));
  expect(shown.text()).toContain("見本 花子 の許可で使用中");
});
