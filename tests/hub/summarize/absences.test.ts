import { describe, expect, test } from "vitest";
import { sectionNames } from "../../../src/shared/summary/summary.ts";
import type { Files } from "./fixtures.ts";
import { al1, concept, diagnosis, file, iam, later, medicine, other, summaryOf } from "./fixtures.ts";
import { absence, oneOfEach, signed } from "./wider-fixtures.ts";

const sections = (...files: Files) => summaryOf(...files).sections;

describe("a none of a whole section", () => {
  test.each(sectionNames)("%s: confirmed only with who, role and date", (name) => {
    expect(sections(file([absence(name, "confirmedNone", signed)]))[name]).toMatchObject({
      state: "confirmedNone",
      confirmed: { by: "見本医師", role: "医師", date: "2026-05-01" },
    });
    const unsigned = [
      { ...signed, by: "" },
      { ...signed, role: " " },
      { ...signed, date: null },
      { ...signed, date: "不明" },
    ];
    for (const over of unsigned) {
      expect(sections(file([absence(name, "confirmedNone", over)]))[name]).toMatchObject({ state: "notAsked", confirmed: null });
    }
  });

  test.each(sectionNames)("%s: an item anywhere beats it, and says that another source disagrees", (name) => {
    const found = sections(file(oneOfEach), file([absence(name, "confirmedNone", signed)], other))[name];
    expect(found.state).toBe("present");
    expect(found.confirmed).toBe(null);
    expect(found.items.length).toBeGreaterThan(0);
    for (const item of found.items) expect(item.warnings).toContain("none-elsewhere");
  });

  test("even one that nobody signed is told on the items", () => {
    const found = sections(file([medicine("A錠")]), file([absence("medicines", "confirmedNone")], other)).medicines;
    expect(found.items[0]?.warnings).toContain("none-elsewhere");
  });

  test("of one hospital an item that came after its none is no contradiction, a none after the item is", () => {
    const warnings = (date: string) =>
      sections(file([diagnosis("胃炎", { date: "2026-05-01" })]), file([absence("diagnoses", "confirmedNone", { ...signed, date })]))
        .diagnoses.items[0]?.warnings;
    expect(warnings("2026-04-01")).toEqual([]);
    expect(warnings("2026-05-02")).toEqual(["none-elsewhere"]);
  });

  test("the newest word of one hospital counts", () => {
    const found = sections(
      file([absence("medicines", "confirmedNone", signed)]),
      file([absence("medicines", "notAsked", { date: "2026-05-09" })], later),
    );
    expect(found.medicines).toMatchObject({ state: "notAsked", confirmed: null });
  });

  test("the newest of two confirmations; 「なし」 in IAM and a none of the section are one kind of word", () => {
    const said = { category: concept(""), verifiedBy: "試験医師", verifierRole: "医師", verifiedAt: "2026-05-20" };
    const found = sections(
      file([iam("なし", said)], { type: "ADT-61" }),
      file([absence("allergies", "confirmedNone", signed)], other),
    ).allergies;
    expect(found).toMatchObject({ state: "confirmedNone", confirmed: { by: "試験医師", date: "2026-05-20" } });
  });
});

test("what one hospital withholds is not covered by another's none", () => {
  const found = sections(file([absence("medicines", "confirmedNone", signed)]), file([absence("medicines", "unavailable")], other));
  expect(found.medicines).toMatchObject({ state: "unavailable", confirmed: null });
});

test("not recorded says nothing; not asked is said; an unknown section is nobody's", () => {
  const found = sections(
    file([absence("allergies", "notAsked"), absence("labs", "notRecorded"), absence("nothing", "confirmedNone", signed)]),
  );
  expect(found.allergies.state).toBe("notAsked");
  expect(found.labs.state).toBe("notRecorded");
  expect(Object.values(found).filter(({ state }) => state === "confirmedNone")).toEqual([]);
});

test("「なし」 typed as an allergy beside a signed none of the section is confirmed; beside an unsigned one it is not", () => {
  expect(sections(file([al1("なし"), absence("allergies", "confirmedNone", signed)])).allergies.state).toBe("confirmedNone");
  expect(sections(file([al1("なし"), absence("allergies", "confirmedNone")])).allergies.state).toBe("notAsked");
});
