import { describe, expect, it } from "vitest";
import { type Item, type Section, type SectionName, type Sections, sectionNames } from "../../../src/shared/summary/summary.ts";
import { StripPanel } from "../../../src/viewer/chart/StripPanel.tsx";
import { SummaryPage } from "../../../src/viewer/chart/SummaryPage.tsx";
import { draw } from "./draw.tsx";
import { emptySections, protectedPart, section, sections, stripItems, stripPart, summary } from "./people.ts";

const told: Sections = { ...sections, diagnoses: section([]) };
const banner = "未告知の情報を含みます。患者・家族の前では注意";
const page = (shown: Sections, guarded: Sections | null = null) =>
  draw(
    <SummaryPage
      summary={{ ...summary, sections: shown }}
      strip={stripPart.strip}
      protectedPart={guarded === null ? null : { ...protectedPart, sections: guarded }}
    />,
  );

/** The same sections, the first item of one of them not told, or not given, to the patient. */
function untold(whole: Sections, name: SectionName, code: string): Sections {
  const section: Section<Item> = whole[name];
  const items = section.items.map((item, at) => (at === 0 ? { ...item, warnings: [...item.warnings, code] } : item));
  return { ...whole, [name]: { ...section, items } };
}

describe("what the patient was not told", () => {
  it("puts no banner where there is nothing of it", () => {
    expect(page(told).text).not.toMatch(/未告知|未提供/);
  });

  for (const name of sectionNames.filter((each) => each !== "pregnancy" && each !== "diagnoses")) {
    it(`is told of by a banner and a mark on the item in ${name}, before its words`, () => {
      const { text } = page(untold(told, name, "uninformed"));
      expect(text.indexOf(banner)).toBeGreaterThan(0);
      expect(text.indexOf(banner)).toBeLessThan(text.indexOf("■ あり"));
      expect(text.split("◆ 未告知：本人に伝えられていません")).toHaveLength(2);
      expect(text).not.toContain("uninformed");
    });
  }

  it("and what was not given to the patient are told apart", () => {
    const { text } = page(untold(told, "documents", "undelivered"));
    expect(text).toContain("本人に未提供の情報を含みます");
    expect(text).toContain("◆ 未提供：本人に渡されていません");
    expect(text).not.toContain("未告知");
  });

  it("says in which sections it stands, and counts the protected ones once they are open", () => {
    const first = untold(told, "labs", "uninformed");
    expect(page(first).text).toContain("該当：検査 1件");
    expect(page(first, untold({ ...emptySections, vitals: told.vitals }, "vitals", "uninformed")).text).toContain(
      "該当：検査 1件、バイタル 1件",
    );
  });

  it("is marked behind what was folded into one medicine", () => {
    const [newest] = sections.medicines.items;
    if (newest === undefined) throw new Error("no medicine");
    const older = { ...newest, date: "2026-10-01", start: "2026-10-01", warnings: ["uninformed"] };
    expect(page({ ...told, medicines: section([newest, older]) }).text).toContain("◆ 未告知：本人に伝えられていません");
  });

  it("is marked in the strip as well, in its first lines and in its details", () => {
    const items = stripItems.map((item, at) => (at === 2 ? { ...item, detail: `未告知 · ${item.detail}` } : item));
    const { text } = draw(<StripPanel strip={{ ...stripPart.strip, items }} />);
    expect(text).toContain(banner);
    expect(text).toMatch(/ワルファリンカリウム錠1mg「架空」 ◆ 未告知/);
    expect(text.split("◆ 未告知：本人に伝えられていません")).toHaveLength(2);
    expect(draw(<StripPanel strip={stripPart.strip} />).text).not.toContain("未告知");
  });
});
