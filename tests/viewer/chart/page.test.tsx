import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Banner } from "../../../src/viewer/chart/Banner.tsx";
import { Conflicts } from "../../../src/viewer/chart/Conflicts.tsx";
import { Diagnoses } from "../../../src/viewer/chart/Diagnoses.tsx";
import { Labs } from "../../../src/viewer/chart/Labs.tsx";
import { Medicines } from "../../../src/viewer/chart/Medicines.tsx";
import { Registrations } from "../../../src/viewer/chart/Others.tsx";
import { PastMedicines } from "../../../src/viewer/chart/PastMedicines.tsx";
import { SummaryPage } from "../../../src/viewer/chart/SummaryPage.tsx";
import { Visits } from "../../../src/viewer/chart/Visits.tsx";
import { draw } from "./draw.tsx";
import { item } from "./parts.ts";
import { diagnosis, identity, lab, medicine, protectedPart, received, section, sections, stripPart, summary } from "./people.ts";

const medicines = (...items: Parameters<typeof section<ReturnType<typeof medicine>>>[0]) => (
  <>
    <Medicines section={section(items)} asOf={received} />
    <PastMedicines section={section(items)} asOf={received} />
  </>
);

describe("the banner", () => {
  it("holds two identifiers in both calendars, in kanji and kana, sex in full, numbers, and how old the data are", () => {
    const { text } = draw(<Banner identity={identity} asOf={received} />);
    for (const fact of ["灯台 太郎", "トウダイ タロウ", "1948-03-05（昭和23年）", "78歳", "男性", "0000012345", "2026-11-20 03:30 現在"])
      expect(text).toContain(fact);
  });

  it("says that it may be another person when hospitals disagree", () => {
    expect(draw(<Banner identity={{ ...identity, conflicts: ["生年月日 1948-05-03"] }} asOf={received} />).text).toContain("別人の可能性");
    expect(draw(<Banner identity={identity} asOf={received} />).text).not.toContain("別人");
  });

  it("states no elapsed time by a wrong clock", () => {
    const { text } = draw(<Banner identity={identity} asOf={received} />, { clockRight: false });
    expect(text).toContain("端末の時計ずれ");
    expect(text).not.toContain("時間前");
  });
});

describe("medicines", () => {
  it("write doses without trailing zeros, with a leading zero, and units in full", () => {
    const { text } = draw(
      medicines(
        medicine("甲", { dosePerIntake: { value: "1.50", unit: "錠" } }),
        medicine("乙", { dosePerIntake: { value: ".5", unit: "mL" } }),
        medicine("丙", { dosePerIntake: { value: "12", unit: "IU" } }),
        medicine("丁", { dosePerIntake: { value: "50.0", unit: "μg" } }),
      ),
    );
    for (const dose of ["1回量 1.5 錠", "1回量 0.5 mL", "1回量 12 国際単位 (原文: 12 IU)", "1回量 50 マイクログラム"]) {
      expect(text.replace("原文 12", "原文: 12")).toContain(dose);
    }
  });

  it("28 tablets handed out are never read as a dose of 28", () => {
    const amount = { value: "28", unit: "錠" };
    const dispensed = draw(medicines(medicine("甲", { stage: "dispensed", dosePerIntake: null, total: amount }))).text;
    expect(dispensed).toContain("調剤量 28 錠");
    expect(dispensed).not.toContain("1回量");
    expect(draw(medicines(medicine("甲", { stage: "given", dosePerIntake: amount }))).text).not.toContain("1回量");
  });

  it("keep number and unit, label and value together", () => {
    expect(draw(medicines(medicine("甲", { dosePerDay: { value: "3", unit: "錠" } }))).markup).toMatch(
      /<span class="pair">1日量 <strong>3\u00a0錠<\/strong>/,
    );
  });

  it("current, just ended and past stand apart; what ends on an unknown day is in none of them", () => {
    const { text } = draw(
      medicines(
        medicine("今日まで薬", { end: "2026-11-20" }),
        medicine("昨日まで薬", { end: "2026-11-19" }),
        medicine("九十日前まで薬", { end: "2026-08-22" }),
        medicine("九十一日前まで薬", { end: "2026-08-21" }),
        medicine("不明薬", { end: null }),
      ),
    );
    const [, current = "", recent = "", unknown = "", past = ""] = text.split(
      /現在の薬|供給が終わって90日以内の薬|いつまでか分からない薬|処方の全記録/,
    );
    expect(current).toContain("今日まで薬");
    expect(recent).toContain("昨日まで薬");
    expect(recent).toContain("九十日前まで薬");
    expect(recent).toContain("続けて飲んでいる可能性");
    expect(unknown).toContain("不明薬");
    expect(past).toContain("九十一日前まで薬");
  });

  it("of the same name stand together, whatever their strength and the width of their letters", () => {
    const { text } = draw(medicines(medicine("ジャヌビア錠５０ｍｇ"), medicine("別薬"), medicine("ジャヌビア錠25mg")));
    expect(text.indexOf("ジャヌビア錠25mg")).toBeLessThan(text.indexOf("別薬"));
  });

  it("sent more than once say on which days, as dates and not as a machine writes them", () => {
    const { text } = draw(medicines(medicine("甲"), medicine("甲", { date: "2026-09-13T10:30:00", start: "2026-09-13T10:30:00" })));
    expect(text).toContain("2026-09-13（日）10:30");
    expect(text).not.toContain("T10:30");
  });

  it("refused by the patient are not among the current ones, and say so", () => {
    const { text } = draw(medicines(medicine("拒否薬", { completion: "refused", stage: "given", end: "2026-12-31" })));
    const [current, refused] = text.split("投与されなかった薬");
    expect(current).not.toContain("拒否薬");
    expect(refused).toContain("拒否薬");
    expect(refused).toContain("患者が拒否：投与されていません");
    expect(refused).not.toMatch(/投与済み|投与量/);
  });

  it("are not all past because the device's clock runs a year ahead", () => {
    const year = 365 * 86_400_000;
    const part = medicines(medicine("継続薬", { end: "2026-12-09" }));
    expect(draw(part, { now: Date.parse(received) + year, clockRight: false }).text.split("処方の全記録")[0]).toContain("継続薬");
    expect(draw(part, { now: Date.parse(received) + year, clockRight: true }).text.split("処方の全記録")[1]).toContain("継続薬");
  });

  it("sent twice are counted, not lost; another dose is another line", () => {
    const { text } = draw(medicines(medicine("甲"), medicine("甲"), medicine("甲", { dosePerIntake: { value: "2", unit: "錠" } })));
    expect(text).toContain("同じ薬の記録 ほか 1件");
    expect(text).toContain("1回量 1 錠");
    expect(text).toContain("1回量 2 錠");
  });

  it("say their window and what the hub holds beyond it", () => {
    const cut = section([medicine("甲")], { window: { from: "2026-08-12", to: "2026-11-19" }, more: 14 });
    const { text } = draw(<Medicines section={cut} asOf={received} />);
    expect(text).toContain("期間 2026-08-12（水） 〜 2026-11-19（木） の分");
    expect(text).toContain("ほかに 14件がハブにあります");
  });

  it("with the longest names are never cut off", () => {
    const css = readFileSync("src/viewer/chart/chart.css", "utf8") + readFileSync("src/viewer/app/app.css", "utf8");
    expect(css).not.toMatch(/text-overflow|line-clamp/);
    const name = "乾燥濃縮人活性化プロテインC".repeat(12);
    expect(draw(medicines(medicine(name))).text).toContain(name);
  });
});

describe("diagnoses", () => {
  it("suspected say so before the name", () => {
    expect(draw(<Diagnoses section={section([diagnosis("肺塞栓症", { suspected: true })])} />).text).toMatch(/疑い\s+肺塞栓症/);
  });

  it("past stand apart with their outcome", () => {
    const { text } = draw(
      <Diagnoses section={section([diagnosis("心房細動"), diagnosis("骨折", { active: false, outcome: "recovered" })])} />,
    );
    expect(text.split("過去の病名")[0]).not.toContain("骨折");
    expect(text.split("過去の病名")[1]).toContain("治癒");
  });
});

describe("laboratory values", () => {
  it("stand in the order of emergency staff, with the previous value and date, flag in shape and words", () => {
    const { text } = draw(<Labs section={sections.labs} />);
    expect(text.indexOf("クレアチニン")).toBeLessThan(text.indexOf("カリウム"));
    expect(text.indexOf("カリウム")).toBeLessThan(text.indexOf("ヘモグロビン"));
    expect(text).toContain("6.2 mmol/L ▲▲ 非常に高い");
    expect(text).toContain("5.0 mmol/L 2026-08-06（木） 試験クリニック");
  });

  it("keep their zeros: there they state a precision", () => {
    expect(draw(<Labs section={section([lab("カリウム", "4.0", { analyte: "K", unit: "mmol/L" })])} />).text).toContain("4.0 mmol/L");
  });

  it("preliminary or corrected say so; unknown range, flag and previous value are said to be unsent", () => {
    const { text } = draw(
      <Labs section={section([lab("PT-INR", "3.4", { result: "preliminary", range: "", flag: "", previous: null })])} />,
    );
    for (const word of ["暫定報告", "基準値の送信がありません", "判定の送信がありません", "前回値の記録がありません"])
      expect(text).toContain(word);
    expect(draw(<Labs section={section([lab("Hb", "10", { result: "corrected" })])} />).text).toContain("訂正済み");
  });
});

describe("the whole page", () => {
  const page = (guarded: typeof protectedPart | null) =>
    draw(<SummaryPage summary={summary} strip={stripPart.strip} protectedPart={guarded} />);

  it("follows the order in which emergency staff look", () => {
    const { markup } = page(null);
    const order = [
      "strip-title",
      "title-allergies",
      "title-medicines",
      "title-diagnoses",
      "title-labs",
      "title-procedures",
      "title-visits",
      "title-contacts",
    ];
    const places = order.map((id) => markup.indexOf(`id="${id}"`));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
  });

  it("shows protected items in a frame of their own, once asked for", () => {
    expect(page(null).text).not.toContain("双極性障害");
    const { markup, text } = page(protectedPart);
    expect(text).toContain("双極性障害");
    const ids = [...markup.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("carries no link but to the dialler: nothing of a patient may enter the address", () => {
    const links = [...page(protectedPart).markup.matchAll(/href="([^"]*)"/g)].map(([, address]) => address);
    expect(links.length).toBeGreaterThan(2);
    expect(links.filter((address) => !/^tel:\+?\d+$/.test(address ?? ""))).toEqual([]);
  });

  it("names what hospitals disagree about in the language of the screen, with what was sent", () => {
    const conflicts = ["性別 女性（架空中央病院）", "生年月日 1948-03-05（架空中央病院）", "新しい項目"];
    const { text } = draw(<Conflicts identity={{ ...identity, conflicts }} />, {}, "en");
    for (const said of ["Sex Female (架空中央病院)", "Birth date 1948-03-05 (架空中央病院)", "新しい項目"]) expect(text).toContain(said);
  });

  it("says when two hospitals have registered another blood group", () => {
    const groups = (...texts: string[]) =>
      draw(<Registrations section={section(texts.map((text) => ({ ...item, what: "abo" as const, text, unit: "" })))} />).text;
    expect(groups("A", "O")).toContain("≠ 血液型の記録が医療機関によって食い違います");
    expect(groups("A", "Ａ型")).not.toContain("食い違います");
  });

  it("says Rh negative in a word, not by a minus that is overlooked", () => {
    const rh = (text: string) => draw(<Registrations section={section([{ ...item, what: "rh" as const, text, unit: "" }])} />).text;
    expect(rh("-")).toContain("Rh 陰性（送信された値 -）");
    expect(rh("Rh－")).toContain("Rh 陰性");
    expect(rh("Rh+")).toContain("Rh 陽性");
    expect(rh("弱陽性")).not.toContain("Rh 陽性（");
  });

  it("says of a blood group that it is registration data and no crossmatch", () => {
    expect(draw(<Registrations section={sections.registration} />).text).toContain("交差適合試験の代わりにはなりません");
  });

  it("calls the day of an outpatient visit no admission", () => {
    const [visit] = sections.visits.items;
    if (visit === undefined) throw new Error("no visit");
    const { text } = draw(<Visits section={section([{ ...visit, event: "outpatient", admitted: "2026-10-11T08:06" }])} />);
    expect(text).toContain("受診 2026-10-11（日）08:06");
    expect(text).not.toContain("入院 2026");
  });

  it("says in words what was noted when a record was read in", () => {
    const { text } = draw(medicines(medicine("甲", { warnings: ["date-malformed", "restricted"] })));
    expect(text).toContain("取り込み時の注意：日付の形式が正しくない、医療機関が閲覧制限を付けた項目");
    expect(text).not.toContain("date-malformed");
  });

  it("says of an unchecked code so in the line of its source, not as a warning: on every item it would be read on none", () => {
    const { text } = draw(medicines(medicine("甲", { warnings: ["code-unchecked"] })));
    expect(text.match(/コード未照合/g)).toHaveLength(1);
    expect(text).not.toContain("取り込み時の注意");
  });

  it("gives the telephone of each place, and says where none is known", () => {
    const { text } = draw(<Visits section={sections.visits} />);
    expect(text).toContain("000-0000-0101");
    expect(text).toContain("電話番号の記録がありません");
  });
});
