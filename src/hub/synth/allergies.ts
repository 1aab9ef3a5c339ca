import { doctors } from "./facilities.ts";
import { seg } from "./hl7.ts";
import type { LocalRecord, Person } from "./people.ts";
import type { Random } from "./random.ts";
import { addDays } from "./text.ts";

type Substance = readonly [kind: string, cwe: string, reaction: string];

const kinds: Record<string, string> = {
  DA: "薬剤アレルギー",
  FA: "食物アレルギー",
  MA: "雑多なアレルギー",
  MC: "禁忌",
  EA: "環境アレルギー",
  AA: "動物アレルギー",
  PA: "植物アレルギー",
  LA: "花粉アレルギー",
};
const drugs: readonly Substance[] = [
  ["DA", "AL01^ペニシリン系抗菌薬^99Z02", "アナフィラキシー"],
  ["DA", "AL02^セフェム系抗菌薬^99Z02", "全身の発疹"],
  ["DA", "910000701^バイアスピリン錠100mg^HOT9", "喘息発作"],
  ["DA", "^ヨード造影剤", "呼吸困難・血圧低下"],
  ["DA", "^ロキソニン", "蕁麻疹"],
  ["DA", "^キシロカイン", "気分不良"],
];
const foods: readonly Substance[] = [
  ["FA", "5A1002411023006^ソバ^JC10", "呼吸困難"],
  ["FA", "^鶏卵", "湿疹"],
  ["FA", "^えび", "口のかゆみ"],
  ["FA", "^落花生", "アナフィラキシー"],
  ["FA", "^小麦", "運動時の蕁麻疹"],
];
const others: readonly Substance[] = [
  ["LA", "5A1002216023023^スギ^JC10", "目のかゆみ"],
  ["EA", "5A1102700023023^ハウスダスト^JC10", "くしゃみ"],
  ["AA", "^猫", "鼻水"],
  ["PA", "^うるし", "皮膚炎"],
  ["MA", "^ラテックス", "接触部の発赤"],
];
const contraindicated: readonly Substance[] = [
  ["MC", "^ヨード造影剤（腎機能低下のため）", ""],
  ["MC", "^βブロッカー（喘息のため）", ""],
  ["DA", "^メトホルミン", "乳酸アシドーシスの既往"],
];

/**
 * What a facility states about allergies, one way for each place of twenty people: rows of ADT-61, of AL1 in ADT-00, both, deleted, inactive,
 * refuted, suspected, 「なし」 in words only, none confirmed by somebody on a date, and for most nothing at all (which is no 「なし」).
 */
export function allergySegments({
  person,
  record,
  n,
  from,
  today,
}: {
  readonly person: Person;
  readonly record: LocalRecord;
  readonly n: number;
  readonly from: Random;
  readonly today: string;
}): { al1: string[]; iam: string[] } {
  const scene = person.index % 20;
  const drug = from.pick(drugs);
  const food = from.pick(foods);
  const other = from.pick(others);
  const when = { random: from, today, age: person.age };
  const nothing = { al1: [], iam: [] };
  if (n > 0)
    return scene === 14 && n === 1
      ? { al1: [], iam: [iam(1, drug, "SV", when)] }
      : scene === 0 && n === 1
        ? { al1: [al1(1, drug)], iam: [] }
        : nothing;
  switch (scene) {
    case 0:
      return { al1: [], iam: [iam(1, drugs[0] as Substance, "SV", when), iam(2, food, "MO", when)] };
    case 1:
      return { al1: [al1(1, drug)], iam: [] };
    case 2:
      return { al1: [seg("AL1", { 1: "1", 2: kind("DA"), 3: "^なし" })], iam: [] };
    case 3:
      return { al1: [], iam: [seg("IAM", { 1: "1", 2: kind("DA"), 3: "^特になし", 6: "A^追加^HL70323" })] };
    case 4:
      return person.index % 40 === 4 ? { al1: [], iam: confirmedNone(record, from, today) } : nothing;
    case 6:
      return {
        al1: [],
        iam: [iam(1, drug, "MO", when, { 6: "D^削除^HL70323", 8: "誤登録のため" }), iam(2, other, "MI", when)],
      };
    case 7:
      return { al1: [], iam: [iam(1, food, "MI", when, { 17: "I^確認済・非活動^HL70438" })] };
    case 8:
      return { al1: [], iam: [iam(1, from.pick(contraindicated), "SV", when, { 9: "CT^禁忌^HL70436" })] };
    case 9:
      return { al1: [al1(1, food)], iam: [iam(1, food, "SV", when, { 11: "", 12: "小学校低学年の頃" })] };
    case 10:
      return { al1: [], iam: [iam(1, other, "MI", when), iam(2, others[0] as Substance, "MI", when)] };
    case 11:
      return { al1: [al1(1, drug)], iam: [iam(1, other, "MI", when)] };
    case 12:
      return { al1: [], iam: [iam(1, drug, "U", when, { 17: "S^疑い^HL70438" })] };
    case 13:
      return { al1: [], iam: [iam(1, drug, "MO", when, { 17: "E^誤り^HL70438" })] };
    case 14:
      return { al1: [seg("AL1", { 1: "1", 2: kind("DA"), 3: "^特になし" })], iam: [] };
    case 16:
      return { al1: [], iam: [iam(1, drug, "MO", when, { 9: "SE^副作用^HL70436" })] };
    default:
      return nothing;
  }
}

const kind = (code: string): string => `${code}^${kinds[code]}^HL70127`;
const severities: Record<string, string> = { SV: "SV^重度^HL70128", MO: "MO^中等度^HL70128", MI: "MI^軽度^HL70128", U: "U^不明^HL70128" };

function al1(set: number, [category, substance, reaction]: Substance): string {
  return seg("AL1", { 1: String(set), 2: kind(category), 3: substance, 4: "", 5: reaction });
}

function iam(
  set: number,
  [category, substance, reaction]: Substance,
  severity: string,
  from: { readonly random: Random; readonly today: string; readonly age: number },
  more: Readonly<Record<number, string>> = {},
): string {
  const onset = addDays(from.today, -from.random.int(200, Math.min(7000, from.age * 350)));
  return seg("IAM", {
    1: String(set),
    2: kind(category),
    3: substance,
    4: severities[severity] ?? "",
    5: reaction,
    6: "A^追加^HL70323",
    9: "AL^アレルギー^HL70436",
    11: from.random.pick([onset, onset.slice(0, 6), onset.slice(0, 4)]),
    13: addDays(from.today, -from.random.int(30, 300)),
    17: "C^確認済^HL70438",
    ...more,
  });
}

/** No allergy to drugs and none to food, checked: by whom (with the role in the degree of XCN), where and when. */
function confirmedNone(record: LocalRecord, from: Random, today: string): string[] {
  const [id, family, given] = from.pick(doctors);
  const day = addDays(today, -from.int(10, 90));
  return ["DA", "FA"].map((category, i) =>
    seg("IAM", {
      1: String(i + 1),
      2: kind(category),
      3: "^なし",
      6: "A^追加^HL70323",
      13: day,
      17: "C^確認済^HL70438",
      18: `${id}^${family}^${given}^^^^医師^^^L^^^^^I`,
      19: record.facility.name,
      20: day,
    }),
  );
}
