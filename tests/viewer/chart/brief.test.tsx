/** Everything on one screen: what is not open is said, what does not fit is counted, plans and old supplies are not taken for the present. */
import { describe, expect, it } from "vitest";
import type { Summary, Visit } from "../../../src/shared/summary/summary.ts";
import { Brief } from "../../../src/viewer/chart/Brief.tsx";
import { lastVisit, medicinesNow } from "../../../src/viewer/chart/brief.ts";
import { digitsOf } from "../../../src/viewer/chart/Telephone.tsx";
import { draw } from "./draw.tsx";
import { emptySections, identity, medicine, section, sections, sources, stripPart, summary } from "./people.ts";

const brief = (of: Summary | null) =>
  draw(<Brief identity={identity} sources={sources} strip={stripPart.strip} summary={of} onClose={() => {}} />);
const visit = (more: Partial<Visit>): Visit => ({ ...(sections.visits.items[0] as Visit), ...more });

describe("the one screen", () => {
  it("with the strip alone says what is not open and whom to call", () => {
    const { text, markup } = brief(null);
    for (const words of ["薬の一覧は開いていません", "受診の記録は開いていません", "連絡先は開いていません"]) expect(text).toContain(words);
    expect(text).not.toContain("ニフェジピン");
    expect(markup).toContain('href="tel:00000000101"');
  });

  it("with the whole page names medicines that the strip does not, the last hospital and a contact", () => {
    const { text } = brief(summary);
    for (const words of [
      "ニフェジピン徐放錠（24時間持続）20mg「試験」",
      "架空中央病院",
      "外来 2026-11-12（木）",
      "灯台 はな",
      "000-0000-2222",
    ])
      expect(text).toContain(words);
    expect(text.match(/インスリン グラルギン（/g)).toHaveLength(1);
  });

  it("counts what does not fit and never shortens a name", () => {
    const long = Array.from({ length: 9 }, (_, at) => medicine(`とても長い名前の架空の薬剤で配合錠の徐放性製剤${at}錠100mg「見本」`));
    const { text } = brief({ ...summary, sections: { ...sections, medicines: section(long) } });
    expect(text).toContain("ほか 3件");
    expect(text.match(/徐放性製剤\d錠100mg「見本」/g)).toHaveLength(6);
  });

  it("says the state of what is absent in its own words, and なし only when confirmed", () => {
    const { text } = brief({ ...summary, sections: emptySections });
    expect(text).toContain("未記録");
    expect(text).not.toContain("なし");
  });
});

it("a plan is no visit; the last day counts, whichever it is", () => {
  const stay = visit({ event: "admission", date: "2026-10-01", admitted: "2026-10-01", discharged: "2026-11-15" });
  const visits = section([visit({ date: "2026-11-12" }), stay, visit({ event: "plannedAdmission", date: "2026-12-01" })]);
  expect(lastVisit(visits)).toBe(stay);
  expect(lastVisit(section([visit({ event: "plannedAdmission" })]))).toBeNull();
});

it("medicines now: disputed first, past ones left out, one line an ingredient", () => {
  const all = section([
    medicine("昔の薬", { end: "2025-01-01" }),
    medicine("甲錠", { ingredient: "甲" }),
    medicine("甲カプセル", { ingredient: "甲", source: 1 }),
    medicine("乙錠", { conflicts: ["dose"] }),
  ]);
  expect(medicinesNow(all, "2026-11-20").map(({ medicine: { drug } }) => drug.text)).toEqual(["乙錠", "甲錠"]);
});

it.each([
  ["000-0000-0101", "00000000101"],
  ["０００－００００－０１０１", "00000000101"],
  ["+81 3 0000 0000", "+81300000000"],
  ["000-0000-0101（内線 23）", null],
  ["000-0000-0101、000-0000-0102", null],
  ["javascript:alert(1)", null],
  ["110;phone-context=x", null],
  ["", null],
])("%s is dialled as %s", (sent, digits) => {
  expect(digitsOf(sent)).toBe(digits);
});
