import fc from "fast-check";
import { expect, test } from "vitest";
import { ageOn, dayAfter, eraText, parseBirthDateQuery } from "../../../src/shared/summary/japaneseDate.ts";

test.each([
  ["1948-03-05", "昭和23年"],
  ["1989-01-07", "昭和64年"],
  ["1989-01-08", "平成元年"],
  ["1926-12-24", "大正15年"],
  ["1926-12-25", "昭和元年"],
  ["2019-04-30", "平成31年"],
  ["2019-05-01", "令和元年"],
  ["1912-07-30", "大正元年"],
  ["1948", "昭和23年"],
  ["1989", "平成元年・昭和64年"],
  ["1989-01", "平成元年・昭和64年"],
  ["1989-02", "平成元年"],
  ["1700-01-01", ""],
  ["不明", ""],
])("%s is %s", (date, era) => expect(eraText(date).split("・").sort()).toEqual(era.split("・").sort()));

test.each([
  ["19480305", "19480305"],
  ["１９４８０３０５", "19480305"],
  ["1948/3/5", "19480305"],
  ["1948-03-05", "19480305"],
  ["1948.3.5", "19480305"],
  ["1948年3月5日", "19480305"],
  ["1948年3月", "194803"],
  ["1948", "1948"],
  ["S23.3.5", "19480305"],
  ["ｓ２３．３．５", "19480305"],
  ["s230305", "19480305"],
  ["S.23.3.5", "19480305"],
  ["昭23.3.5", "19480305"],
  ["昭和23年3月5日", "19480305"],
  ["昭和 23 年 3 月 5 日", "19480305"],
  ["昭和二十三年三月五日", "19480305"],
  ["昭和23年", "1948"],
  ["㍼23年3月5日", "19480305"],
  ["令和元年", "2019"],
  ["令和元年5月1日", "20190501"],
  ["R1.5.1", "20190501"],
  ["平成31年4月30日", "20190430"],
  ["昭和64年3月5日", "19890305"],
  ["明治45年7月29日", "19120729"],
  ["1948/13/5", null],
  ["1948/2/30", null],
  ["2023/2/29", null],
  ["昭和0年", null],
  ["昭和65年", null],
  ["元年", null],
  ["昭和", null],
  ["S", null],
  ["佐藤", null],
  ["平田", null],
  ["12345", null],
  ["00012345", null],
  ["", null],
])("%s → %s", (text, digits) => expect(parseBirthDateQuery(text)).toBe(digits));

test("every day since 明治 is found again by its 和暦", () => {
  const day = fc
    .date({ min: new Date("1873-01-01"), max: new Date("2026-12-31"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  fc.assert(
    fc.property(day, (date) => {
      const [, month, dayOfMonth] = date.split("-");
      expect(parseBirthDateQuery(`${eraText(date)}${Number(month)}月${Number(dayOfMonth)}日`)).toBe(date.replaceAll("-", ""));
    }),
    { seed: 3, numRuns: 300 },
  );
});

test.each([
  ["1948-03-05", "2026-03-04", 77],
  ["1948-03-05", "2026-03-05", 78],
  ["2024-02-29", "2025-02-28", 0],
  ["2024-02-29", "2025-03-01", 1],
  ["2026-05-01", "2026-04-30", null],
  ["1948", "2026-01-01", null],
  ["1948-03-05", "いつか", null],
])("born %s, on %s: %s", (born, on, age) => expect(ageOn(born, on)).toBe(age));

test("days after a date, over months and leap years", () => {
  expect(dayAfter("2024-02-28", 1)).toBe("2024-02-29");
  expect(dayAfter("2011-07-01T22", 13)).toBe("2011-07-14");
  expect(dayAfter("2011-07", 3)).toBe(null);
});
