/** Medicine lines as hospitals send them, and worse: long names, brackets within brackets, either width, every way to write a dose. */
import fc from "fast-check";
import { dangerDrugs } from "../../../src/hub/synth/drugs-danger.ts";
import { ordinaryDrugs } from "../../../src/hub/synth/drugs-ordinary.ts";
import type { Medicine, Quantity } from "../../../src/shared/summary/summary.ts";
import { genericNames } from "../../../src/shared/summary/tables/generics.ts";
import { medicine } from "../../viewer/chart/parts.ts";

const sold = `${dangerDrugs}\n${ordinaryDrugs}`
  .trim()
  .split("\n")
  .map((line) => line.split("|")[1] ?? "")
  .filter((name) => name !== "");
const generics = genericNames.flatMap(({ names, generic }) => [generic, ...names]);

const digits = fc.nat({ max: 999 });
const decimals = fc.oneof(
  fc.constant(""),
  fc.constantFrom(".5", ".25", ".125", ".0", ".00", ".50", ".10"),
  fc.nat({ max: 99 }).map((fraction) => `.${fraction}`),
);
/** 1, 1.0, .5, 0.50, 007, １．０ … */
const number = fc
  .tuple(fc.oneof(digits.map(String), fc.constant(""), fc.constant("00")), decimals, fc.nat({ max: 9 }))
  .map(([whole, fraction, wide]) => {
    const text = `${whole}${fraction}` === "" ? "1" : `${whole}${fraction}`;
    return wide === 0 ? text.replace(/[\d.]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)) : text;
  });
const units = [
  "錠",
  "カプセル",
  "包",
  "mg",
  "ｍｇ",
  "g",
  "mL",
  "単位",
  "U",
  "Ｕ",
  "u",
  "IU",
  "ＩＵ",
  "μg",
  "µg",
  "ug",
  "mcg",
  "cc",
  "ｃｃ",
  "㏄",
  "枚",
  "キット",
  "吸入",
  "滴",
];
const quantity: fc.Arbitrary<Quantity> = fc.record({ value: number, unit: fc.constantFrom(...units) });

const strength = fc
  .tuple(
    digits,
    fc.constantFrom("", ".5", ".25", ".125"),
    fc.constantFrom("mg", "ｍｇ", "g", "μg", "単位", "%", "mg/日", "mg/2mL", "単位/mL"),
  )
  .map(([whole, fraction, unit]) => `${whole}${fraction}${unit}`);
const form = fc.constantFrom(
  "錠",
  "OD錠",
  "徐放錠（24時間持続）",
  "カプセル",
  "散",
  "細粒",
  "シロップ",
  "注射液",
  "注シリンジ",
  "皮下注ペン",
  "吸入用カプセル",
  "点眼液",
  "貼付剤",
  "坐剤",
  "配合錠HD",
);
const mark = fc.constantFrom(
  "",
  "「架空」",
  "「見本」",
  "（遺伝子組換え）[後続1]",
  "【般】",
  "（溶解液付）",
  "［劇］",
  "(院外) ",
  " Extended-Release Tablets",
);
const name = fc.oneof(
  fc.constantFrom(...sold),
  fc
    .tuple(fc.constantFrom(...generics), form, strength, mark, mark)
    .map(([generic, made, much, one, other]) => `${generic}${one}${made}${much}${other}`),
  fc
    .tuple(fc.array(fc.constantFrom(...generics), { minLength: 2, maxLength: 5 }), form, strength, mark)
    .map(([all, made, much, one]) => `${all.join("・")}${made}${much}${one}`),
  fc
    .tuple(
      fc.constantFrom(...generics),
      fc.constantFrom("ナトリウム水和物", "塩酸塩", "フマル酸塩ジヒドロキシプロピルテオフィリン"),
      form,
      strength,
      mark,
    )
    .map(([generic, salt, made, much, one]) => `${one}${generic}${salt}${made}${much}`),
);
const usage = fc.constantFrom(
  "1日1回 朝食後",
  "1日3回 毎食後",
  "1日1回 眠前",
  "疼痛時 1回1錠 1日3回まで 6時間以上あけて",
  "週1回 起床時 コップ1杯（約180mL）の水とともに",
  "1日2回 朝・夕食直前、食事をとらないときは使用しない",
  "",
);

const line: fc.Arbitrary<Medicine> = fc
  .record({
    text: name,
    dosePerIntake: fc.option(quantity, { freq: 6 }),
    dosePerDay: fc.option(quantity, { freq: 2 }),
    total: fc.option(quantity, { freq: 2 }),
    usage,
    route: fc.constantFrom("内服", "皮下", "静脈内点滴", ""),
    days: fc.option(fc.integer({ min: 1, max: 120 })),
    times: fc.option(fc.integer({ min: 1, max: 30 }), { freq: 2 }),
    stage: fc.constantFrom("ordered", "dispensed", "given"),
    injection: fc.boolean(),
    completion: fc.constantFrom(null, null, "complete", "partial", "refused", "notGiven"),
    setting: fc.constantFrom("outpatient", "inpatient", "unknown"),
    source: fc.nat({ max: 2 }),
    department: fc.constantFrom("循環器内科", "糖尿病・内分泌代謝内科（第二）", ""),
    note: fc.constantFrom("", "残薬あり", "一包化。ほかの薬局の分と重ならないよう確認"),
    end: fc.constantFrom("2026-12-09", "2026-11", null),
    warnings: fc.constantFrom([], [], ["dose-missing"], ["uninformed"]),
  } as const)
  .map(({ text, ...rest }) => medicine(text, rest as Partial<Medicine>));

/** The same lines each time. */
export const medicineLines = (count: number): readonly Medicine[] => fc.sample(line, { numRuns: count, seed: 20_261_121 });
