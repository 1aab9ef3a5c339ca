// @vitest-environment jsdom
/** The ways from home to a person besides typed words, and without a pointer. */
import { act } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { TomoshibiError } from "../../../src/shared/error.ts";
import { personCode } from "../../../src/shared/protocol/paper.ts";
import { hits, makeFakeCore } from "./fake-core.ts";
import { type Shown, show } from "./screen.tsx";

let shown: Shown | null = null;
afterEach(async () => {
  await shown?.close();
  shown = null;
});
const searchField = "患者をさがす";
const opened = (core: { readonly asked: readonly string[] }) => core.asked.filter((ask) => /^break|^open/.test(ask));
async function key(name: string, target: Element | null = document.activeElement): Promise<void> {
  await act(async () => {
    target?.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
  });
  await shown?.settle();
}
const focused = () => document.activeElement?.textContent ?? "";
const search = () => document.querySelector<HTMLInputElement>("input[type=search]");

describe("whom I opened in this shift", () => {
  it("stands on home with the time, and a tap asks for a reason again", async () => {
    const core = makeFakeCore();
    shown = await show(core);
    expect(shown.text()).toContain("この12時間に、あなたがこの端末で開いた人");
    expect(shown.text()).toContain("に開いた（30分前）");
    await shown.press(/灯台 未来/);
    expect(shown.canPress(/意識がない/)).toBe(true);
    expect(opened(core)).toEqual([]);
  });

  it("is nobody: nothing is said", async () => {
    shown = await show(makeFakeCore({}, { recentPeople: async () => [] }));
    expect(shown.text()).not.toContain("12時間");
  });

  it("cannot be read: that is said, and home stays", async () => {
    shown = await show(makeFakeCore({}, { recentPeople: () => Promise.reject(new TomoshibiError("storage-failed")) }));
    expect(shown.text()).toContain("storage-failed");
    expect(shown.text()).toContain(searchField);
  });

  it("many are folded, and all of them a tap away", async () => {
    const people = Array.from({ length: 9 }, (_, n) => ({ hit: { ...hits[0], personRef: `R${n}` } as (typeof hits)[number], at: 0 }));
    shown = await show(makeFakeCore({}, { recentPeople: async () => people }));
    expect(document.querySelectorAll(".recent button.hit")).toHaveLength(3);
    await shown.press("ほかの 6人も見る");
    expect(document.querySelectorAll(".recent button.hit")).toHaveLength(9);
  });
});

describe("the four facts", () => {
  const fill = async () => {
    await shown?.press("4情報でさがす");
    await shown?.type("氏名（漢字・カナ・ローマ字）", "灯台 太郎");
    await shown?.type("生年月日", "S23.3.5");
  };

  it("find who matches, and apart who nearly does, with what differs in words; a tap opens nothing", async () => {
    const core = makeFakeCore();
    shown = await show(core);
    await fill();
    await shown.press("男性");
    await shown.type("住所", "見本市灯台町");
    await shown.press("この条件でさがす");
    expect(core.asked).toContain("fourSearch 灯台 太郎 S23.3.5 male 見本市灯台町");
    for (const words of ["すべて一致：1人", "4項目がすべて一致", "近い人：1人", "生年月日が1日違う", "住所が違う"])
      expect(shown.text()).toContain(words);
    await shown.press(/灯台 太朗/);
    expect(shown.canPress(/意識がない/)).toBe(true);
    expect(opened(core)).toEqual([]);
  });

  it("are not asked with one alone or with half a date, and an answer does not outlive its question", async () => {
    shown = await show(makeFakeCore());
    await shown.press("4情報でさがす");
    await shown.type("氏名（漢字・カナ・ローマ字）", "灯台 太郎");
    expect(shown.canPress("この条件でさがす")).toBe(false);
    await shown.type("生年月日", "昭和23年");
    expect(shown.text()).toContain("年・月・日をすべて入れてください");
    expect(shown.canPress("この条件でさがす")).toBe(false);
    await shown.type("生年月日", "昭和23年3月5日");
    expect(shown.text()).toContain("1948-03-05");
    await shown.press("この条件でさがす");
    expect(shown.text()).toContain("すべて一致");
    await shown.type("住所", "港");
    expect(shown.text()).not.toContain("すべて一致：");
  });

  it("that fit nobody say among how many and how old it is", async () => {
    shown = await show(makeFakeCore());
    await shown.press("4情報でさがす");
    await shown.type("氏名（漢字・カナ・ローマ字）", "遠方 一");
    await shown.type("生年月日", "1951-02-28");
    await shown.press("この条件でさがす");
    for (const words of ["保存済み 512人の中に", "2026-11-20 07:00 現在"]) expect(shown.text()).toContain(words);
  });
});

describe("nobody found", () => {
  it("says for which words, and leads on to the four facts and to the region", async () => {
    const core = makeFakeCore();
    shown = await show(core);
    await shown.type(searchField, "すずき");
    expect(shown.text()).toContain("さがした言葉：「すずき」");
    for (const next of ["氏名・生年月日・性別・住所でさがす", "ハブと同期して、もう一度さがす", "地域から探す"])
      expect(shown.canPress(next)).toBe(true);
    await shown.press("ハブと同期して、もう一度さがす");
    expect(core.asked).toContain("sync");
    await shown.press("氏名・生年月日・性別・住所でさがす");
    expect(shown.text()).toContain("4情報でさがす");
  });
});

describe("a scanner that types", () => {
  const sheet = { ...hits[0], personRef: "AAAAAAAAAAAAAAAAAAAAAA" } as (typeof hits)[number];

  it("ends with Enter: a sheet or a number of one person leads to the reasons, and opens nothing", async () => {
    for (const text of [personCode(sheet.personRef), "A000777B"]) {
      const core = makeFakeCore({}, { person: (ref) => (ref === sheet.personRef ? sheet : null) });
      shown = await show(core);
      await shown.type(searchField, text);
      await key("Enter", search());
      expect(shown.canPress(/意識がない/)).toBe(true);
      expect(opened(core)).toEqual([]);
      await shown.close();
    }
    shown = null;
  });

  it("a number that two bear is a list, a stained code says so, a number of nobody leaves the search as it is", async () => {
    for (const [text, said] of [
      ["A12345B", "2人が該当します"],
      ["TMSB1:P:AAAA", "欠けているか、汚れています"],
      ["A99999B", "さがした言葉：「A99999B」"],
    ] as const) {
      shown = await show(makeFakeCore());
      await shown.type(searchField, text);
      await key("Enter", search());
      expect(shown.text()).toContain(said);
      await shown.close();
    }
    shown = null;
  });

  it("a birth date that finds several stays a list, though somebody bears it as a number", async () => {
    shown = await show(makeFakeCore({}, { withNumber: () => hits.slice(0, 1) }));
    await shown.type(searchField, "19480305");
    await key("Enter", search());
    expect(document.querySelectorAll("button.hit").length).toBeGreaterThan(1);
  });
});

describe("without a pointer", () => {
  it("/ goes to the search, arrows through the people found, Escape back to an empty search", async () => {
    shown = await show(makeFakeCore());
    await shown.type(searchField, "とうだい");
    search()?.blur();
    await key("/", document.body);
    expect(document.activeElement).toBe(search());
    await key("ArrowDown");
    expect(focused()).toContain("灯台 太郎");
    await key("ArrowDown");
    expect(focused()).toContain("灯台 太朗");
    await key("ArrowUp");
    await key("ArrowUp");
    expect(document.activeElement).toBe(search());
    await key("Escape");
    expect(search()?.value).toBe("");
  });

  it("Enter takes the only person found, and none of several", async () => {
    shown = await show(makeFakeCore());
    await shown.type(searchField, "とうだい");
    await key("Enter", search());
    expect(shown.canPress(/意識がない/)).toBe(false);
    await shown.close();
    shown = await show(makeFakeCore({}, { search: () => hits.slice(0, 1) }));
    await shown.type(searchField, "とうだい");
    await key("Enter", search());
    expect(shown.canPress(/意識がない/)).toBe(true);
  });
});

describe("people who are alike", () => {
  it("stand side by side with what differs in words and letter by letter; a tap opens nothing", async () => {
    const core = makeFakeCore();
    shown = await show(core);
    await shown.type(searchField, "とうだい");
    expect(shown.text()).toContain("架空中央病院 番号 0000012345");
    await shown.press("似た人と並べて見分ける");
    expect(shown.text()).toContain("違う項目：漢字・生年月日・住所");
    expect(shown.text()).toContain("同じ項目：カナ・性別・病院の番号");
    const marks = [...document.querySelectorAll("dialog mark")].map(({ textContent }) => textContent);
    expect(marks.slice(0, 2)).toEqual(["郎", "5"]);
    await act(async () => document.querySelector<HTMLElement>("dialog button.hit")?.click());
    expect(shown.canPress(/意識がない/)).toBe(true);
    expect(opened(core)).toEqual([]);
  });
});

describe("the status", () => {
  it("is short while all is well, and unfolds to every fact", async () => {
    shown = await show(makeFakeCore({ hubReached: true, outbox: 0 }));
    for (const words of ["ハブ：接続できる", "保存済み 512人", "利用期限 2026", "閲覧記録はすべて送信済み"])
      expect(shown.text()).toContain(words);
    expect(shown.text()).not.toContain("時計：ハブと一致");
    expect(document.querySelectorAll(".status-bad")).toHaveLength(0);
    await shown.press("状態をすべて見る");
    for (const words of ["時計：ハブと一致", "最後の接続"]) expect(shown.text()).toContain(words);
  });
});
