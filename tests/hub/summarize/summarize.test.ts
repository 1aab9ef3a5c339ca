import fc from "fast-check";
import { expect, test } from "vitest";
import type { SourceRecord } from "../../../src/hub/record/record.ts";
import { summarize } from "../../../src/hub/summarize/index.ts";
import { encodePart, parsePart } from "../../../src/shared/summary/encode.ts";
import { projectRules } from "../../../src/shared/summary/rules.ts";
import { splitSummary } from "../../../src/shared/summary/split.ts";
import { sectionNames } from "../../../src/shared/summary/summary.ts";
import {
  al1,
  concept,
  diagnosis,
  facilities,
  file,
  iam,
  lab,
  later,
  medicine,
  other,
  patient,
  procedure,
  registration,
  summaryOf,
  visit,
} from "./fixtures.ts";
import { absence, device, document, oneOfEach, order, signed, study, vital, wish } from "./wider-fixtures.ts";

const pharmacy = { facility: "9990000009", pid: "P9" } as const;
const amlodipine = { start: "2026-05-01", days: "28", dosePerDay: { value: "1", unit: "錠" } } as const;
const handed = { ...amlodipine, channel: "dispensing", stage: "dispensed", date: "2026-05-02" } as const;
const amlodipineOf = (name: string, over: Parameters<typeof medicine>[1]) => medicine(name, { drug: concept(name), ...over });

/** Every wider kind twice, told alike and told otherwise, in more than one hospital, some of it not disclosed. */
const wider = [
  file(oneOfEach, { received: "2026-06-03T00:00:00.000Z" }),
  file(oneOfEach, other),
  file(oneOfEach.map((record): SourceRecord => ({ ...record, disclosure: "uninformed" }))),
  file([amlodipineOf("ノルバスク錠5mg", amlodipine), amlodipineOf("ノルバスク錠5mg", { ...amlodipine, channel: "claim" })]),
  file([amlodipineOf("アムロジピン錠5mg", { ...amlodipine, dosePerDay: { value: "2", unit: "錠" } })], other),
  file([amlodipineOf("アムロジピン錠5mg", handed)], pharmacy),
  file([amlodipineOf("ノルバスク錠5mg", { ...amlodipine, channel: "ePrescription", orderControl: "CA" })], pharmacy),
  file([absence("devices", "confirmedNone", signed), absence("medicines", "unavailable")], other),
  file([absence("devices", "notAsked", { date: "2026-05-03" }), vital("pulse", "90", { date: "2026-05-02" })], later),
  file([document("一", { identifier: "D" }), document("二", { identifier: "D", date: "2026-05-02" }), order(), study({ studyUid: "" })]),
  file([wish("dnar", "心肺蘇生を希望しない", { inForce: false }), device("心臓ペースメーカ", { status: "removed" })], later),
];

const files = [
  file([patient(), al1("ペニシリン"), registration("height", "150", "cm")], { type: "ADT-00" }),
  file([patient({ birthDate: "1948-03-06" })], { type: "ADT-00", ...other }),
  file([patient(), iam("卵"), iam("ペニシリン", { action: "D" })], { type: "ADT-61" }),
  file([patient(), medicine("ワーファリン錠1mg"), medicine("ワーファリン錠1mg"), medicine("リーマス錠200")]),
  file([patient(), medicine("ワーファリン錠1mg")], { received: "2026-06-02T00:00:00.000Z" }),
  file([patient(), medicine("ワーファリン錠1mg")], other),
  file([patient(), diagnosis("心房細動", { instance: "1" })], { type: "PPR-01" }),
  file([patient(), diagnosis("心房細動", { instance: "1", end: "2026-05-05" })], { type: "PPR-01", ...later }),
  file([lab(concept("K", "JC10", "3H015000002326101"), "4.1"), lab(concept("K", "JC10", "3H015000002326101"), "4.2")], { type: "OML-11" }),
  file([lab(concept("K", "JC10", "3H015000002326101"), "4.3")], { type: "OML-11" }),
  file([lab(concept("K", "JC10", "3H015000002326101"), "4.4")], { type: "OML-11", ...other }),
  file([visit("admission", { admitted: "2026-05-01" })], { type: "ADT-22" }),
  file([visit("discharge", { discharged: "2026-05-03" })], { type: "ADT-52" }),
  file([procedure("頭部CT")], { type: "OMG-11" }),
  ...wider,
];

const bytesOf = (some: typeof files) => {
  const parts = splitSummary(summarize({ files: some, facilities }), projectRules);
  return [parts.strip, parts.rest, parts.protected].map(encodePart);
};

test("the same files in any order give the same bytes", () => {
  const expected = bytesOf(files);
  fc.assert(
    fc.property(fc.shuffledSubarray(files, { minLength: files.length }), (shuffled) => {
      expect(bytesOf(shuffled)).toEqual(expected);
    }),
    { seed: 5, numRuns: Number(process.env.TOMOSHIBI_LONG ? 2000 : 100) },
  );
});

test("every subset of the files gives parts that can be read again", () => {
  fc.assert(
    fc.property(fc.subarray(files, { minLength: 1 }), (some) => {
      for (const bytes of bytesOf(some)) parsePart(bytes);
    }),
    { seed: 6, numRuns: 100 },
  );
});

test("a person of whom nothing is known has silence in every section and no 「なし」", () => {
  const summary = summaryOf(file([]));
  expect(Object.values(summary.sections).map((section) => section.state)).toEqual(sectionNames.map(() => "notRecorded"));
});

test("records that were kept raw are no items", () => {
  expect(summaryOf(file([{ kind: "raw", date: null, segment: "ZZ1", text: "ZZ1|ペニシリン" }])).sections.allergies.state).toBe(
    "notRecorded",
  );
});
