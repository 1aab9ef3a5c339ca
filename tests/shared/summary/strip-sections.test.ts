import { expect, test } from "vitest";
import { projectRules } from "../../../src/shared/summary/rules.ts";
import { strip } from "../../../src/shared/summary/strip.ts";
import type { Device, Dialysis, Infection, Pregnancy, Sections, Wish } from "../../../src/shared/summary/summary.ts";
import { coded, item, section, summaryWith } from "./fixtures.ts";

const of = (sections: Partial<Sections>) => strip(summaryWith(sections), projectRules);
const lines = (sections: Partial<Sections>) => of(sections).items.map(({ danger, text, detail }) => [danger, text, detail]);

const infection = (name: string, result: Infection["result"], text = ""): Infection => ({ ...item, agent: coded(name), result, text });
const device = (name: string, over: Partial<Device> = {}): Device => ({
  ...item,
  device: coded(name),
  site: "",
  status: "active",
  implanted: null,
  removed: null,
  maker: "",
  identifier: "",
  note: "",
  ...over,
});
const dialysis = (over: Partial<Dialysis> = {}): Dialysis => ({
  ...item,
  modality: coded("血液透析"),
  access: "左前腕内シャント",
  schedule: "月水金",
  dryWeight: { value: "52.0", unit: "kg" },
  place: "見本透析クリニック",
  details: [],
  ...over,
});
const pregnancy = (status: Pregnancy["status"], over: Partial<Pregnancy> = {}): Pregnancy => ({
  ...item,
  status,
  due: null,
  text: "",
  ...over,
});
const wish = (what: Wish["what"], text: string, over: Partial<Wish> = {}): Wish => ({
  ...item,
  what,
  text,
  by: "",
  telephones: [],
  inForce: true,
  ...over,
});

test("a positive infection and a diagnosed one are lines; a negative and an unclear test are not, and nothing says none", () => {
  const items = [
    infection("HBs抗原", "positive"),
    infection("HCV抗体", "negative"),
    infection("RPR", "unclear"),
    infection("MRSA", "diagnosed", "鼻腔"),
  ];
  expect(lines({ infections: section(...items) })).toEqual([
    ["infection", "HBs抗原", "陽性"],
    ["infection", "MRSA", "診断 · 鼻腔"],
  ]);
});

test("a device that is in the body is a line with its day; a removed one is not, one of unknown state says so", () => {
  const items = [
    device("ペースメーカー DDD", { implanted: "2019-04-01", site: "左前胸部" }),
    device("冠動脈ステント", { status: "unknown" }),
    device("中心静脈ポート", { status: "removed", removed: "2024-01-10" }),
  ];
  expect(lines({ devices: section(...items) })).toEqual([
    ["implantedDevice", "冠動脈ステント", "現在の有無は不明"],
    ["implantedDevice", "ペースメーカー DDD", "左前胸部 · 植込 2019-04-01"],
  ]);
});

test("what helps a person to breathe is no implant", () => {
  const items = [device("在宅酸素濃縮装置 3L"), device("ＮＰＰＶ装置"), device("在宅人工呼吸器")];
  expect(of({ devices: section(...items) }).items.map(({ danger, text }) => [danger, text])).toEqual([
    ["homeOxygen", "在宅酸素濃縮装置 3L"],
    ["ventilator", "在宅人工呼吸器"],
    ["ventilator", "ＮＰＰＶ装置"],
  ]);
});

test("of one day the line that says how stands before the one that says only that", () => {
  const said = lines({
    dialysis: section(dialysis({ modality: coded("透析導入"), access: "", schedule: "", dryWeight: null, place: "" }), dialysis()),
  });
  expect(said.map(([, text]) => text)).toEqual(["血液透析", "透析導入"]);
});

test("the day of delivery is said once", () => {
  const due = { status: "pregnant", due: "2027-01-19", text: "分娩予定日: 2027-01-19" } as const;
  expect(lines({ pregnancy: section({ ...item, ...due }) })).toEqual([["pregnancy", "妊娠中", "予定日 2027-01-19"]]);
});

test("dialysis says access, days, dry weight and place", () => {
  expect(lines({ dialysis: section(dialysis()) })).toEqual([
    ["dialysis", "血液透析", "左前腕内シャント · 月水金 · ドライウェイト 52.0 kg · 見本透析クリニック"],
  ]);
});

test("pregnancy: the newest word of each hospital counts, and 「妊娠していない」 is no line", () => {
  expect(lines({ pregnancy: section(pregnancy("pregnant", { due: "2026-09-10", text: "34週" })) })).toEqual([
    ["pregnancy", "妊娠中", "予定日 2026-09-10 · 34週"],
  ]);
  const later = [pregnancy("pregnant", { date: "2026-03-01" }), pregnancy("notPregnant", { date: "2026-05-01" })];
  expect(lines({ pregnancy: section(...later) })).toEqual([]);
  expect(lines({ pregnancy: section(pregnancy("breastfeeding")) })).toEqual([["pregnancy", "授乳中", ""]]);
});

test("wishes in force are lines in their own words, also those of no known kind; withdrawn ones and the proxy are not", () => {
  const items = [
    wish("dnar", "", { by: "灯台 花子" }),
    wish("treatmentLimit", "気管挿管を希望しない"),
    wish("other", "輸血を希望しない"),
    wish("dnar", "心停止時の蘇生を希望しない", { inForce: false }),
    wish("proxy", "長女に任せる"),
    wish("donation", "意思表示カードあり"),
  ];
  expect(lines({ wishes: section(...items) })).toEqual([
    ["wishes", "DNAR", "灯台 花子"],
    ["wishes", "本人の意思: 輸血を希望しない", ""],
    ["wishes", "治療の制限: 気管挿管を希望しない", ""],
  ]);
});

test("a blood group is never a line, and what is stated outright is never counted as unjudged", () => {
  const registration = section({ ...item, what: "abo" as const, text: "AB", unit: "" });
  expect(
    of({ registration, infections: section(infection("HBs抗原", "positive")), devices: section(device("名のない装置")) }),
  ).toMatchObject({
    items: [{ danger: "implantedDevice" }, { danger: "infection" }],
    unjudged: 0,
  });
});
