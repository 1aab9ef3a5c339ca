import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeNote } from "../../../src/shared/note/encode.ts";
import { earlier, numberOf, readDraft, readWhen, timeDoubts, typedOf, writtenKinds } from "../../../src/viewer/notes/draft.ts";
import { nextLabel } from "../../../src/viewer/notes/label.ts";
import { knownSubject, note } from "../app/fake-notes.ts";

const vitals = (typed: Record<string, string>) => readDraft("vitals", typed);

test.each([
  ["１２０", "120"],
  [" 36,5 ", "36.5"],
  ["36。5", "36.5"],
  ["036.50", "36.50"],
  [".5", "0.5"],
  ["37.", "37"],
  ["0", "0"],
  ["12a", null],
  ["-3", null],
  ["1e3", null],
  ["12345", null],
  ["36.555", null],
  ["120/80", null],
])("the number typed as %s is %s", (typed, number) => expect(numberOf(typed)).toBe(number));

test("SpO2 over 100 and what is no number are refused, with the field", () => {
  expect(vitals({ spo2: "101" })).toMatchObject({ content: null, wrong: [{ field: "spo2", why: "spo2" }] });
  expect(vitals({ pulse: "速い" })).toMatchObject({ content: null, wrong: [{ field: "pulse", why: "number" }] });
  expect(vitals({ spo2: "100" }).content).toMatchObject({ spo2: "100" });
});

test("what is only unlikely is doubted and can be saved", () => {
  const { content, doubts } = vitals({ pulse: "300", systolic: "80", diastolic: "90", temperature: "29.5" });
  expect(content).toMatchObject({ pulse: "300" });
  expect(doubts.map((doubt) => ("field" in doubt ? doubt.field : doubt.why))).toEqual(["pulse", "temperature", "pressure"]);
  expect(vitals({ pulse: "80", weight: "3.1" }).doubts).toEqual([]);
});

test("nothing measured is no note; an empty field is null, never zero", () => {
  expect(vitals({})).toMatchObject({ content: null, wrong: [{ field: "vitals", why: "missing" }] });
  expect(vitals({ pulse: "0" }).content).toMatchObject({ pulse: "0", systolic: null, gcs: null, jcs: null });
});

test("the GCS is whole or not there; what cannot be judged is said, and never counted as a point", () => {
  expect(vitals({ "gcs.e": "4", "gcs.v": "5" })).toMatchObject({ content: null, wrong: [{ field: "gcs", why: "gcs" }] });
  expect(vitals({ "gcs.e": "4", "gcs.v": "?", "gcs.m": "6" }).content).toMatchObject({ gcs: { e: 4, v: null, m: 6 } });
  expect(vitals({ "gcs.e": "?", "gcs.v": "?", "gcs.m": "?" }).content).toBeNull();
});

test("words: the first field must be there, too long is said, and nothing typed is cut", () => {
  expect(readDraft("medication", { dose: "1" })).toMatchObject({ content: null, wrong: [{ field: "drug", why: "missing" }] });
  expect(readDraft("treatment", { what: "あ".repeat(201) })).toMatchObject({ wrong: [{ field: "what", why: "long", most: 200 }] });
  expect(readDraft("text", { text: "一行\r\n二行\t端" }).content).toEqual({ kind: "text", text: "一行\n二行 端" });
  expect(readDraft("order", { what: "採血", urgent: "yes" }).content).toEqual({ kind: "order", what: "採血", detail: "", urgent: true });
});

test("whatever is typed: it becomes a note that the format takes, or the field that is wrong is named", () => {
  const names = [
    "systolic",
    "spo2",
    "weight",
    "gcs.e",
    "gcs.v",
    "gcs.m",
    "pupils",
    "what",
    "drug",
    "dose",
    "unit",
    "route",
    "note",
    "text",
    "detail",
  ];
  const value = fc.oneof(fc.constantFrom("", "1", "?", "120", "36.5", "4"), fc.string({ unit: "binary", maxLength: 60 }));
  fc.assert(
    fc.property(fc.constantFrom(...writtenKinds), fc.dictionary(fc.constantFrom(...names), value), (kind, typed) => {
      const { content, wrong } = readDraft(kind, typed);
      expect(content === null).toBe(wrong.length > 0);
      if (content !== null) encodeNote(note(1, knownSubject, { happened: "2026-11-20T03:10", content }));
    }),
    { numRuns: 500, seed: 11 },
  );
});

test("a note that is corrected begins with exactly what it said", () => {
  for (const typed of [
    { systolic: "88", diastolic: "52", temperature: "36.50", "gcs.e": "4", "gcs.v": "?", "gcs.m": "6", jcs: "10", pupils: "3 mm" },
    { pulse: "61" },
  ]) {
    const { content } = vitals(typed);
    if (content === null) throw new Error("no content");
    expect(vitals(typedOf(content)).content).toEqual(content);
  }
  const order = readDraft("order", { what: "採血", detail: "血算", urgent: "yes" }).content;
  expect(order && readDraft("order", typedOf(order)).content).toEqual(order);
});

test.each([
  ["2026-11-20", "03:10", "2026-11-20T03:10"],
  ["2026/11/2", "3:10", "2026-11-02T03:10"],
  ["２０２６１１２０", "０３１０", "2026-11-20T03:10"],
  ["2026-02-30", "03:10", null],
  ["2026-11-20", "24:00", null],
  ["2026-11-20", "3", null],
  ["11-20", "03:10", null],
])("%s %s is %s", (day, time, when) => expect(readWhen(day, time)).toBe(when));

test("a time to come and one of the day before yesterday are doubted", () => {
  const now = "2026-11-20T00:10";
  expect(timeDoubts("2026-11-20T00:30", now)).toEqual([{ why: "future" }]);
  expect(timeDoubts("2026-11-18T00:00", now)).toEqual([{ why: "old" }]);
  expect(timeDoubts(earlier(now, 30), now)).toEqual([]);
  expect(earlier(now, 30)).toBe("2026-11-19T23:40");
});

test("labels go from A to Z and on, and none is given twice", () => {
  const labels: string[] = [];
  for (let i = 0; i < 60; i++) labels.push(nextLabel(labels, "2026-11-20T03:10"));
  expect([labels[0], labels[25], labels[26]]).toEqual(["不明A 11-20 03:10", "不明Z 11-20 03:10", "不明AA 11-20 03:10"]);
  expect(new Set(labels).size).toBe(60);
});
