import { describe, expect, it } from "vitest";
import { labUnit, plainNumber, writtenUnit } from "../../../src/viewer/chart/amounts.ts";
import { ageOf, dayInJapan, elapsedSince, eraOf, formatDate, formatInstant, weeksOn } from "../../../src/viewer/chart/dates.ts";
import { now } from "./people.ts";

describe("weeks of a pregnancy, forty at the due date", () => {
  it.each([
    ["2027-01-19", { weeks: 31, days: 3 }],
    ["2026-11-20", { weeks: 40, days: 0 }],
    ["2026-11-10", { weeks: 41, days: 3 }],
    ["2026-10-01", null],
    ["2027-10-01", null],
    ["2027-01", null],
  ])("due %s", (due, weeks) => expect(weeksOn(due, now)).toEqual(weeks));
});

describe("units of a laboratory", () => {
  it.each([
    [".10*4/uL", "×10⁴/uL"],
    ["10^12/L", "×10¹²/L"],
    ["mL/min/1.73m2", "mL/min/1.73m2"],
    ["10*4", "10*4"],
    ["/uL", "/uL"],
  ])("%s is written %s", (sent, written) => expect(labUnit(sent)).toBe(written));
});

describe("dates", () => {
  it.each([
    ["1948-03-05", "昭和23年"],
    ["1926-12-24", "大正15年"],
    ["1926-12-25", "昭和元年"],
    ["1989-01-07", "昭和64年"],
    ["1989-01-08", "平成元年"],
    ["2019-04-30", "平成31年"],
    ["2019-05-01", "令和元年"],
    ["1912-07-29", "明治45年"],
    ["1989", "昭和64年・平成元年"],
    ["2019-04", "平成31年"],
    ["1868", ""],
    ["不明", ""],
  ])("%s is %s", (date, era) => expect(eraOf(date, "ja")).toBe(era));

  it("carry the weekday, and keep the precision and the text they were sent with", () => {
    expect(formatDate("2026-11-12", "ja")).toBe("2026-11-12（木）");
    expect(formatDate("2026-11-12T08:40:12", "en")).toBe("2026-11-12 (Thu) 08:40");
    expect(formatDate("2026-11-12T14:05", "ja")).toBe("2026-11-12（木）14:05");
    expect(formatDate("2026-10-11T00", "ja")).toBe("2026-10-11（日）0時台");
    expect(formatDate("2026-10-11T09", "en")).toBe("2026-10-11 (Sun) 09h");
    expect(formatDate("2011-07", "ja")).toBe("2011-07");
    expect(formatDate("2026-02-30", "ja")).toBe("2026-02-30");
    expect(formatDate("平成元年頃", "ja")).toBe("平成元年頃");
  });

  it("are Japan's: just after midnight there it is already tomorrow", () => {
    expect(dayInJapan(Date.parse("2026-11-20T15:00:00Z"))).toBe("2026-11-21");
    expect(formatInstant("2026-11-19T18:30:00Z")).toBe("2026-11-20 03:30");
    expect(formatInstant("nonsense")).toBe("nonsense");
  });

  it.each([
    ["2026-11-20", { unit: "today", n: 0 }],
    ["2026-11-19T23:59", { unit: "days", n: 1 }],
    ["2026-11-28", { unit: "future", n: 8 }],
    ["2026-09-20", { unit: "months", n: 2 }],
    ["2024-11-21", { unit: "months", n: 23 }],
    ["2024-11-20", { unit: "years", n: 2 }],
    ["2011", { unit: "years", n: 15 }],
    ["2026", null],
    ["いつか", null],
  ])("%s was %o ago", (date, elapsed) => expect(elapsedSince(date, now)).toEqual(elapsed));

  it.each([
    ["1948-03-05", { unit: "years", n: 78, about: false }],
    ["1948-11-21", { unit: "years", n: 77, about: false }],
    ["1948-11-20", { unit: "years", n: 78, about: false }],
    ["2026-10-30", { unit: "days", n: 21, about: false }],
    ["2026-11-20", { unit: "days", n: 0, about: false }],
    ["2025-11-21", { unit: "months", n: 11, about: false }],
    ["1989", { unit: "years", n: 37, about: true }],
    ["2030-01-01", null],
    [null, null],
  ])("born %s is %o old", (born, age) => expect(ageOf(born, now)).toEqual(age));
});

describe("doses", () => {
  it.each([
    ["1.0", "1"],
    [".5", "0.5"],
    ["0.50", "0.5"],
    ["10", "10"],
    ["100.00", "100"],
    ["007", "7"],
    ["0", "0"],
    ["1/2", "1/2"],
    ["適量", "適量"],
    [".", "."],
    ["", ""],
    ["１．０", "1"],
  ])("%s is written %s", (sent, written) => expect(plainNumber(sent)).toBe(written));

  it("write out the units that are misread, whatever their width, and leave the others", () => {
    for (const unit of ["U", "u", "Ｕ"]) expect(writtenUnit(unit)).toBe("unit.units");
    for (const unit of ["μg", "µg", "mcg", "㎍"]) expect(writtenUnit(unit)).toBe("unit.microgram");
    expect(writtenUnit("㏄")).toBe("unit.millilitre");
    expect(writtenUnit("IU")).toBe("unit.internationalUnits");
    for (const unit of ["mg", "錠", "mL", ""]) expect(writtenUnit(unit)).toBeNull();
  });
});
