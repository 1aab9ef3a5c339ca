import { describe, expect, it } from "vitest";
import { CareLevels } from "../../../src/viewer/chart/CareLevels.tsx";
import { Checkups } from "../../../src/viewer/chart/Checkups.tsx";
import { ChildWeight } from "../../../src/viewer/chart/ChildWeight.tsx";
import { Devices } from "../../../src/viewer/chart/Devices.tsx";
import { DialysisPart } from "../../../src/viewer/chart/DialysisPart.tsx";
import { Images } from "../../../src/viewer/chart/Images.tsx";
import { Immunizations } from "../../../src/viewer/chart/Immunizations.tsx";
import { Infections } from "../../../src/viewer/chart/Infections.tsx";
import { Pregnancies } from "../../../src/viewer/chart/Pregnancies.tsx";
import { Procedures } from "../../../src/viewer/chart/Procedures.tsx";
import { Visits } from "../../../src/viewer/chart/Visits.tsx";
import { Vitals } from "../../../src/viewer/chart/Vitals.tsx";
import { vitalLines } from "../../../src/viewer/chart/vitals.ts";
import { Wishes, WishNotice } from "../../../src/viewer/chart/Wishes.tsx";
import { draw } from "./draw.tsx";
import { checkup, infection, item, vital, wish } from "./parts-wider.ts";
import { section, sections, summary } from "./people.ts";

const inOrder = (text: string, ...words: string[]) => {
  const places = words.map((word) => text.indexOf(word));
  expect(places, words.join()).toEqual(places.toSorted((a, b) => a - b));
  expect(places[0], words[0]).toBeGreaterThanOrEqual(0);
};

describe("a child's weight", () => {
  const child = { ...summary.identity, birthDate: "2024-05-01" };
  const nobody = { ...sections, vitals: section([]), registration: section([]) };
  const told = (identity: typeof child, more: Partial<typeof sections>) =>
    draw(<ChildWeight summary={{ identity, sections: { ...nobody, ...more } }} />).text;
  const weights = section([vital("weight", "11.2", "kg", { date: "2026-03-01" }), vital("weight", "12.40", "kg", { date: "2026-11-10" })]);

  it("stands above the rest with its day, as sent: measured before registered", () => {
    const registered = section([{ ...item, what: "weight" as const, text: "9.0", unit: "kg" }]);
    expect(told(child, { vitals: weights, registration: registered })).toMatch(/最新の体重の記録.*12\.40 kg.*2026-11-10.*10日前/);
    expect(told(child, { registration: registered })).toContain("9.0 kg");
  });

  it("that nobody recorded is said to be so, and of a grown person nothing is said", () => {
    expect(told(child, {})).toContain("体重は未記録");
    expect(told({ ...child, birthDate: "2011-11-20" }, { vitals: weights })).toBe("");
    expect(told({ ...child, birthDate: "2011-11-21" }, { vitals: weights })).toContain("12.40");
  });
});

describe("infections", () => {
  const { text, markup } = draw(<Infections section={sections.infections} />);

  it("that were found come first, told apart by shape, words and colour", () => {
    inOrder(text, "▲ 陽性 MRSA", "■ 診断あり 肺結核", "？ 判定不明 HCV抗体", "○ 陰性（2026-05-01（金）） HBs抗原");
    expect(markup.match(/badge-danger/g)).toHaveLength(2);
  });

  it("tested negative are dated results, of unknown date too, and never an absence", () => {
    expect(text).toContain("今も感染していないことを意味しません");
    const { text: undated } = draw(<Infections section={section([infection("HIV抗体", "negative", { date: null })])} />);
    expect(undated).toContain("陰性（日付不明）");
    expect(`${text}${undated}`).not.toContain("なし");
  });
});

describe("wishes", () => {
  const notice = (...wishes: Parameters<typeof section<ReturnType<typeof wish>>>[0]) => draw(<WishNotice section={section(wishes)} />).text;

  it("a DNAR in force is a notice with its own words, day and source, and asks to check", () => {
    const text = notice(wish("dnar", "挿管を希望しない", { date: "2026-08-01", by: "本人" }));
    for (const words of [
      "DNAR の記載あり（有効とされています）",
      "挿管を希望しない",
      "2026-08-01（土）",
      "本人",
      "架空中央病院",
      "確かめて",
    ])
      expect(text).toContain(words);
  });

  it("not in force, or of another kind, are no notice", () => {
    expect(notice(wish("dnar", "挿管を希望しない", { inForce: false }), wish("proxy", "長女"), wish("acp", "自宅で"))).toBe("");
  });

  it("a limit of treatment is not called a DNAR", () => {
    const text = notice(wish("treatmentLimit", "透析を希望しない"));
    expect(text).toContain("治療の制限の希望あり");
    expect(text).not.toContain("DNAR");
  });

  it("not in force stand apart, dated, and are said not to be so before what they are", () => {
    const [inForce = "", over = ""] = draw(<Wishes section={sections.wishes} />).text.split("有効ではない記載（撤回・更新前）");
    expect(inForce).toContain("心肺停止時の胸骨圧迫");
    expect(inForce).not.toContain("延命治療");
    inOrder(over, "現在の意思として扱わないでください", "✕ 有効ではない", "DNAR", "延命治療を希望しない", "2021-02-10（水）");
    expect(inForce).toContain("電話 000-0000-2222");
  });
});

describe("vital signs", () => {
  it("say that they are not those of now, each with its time", () => {
    const { text } = draw(<Vitals section={sections.vitals} />);
    expect(text).toContain("今の値ではありません");
    expect(text).toContain("血圧（収縮期/拡張期） 148/86 mmHg 2026-11-12（木）08:35");
    expect(text).toContain("体温 36.0 ℃");
    expect(text).toContain("収縮期血圧 132 mmHg 2026-08-06（木）");
  });

  it("pair blood pressures of one measurement only", () => {
    const upper = vital("systolic", "148", "mmHg");
    for (const other of [{ source: 1 }, { date: "2026-11-12T09:00" }, { warnings: ["number-malformed"] }, { unit: "kPa" }]) {
      expect(vitalLines([upper, vital("diastolic", "86", "mmHg", other)]).map(({ diastolic }) => diastolic)).toEqual([null, null]);
    }
    const undated = [vital("systolic", "148", "mmHg", { date: null }), vital("diastolic", "86", "mmHg", { date: null })];
    expect(vitalLines(undated)).toHaveLength(2);
    expect(vitalLines([vital("diastolic", "86", "mmHg"), upper])).toHaveLength(1);
  });
});

describe("devices", () => {
  it("in the body come first; of unknown fate are not called removed; removed ones stand apart and dated", () => {
    const [inside = "", removed = ""] = draw(<Devices section={sections.devices} />).text.split("抜去・摘出された機器");
    inOrder(inside, "■ 体内にあり 植込み型除細動器", "？ 現在あるか不明 右人工股関節");
    expect(inside).toContain("識別番号 SN-000123");
    expect(removed).toContain("✕ 抜去・摘出済み 中心静脈ポート");
    expect(removed).toContain("抜去 2020-07-01（水）");
  });
});

describe("dialysis, pregnancy, care level, vaccines", () => {
  it("give the access, the days, the dry weight as sent and every detail of a dialysis", () => {
    const { text } = draw(<DialysisPart section={sections.dialysis} />);
    for (const words of [
      "アクセス 左前腕 自己血管内シャント",
      "曜日・時間 月・水・金",
      "ドライウェイト 56.50 kg",
      "抗凝固薬 ナファモスタットメシル酸塩",
    ])
      expect(text).toContain(words);
  });

  it("say of a pregnancy which day it was recorded, and of 'not pregnant' that it is a record", () => {
    const { text } = draw(<Pregnancies section={section([{ ...item, status: "notPregnant", due: null, text: "" }])} />);
    expect(text).toContain("妊娠していないとの記載");
    expect(text).toContain("2026-11-12（木）");
    expect(text).not.toContain("なし");
  });

  it("say that the time a care level was granted for is over, unless the clock is wrong", () => {
    const [level] = sections.careLevel.items;
    if (level === undefined) throw new Error("no care level");
    const part = <CareLevels section={section([{ ...level, to: "2026-10-31" }])} />;
    expect(draw(part).text).toContain("認定期間は過ぎています");
    expect(draw(part, { clockRight: false }).text).not.toContain("過ぎています");
    expect(draw(<CareLevels section={section([{ ...level, to: "2026-11" }])} />).text).not.toContain("過ぎています");
  });

  it("say before its name that a vaccine was not given", () => {
    expect(draw(<Immunizations section={sections.immunizations} />).text).toMatch(/✕ 未接種の記録 新型コロナワクチン/);
  });
});

describe("images, check-ups, procedures, visits", () => {
  it("list each study with its series, say that no pixels are here, and which series are not for display", () => {
    const { text } = draw(<Images section={sections.images} />);
    expect(text.match(/画像は未取得/g)).toHaveLength(2);
    for (const words of ["CT 頭部単純CT", "2シリーズ", "CT · AXIAL 5mm · 32枚", "シリーズの一覧は送られていません"])
      expect(text).toContain(words);
    expect(text).toMatch(/SR · Dose Report · 1枚\s+— 表示対象外/);
    expect(text.match(/表示対象外/g)).toHaveLength(1);
  });

  it("put the newest check-up first, flags in shape and words, values with their zeros", () => {
    const { text } = draw(
      <Checkups section={section([checkup("甲", "5.0", { date: "2024-06-01" }), checkup("乙", "7.90", { flag: "HH" })])} />,
    );
    inOrder(text, "乙", "甲");
    expect(text).toContain("7.90 ▲▲ 非常に高い");
    expect(text).toContain("判定の送信がありません");
  });

  it("sort procedures by kind, surgery first", () => {
    const [first] = sections.procedures.items;
    if (first === undefined) throw new Error("no procedure");
    const surgery = { ...first, what: "surgery" as const, name: { ...first.name, text: "人工骨頭挿入術" } };
    inOrder(draw(<Procedures section={section([first, surgery])} />).text, "手術 1件", "人工骨頭挿入術", "放射線 1件", "頭部単純CT");
  });

  it("keep planned admissions apart: what was planned did not have to take place", () => {
    const [visit] = sections.visits.items;
    if (visit === undefined) throw new Error("no visit");
    const events = ["leave", "return", "doctorChange", "plannedAdmission"] as const;
    const { text } = draw(<Visits section={section(events.map((event) => ({ ...visit, event })))} />);
    const [done = "", planned = ""] = text.split("実際に行われたかは分かりません");
    for (const word of ["外出・外泊", "外出泊から帰院", "担当医の変更"]) expect(done).toContain(word);
    expect(done).not.toContain("入院予定");
    expect(planned).toContain("入院予定");
  });
});
