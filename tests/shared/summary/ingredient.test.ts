import { describe, expect, test } from "vitest";
import { foldForSearch } from "../../../src/shared/summary/fold.ts";
import { ingredientOf, ingredientOfName } from "../../../src/shared/summary/ingredient.ts";
import { genericNames } from "../../../src/shared/summary/tables/generics.ts";
import { medicineNameRules } from "../../../src/shared/summary/tables/names.ts";

test.each([
  ["ワーファリン錠1mg", "ワルファリン"],
  ["【般】ワルファリンＫ錠０．５ｍｇ", "ワルファリン"],
  ["ﾜｰﾌｧﾘﾝ錠1mg", "ワルファリン"],
  ["アムロジピンOD錠5mg「見本」", "アムロジピン"],
  ["ノルバスク錠5mg", "アムロジピン"],
  ["ロキソプロフェンNa錠60mg「EMEC」", "ロキソプロフェン"],
  ["メトホルミン塩酸塩錠250mgMT", "メトホルミン"],
  ["インスリン グラルギンBS注ミリオペン", "インスリングラルギン"],
  ["ヘパリンNa注5千単位/5mL", "ヘパリン"],
  ["ビ・シフロール錠0.5mg", "プラミペキソール"],
])("%s is %s", (name, generic) => expect(ingredientOfName(name)).toBe(generic));

describe("combinations", () => {
  test.each(["カデュエット配合錠4番", "アムロジピン5mg・アトルバスタチン10mg配合錠", "アトルバスタチン/アムロジピン配合錠"])(
    "%s has both names in one order",
    (name) => expect(ingredientOfName(name)).toBe("アトルバスタチン・アムロジピン"),
  );

  test.each(["アムロジピン・謎配合錠", "テルミサルタン・ヒドロクロロチアジド配合錠AP", "謎・アムロジピン配合錠", "アムロジピン配合錠"])(
    "%s has a part nobody knows: nothing is said",
    (name) => expect(ingredientOfName(name)).toBe(""),
  );

  test("a brand of several ingredients is not one of them", () => {
    expect(ingredientOfName("タケルダ配合錠")).not.toBe(ingredientOfName("バイアスピリン錠100mg"));
    expect(ingredientOfName("コンプラビン配合錠")).toBe(ingredientOfName("クロピドグレル・アスピリン配合錠"));
  });
});

test.each(["", "謎の薬", "生理食塩液100mL", "ヘパリン類似物質油性クリーム0.3%", "インスリン", "インスリン用注射器", "エクアドル"])(
  "「%s」 has no known ingredient",
  (name) => expect(ingredientOfName(name)).toBe(""),
);

test("look-alikes are told apart", () => {
  for (const [a, b] of [
    ["アマリール錠1mg", "アルマール錠5mg"],
    ["タキソール注", "タキソテール注"],
    ["ノルバスク錠", "ノルバデックス錠"],
    ["プレドニン錠5mg", "プルゼニド錠12mg"],
    ["セロクエル錠25mg", "セロクラール錠10mg"],
  ] as const)
    expect(ingredientOfName(a), a).not.toBe(ingredientOfName(b) || "-");
});

test("the text and the texts of the codes must agree", () => {
  const code = (text: string) => ({ system: "YJ", code: "1", text });
  expect(ingredientOf({ text: "院内薬12", codes: [code("ワーファリン錠1mg")] })).toBe("ワルファリン");
  expect(ingredientOf({ text: "ワルファリンK錠", codes: [code("ワーファリン錠1mg"), code("謎")] })).toBe("ワルファリン");
  expect(ingredientOf({ text: "エリキュース錠", codes: [code("ワーファリン錠1mg")] })).toBe("");
});

test("every name of the tables leads to its own ingredients, and to the same as its generic name", () => {
  for (const { generic, names } of [...medicineNameRules, ...genericNames]) {
    if (generic === "インスリン") continue;
    for (const name of names) {
      const found = ingredientOfName(name).split("・").sort();
      // Two brands stand in two classes under two spellings: the first one counts.
      if (!/^(?:ソリクア|ゾルトファイ)$/.test(name)) expect(found, name).toEqual(generic.split("・").sort());
    }
  }
});

test("no brand of the table of ordinary medicines stands for two ingredients", () => {
  const seen = new Map<string, string>();
  for (const { generic, names } of genericNames) {
    for (const name of names) {
      expect(seen.get(foldForSearch(name)) ?? generic, name).toBe(generic);
      seen.set(foldForSearch(name), generic);
    }
  }
});
