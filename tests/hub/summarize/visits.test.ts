import { describe, expect, test } from "vitest";
import { VISITS } from "../../../src/hub/summarize/visits.ts";
import type { Files } from "./fixtures.ts";
import { concept, file, later, other, summaryOf, visit } from "./fixtures.ts";

/** As of: 2026-06-01, the receipt of the fixtures. */
const visits = (...files: Files) => summaryOf(...files).sections.visits;
const events = (...files: Files) => visits(...files).items.map(({ event, date }) => [event, date]);

describe("what is planned", () => {
  test("stands as planned while its day is to come, this day included", () => {
    const of = (date: string | null) => events(file([visit("plannedAdmission", { date })]));
    expect(of("2026-06-10")).toEqual([["plannedAdmission", "2026-06-10"]]);
    expect(of("2026-06-01T09:00")).toEqual([["plannedAdmission", "2026-06-01T09:00"]]);
    expect(of("2026-06")).toEqual([["plannedAdmission", "2026-06"]]);
    expect(of(null)).toEqual([["plannedAdmission", null]]);
    expect(of("2026-05-31")).toEqual([]);
  });

  test("is no admission and no discharge", () => {
    const found = visits(
      file([visit("plannedAdmission", { date: "2026-06-10" })]),
      file([visit("admission", { date: "2026-05-20", admitted: "2026-05-20" })]),
      file([visit("plannedDischarge", { date: "2026-06-05" })], later),
    ).items;
    expect(found.map(({ event, admitted, discharged }) => [event, admitted, discharged]).sort()).toEqual([
      ["admission", "2026-05-20", null],
      ["plannedAdmission", null, null],
      ["plannedDischarge", null, null],
    ]);
  });

  test("a plan that was taken back is none", () => {
    expect(events(file([visit("plannedAdmission", { date: "2026-06-10", cancelled: true })]))).toEqual([]);
  });

  test("and a stay that goes on are never cut", () => {
    const many = Array.from({ length: VISITS + 20 }, (_, i) =>
      visit("outpatient", { date: `2026-05-30T${String(i % 24).padStart(2, "0")}:${String(i % 60).padStart(2, "0")}` }),
    );
    const found = visits(file([...many, visit("admission", { admitted: "2025-01-01" })]));
    expect(found.items.some(({ event }) => event === "admission")).toBe(true);
    expect(found.more).toBeGreaterThan(0);
  });
});

describe("within a stay", () => {
  const admitted = file([visit("admission", { admitted: "2026-05-01", ward: "東3", doctor: "見本一郎", department: concept("外科") })]);

  test("the last move says where the person lies and who treats them; a change of doctor is no visit of its own", () => {
    const found = visits(
      admitted,
      file([visit("transfer", { date: "2026-05-03", ward: "ICU", department: null })], later),
      file([visit("doctorChange", { date: "2026-05-05", doctor: "試験花子", department: null })], later),
      file([visit("transfer", { date: "2026-05-04", ward: "西5", department: concept("循環器内科") })], later),
    ).items;
    expect(found.map(({ event, ward, doctor, department }) => [event, ward, doctor, department])).toEqual([
      ["transfer", "西5", "", "循環器内科"],
      ["transfer", "ICU", "", ""],
      ["admission", "西5", "試験花子", "循環器内科"],
    ]);
  });

  test("moves of another hospital, before it or after it change nothing", () => {
    const found = visits(
      admitted,
      file([visit("discharge", { admitted: "2026-05-01", discharged: "2026-05-10" })]),
      file([visit("transfer", { date: "2026-05-05", ward: "別病院" })], other),
      file([visit("doctorChange", { date: "2026-05-20", doctor: "後の医師" })]),
    ).items;
    expect(found.find(({ event }) => event === "admission")).toMatchObject({ ward: "東3", doctor: "見本一郎", discharged: "2026-05-10" });
    expect(found.filter(({ event }) => event === "doctorChange")).toHaveLength(1);
  });

  test("leave and return stand, dated", () => {
    const found = events(admitted, file([visit("leave", { date: "2026-05-06" })]), file([visit("return", { date: "2026-05-07" })]));
    expect(found).toEqual([
      ["return", "2026-05-07"],
      ["leave", "2026-05-06"],
      ["admission", null],
    ]);
  });
});
