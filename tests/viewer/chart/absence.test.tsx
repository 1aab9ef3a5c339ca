import { describe, expect, it } from "vitest";
import { type AbsenceState, absenceStates, type Sections, type Summary, sectionNames } from "../../../src/shared/summary/summary.ts";
import { Allergies } from "../../../src/viewer/chart/Allergies.tsx";
import { StripPanel } from "../../../src/viewer/chart/StripPanel.tsx";
import { SummaryPage } from "../../../src/viewer/chart/SummaryPage.tsx";
import { draw } from "./draw.tsx";
import { allergy, emptySections, section, stripPart, summary } from "./people.ts";

const confirmed = { by: "見本 花子", role: "医師", date: "2026-11-01" };
const labels: Readonly<Record<Exclude<AbsenceState, "present">, string>> = {
  confirmedNone: "なし（確認済 2026-11-01（日）・見本 花子・医師）",
  notAsked: "未確認",
  notRecorded: "未記録",
  unavailable: "取得不可",
};

function pageWith(sections: Sections): string {
  const whole: Summary = { ...summary, sections };
  const strip = {
    ...stripPart.strip,
    items: [],
    masked: false,
    allergyState: "notAsked",
    medicineState: "notRecorded",
    diagnosisState: "unavailable",
  } as const;
  return draw(<SummaryPage summary={whole} strip={strip} protectedPart={null} />).text;
}

describe("a section without items", () => {
  for (const name of sectionNames) {
    for (const state of absenceStates) {
      if (state === "present") continue;
      it(`says ${state} of ${name} in its own words, and なし only when a clinician confirmed it`, () => {
        const text = pageWith({
          ...emptySections,
          [name]: { ...emptySections[name], state, confirmed: state === "confirmedNone" ? confirmed : null },
        });
        expect(text).toContain(labels[state]);
        expect(text.includes("なし")).toBe(state === "confirmedNone");
      });
    }
  }

  it("that claims to be present is said to be unavailable, never shown empty", () => {
    expect(pageWith({ ...emptySections, allergies: { ...emptySections.allergies, state: "present" } })).toContain("取得不可");
  });

  it("confirmed by nobody is not confirmed", () => {
    const text = pageWith({ ...emptySections, allergies: { ...emptySections.allergies, state: "confirmedNone" } });
    expect(text).toContain("未確認");
    expect(text).not.toContain("なし");
  });

  it("says none in English of a confirmed absence only", () => {
    for (const state of absenceStates) {
      if (state === "present") continue;
      const { text } = draw(<Allergies section={{ ...emptySections.allergies, state, confirmed }} />, {}, "en");
      expect(/\bnone\b/i.test(text)).toBe(state === "confirmedNone");
    }
  });
});

describe("allergies", () => {
  it("sent as 「特になし」 are quoted, counted neither as an allergy nor as confirmed", () => {
    const { text } = draw(<Allergies section={section([allergy("特になし", { saysNone: true })], { state: "notAsked" })} />);
    expect(text).toContain("未確認");
    expect(text).toContain("「特になし」");
    expect(text).toContain("アレルギーの記録とも、確認済みとも扱いません");
    expect(text).not.toContain("確認済）");
    expect(text).not.toContain("重度");
  });

  it("resolved or refuted are shown, apart and dated", () => {
    const { text } = draw(
      <Allergies section={section([allergy("ペニシリン"), allergy("そば", { resolved: true, date: "2012-01-05" })])} />,
    );
    const [active, past] = text.split("解消・否定された記録");
    expect(active).toContain("ペニシリン");
    expect(active).not.toContain("そば");
    expect(past).toContain("そば");
    expect(past).toContain("2012-01-05（木）");
  });

  it("say how sure they are in words", () => {
    expect(draw(<Allergies section={section([allergy("造影剤", { verification: "suspected" })])} />).text).toContain("疑い");
  });
});

describe("the danger strip", () => {
  it("says how many items no rule could judge, and that it was made by machine", () => {
    expect(draw(<StripPanel strip={stripPart.strip} />).text).toContain("コード・名称から機械的に抽出。未判定 7件");
  });

  it("with nothing in it does not say that there is no danger", () => {
    const { text } = draw(<StripPanel strip={{ ...stripPart.strip, items: [], masked: false, allergyState: "notRecorded" }} />);
    expect(text).toContain("危険がないことを意味しません");
    expect(text).toContain("未記録");
    expect(text).not.toContain("なし");
  });

  it("tells that something protected stands behind it", () => {
    expect(draw(<StripPanel strip={stripPart.strip} />).text).toContain("保護対象の項目あり：要確認");
    expect(draw(<StripPanel strip={{ ...stripPart.strip, masked: false }} />).text).not.toContain("保護対象");
  });

  it("shows which rule put each line there, its source, its date and its age", () => {
    const { text } = draw(<StripPanel strip={stripPart.strip} />);
    expect(text).toContain("名称による判定");
    expect(text).toContain("ワルファリンカリウム錠1mg「架空」");
    expect(text).toContain("2026-11-12（木） 8日前");
    expect(text).toContain("見本薬局 灯台前店");
  });
});
