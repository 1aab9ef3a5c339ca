// @vitest-environment jsdom
import { act } from "react";
import { afterEach, expect, test } from "vitest";
import { TomoshibiError } from "../../../src/shared/error.ts";
import type { Core } from "../../../src/viewer/app/core.ts";
import { type FakeCore, hits, makeFakeCore } from "./fake-core.ts";
import { note, shown as noted, someNotes, unknownA } from "./fake-notes.ts";
import { type Shown, show } from "./screen.tsx";

let shown: Shown | null = null;
afterEach(async () => {
  await shown?.close();
  shown = null;
});

const begin = async (over: Partial<Core> = {}): Promise<{ readonly screen: Shown; readonly core: FakeCore }> => {
  const core = makeFakeCore({}, over);
  shown = await show(core);
  return { screen: shown, core };
};
const atStrip = async (over: Partial<Core> = {}) => {
  const begun = await begin(over);
  await begun.screen.type("患者をさがす", "とうだい");
  await begun.screen.press(/灯台 太郎/);
  await begun.screen.press(/意識がない/);
  return begun;
};
const writes = (core: FakeCore) => core.asked.filter((asked) => asked.startsWith("writeNote"));

test("vital signs: typed, looked over with the person's two identifiers, saved, and said to be unsent", async () => {
  const { screen, core } = await atStrip();
  await screen.press("記録する");
  await screen.press("バイタル");
  await screen.type("収縮期血圧 (mmHg)", "８８");
  await screen.type("拡張期血圧 (mmHg)", "52");
  await screen.type("日付", "2026-11-20");
  await screen.type("時刻", "0310");
  await screen.press("内容を確かめる");
  for (const words of ["この内容で保存しますか", "灯台 太郎", "1948-03-05", "88/52 mmHg", "2026-11-20（金）03:10"])
    expect(screen.text()).toContain(words);
  expect(writes(core)).toEqual([]);
  await screen.press("この端末に保存する");
  expect(writes(core)).toEqual(["writeNote AAAA vitals 2026-11-20T03:10 null null"]);
  expect(screen.text()).toContain("この端末に保存しました（未送信）");
  await screen.press("閉じる");
  expect(screen.text()).toContain("この端末に保存・未送信");
});

test("what is wrong is named beside its field and nothing is saved; what is odd is doubted and may be saved", async () => {
  const { screen, core } = await atStrip();
  await screen.press("記録する");
  await screen.press("バイタル");
  await screen.type("SpO2 (%)", "101");
  await screen.press("内容を確かめる");
  expect(screen.text()).toContain("SpO2 は 100 % を超えません。");
  expect(screen.text()).not.toContain("この内容で保存しますか");
  await screen.type("SpO2 (%)", "99");
  await screen.type("脈拍 (回/分)", "300");
  await screen.press("内容を確かめる");
  expect(screen.text()).toContain("脈拍 300 回/分 は、ふだん見ない値です。");
  await screen.press("この端末に保存する");
  expect(writes(core)).toHaveLength(1);
});

test("a write that fails is said, the words stay, and the next try saves them", async () => {
  let full = true;
  const tried: unknown[] = [];
  const { screen } = await atStrip({
    writeNote: async (_, { content }) => {
      tried.push(content);
      if (full) throw new TomoshibiError("journal-write-failed");
    },
  });
  await screen.press("記録する");
  await screen.press("自由記載");
  await screen.type("本文", "輸血を開始");
  await screen.press("内容を確かめる");
  await screen.press("この端末に保存する");
  expect(screen.text()).toContain("保存できませんでした。入力した内容はこの画面に残っています。");
  expect(screen.text()).not.toContain("保存しました");
  await screen.press("戻って直す");
  expect(screen.value("本文")).toBe("輸血を開始");
  full = false;
  await screen.press("内容を確かめる");
  await screen.press("この端末に保存する");
  expect(screen.text()).toContain("この端末に保存しました（未送信）");
  expect(tried).toHaveLength(2);
});

test("the browser's way back leaves the note, not the person, and what was begun is there again", async () => {
  const { screen, core } = await atStrip();
  await screen.press("記録する");
  await screen.press("自由記載");
  await screen.type("本文", "半分まで");
  await act(async () => void window.dispatchEvent(new PopStateEvent("popstate")));
  await screen.settle();
  expect(core.asked).not.toContain("endGrant");
  expect(screen.text()).toContain("危険情報");
  await screen.press("記録する");
  expect(screen.value("本文")).toBe("半分まで");
});

test("a template is added to what stands there and takes nothing away", async () => {
  const { screen } = await atStrip();
  await screen.press("記録する");
  await screen.press("自由記載");
  await screen.type("本文", "先に書いた");
  await screen.press("外傷初期");
  expect(screen.value("本文")).toMatch(/^先に書いた\n受傷機転：/);
});

test("notes stand in a frame of their own, each with author, device and what became of it; the corrected one says so", async () => {
  const { screen } = await atStrip({ notesOf: async () => ({ notes: someNotes, unreadable: 2 }) });
  for (const words of [
    "病院の診療記録ではありません",
    "架空 次郎（看護師）",
    "端末メモ・架空中央病院 救急外来 タブレット1",
    "この端末に保存・未送信",
    "ハブに届いた・病院の確認待ち",
    "病院が採用",
    "訂正済み：この内容は使わないでください",
    "この端末で開けない端末メモが 2件あります。",
  ])
    expect(screen.text()).toContain(words);
  expect(screen.text()).not.toMatch(/なし|なし（/);
});

test("a correction begins with what stood there, and names the note it corrects", async () => {
  const first = someNotes[0];
  if (!first) throw new Error("no note");
  const { screen, core } = await atStrip({ notesOf: async () => ({ notes: [first], unreadable: 0 }) });
  await screen.press("このメモを訂正する");
  expect(screen.value("脈拍 (回/分)")).toBe("122");
  await screen.type("脈拍 (回/分)", "112");
  await screen.press("内容を確かめる");
  await screen.press("この端末に保存する");
  expect(writes(core)[0]).toMatch(new RegExp(`vitals .* null ${first.note.id}$`));
});

test("somebody unknown: registered with nothing known, written about, then found and linked, and taken back", async () => {
  const { screen, core } = await begin();
  await screen.press("身元不明の患者");
  await screen.press("身元不明の患者を登録する");
  await screen.press("登録して記録を始める");
  expect(core.asked).toContain("registerUnknown null-null unknown null");
  expect(screen.text()).toContain("年齢不明");
  await screen.press("この人と判明");
  await screen.type("氏名・カナ・生年月日・患者番号で探す", "とうだい");
  await screen.press(/灯台 太郎/);
  expect(screen.canPress(/と判明した/)).toBe(false);
  await screen.type("何で確かめたか", "運転免許証");
  await screen.press(/と判明した/);
  expect(core.asked).toContain("identify 不明A 11-20 08:00 AAAA 運転免許証");
  expect(core.asked.some((asked) => asked.startsWith("breakGlass"))).toBe(false);
  await screen.press("記録を終える");
  expect(core.asked).toContain("endUnknown 不明A 11-20 08:00");
});

test("an identification can be taken back, by a correction that names it", async () => {
  const said = noted(
    note(31, unknownA, {
      happened: "2026-11-20T03:00",
      content: { kind: "identified", person: unknownA.id, name: "灯台 太郎", kana: "", birthDate: "1948-03-05", how: "家族" },
    }),
  );
  const patients = [{ subject: unknownA, since: "2026-11-20T02:40", deviceName: "タブレット2", notes: 2, identified: true }];
  const { screen, core } = await begin({
    unknownPatients: async () => patients,
    notesOf: async () => ({ notes: [said], unreadable: 0 }),
  });
  await screen.press("身元不明の患者");
  await screen.press(/不明A/);
  expect(core.asked).toContain(`openUnknown ${unknownA.id}`);
  await screen.press("特定を取り消す");
  expect(writes(core)[0]).toMatch(new RegExp(`text .* ${said.note.id}$`));
});

test("nobody found leads to the unknown patients", async () => {
  const { screen } = await begin();
  await screen.type("患者をさがす", "すずき");
  await screen.press("身元不明の患者");
  expect(screen.text()).toContain("この施設の身元不明の患者");
});

test("a printed form leads to its person's reasons; what is written there carries the form, and it is given back once all is copied", async () => {
  const id = "0123456789ABCDEFGHJKMNPQRS";
  const returned: string[] = [];
  const { screen, core } = await begin({
    forms: async () => [{ id, kind: "course", at: 0, byName: "見本 花子", bound: true, hit: hits[0] ?? null, returned: null }],
    returnForm: async (form) => returned.push(form) > 0,
  });
  await screen.press("停止時の用紙");
  await screen.press("端末に書き写す");
  expect(screen.text()).toContain("灯台 太郎 さんのために印刷された用紙です。");
  expect(core.asked.some((asked) => asked.startsWith("breakGlass"))).toBe(false);
  await screen.press("灯台 太郎 を開いて転記する");
  await screen.press(/意識がない/);
  await screen.press("記録する");
  await screen.press("処置");
  await screen.press("酸素投与");
  await screen.press("内容を確かめる");
  await screen.press("この端末に保存する");
  expect(writes(core)[0]).toMatch(new RegExp(` treatment .* ${id} null$`));
  expect(returned).toEqual([]);
  await screen.press("すべて写した");
  expect(returned).toEqual([id]);
  expect(screen.text()).toContain("返却済みになりました");
});
