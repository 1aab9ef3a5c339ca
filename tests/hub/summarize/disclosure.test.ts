import { describe, expect, test } from "vitest";
import type { SourceRecord } from "../../../src/hub/record/record.ts";
import { withoutUndisclosed } from "../../../src/shared/summary/disclosed.ts";
import { projectRules } from "../../../src/shared/summary/rules.ts";
import { splitSummary } from "../../../src/shared/summary/split.ts";
import { type Item, sectionNames } from "../../../src/shared/summary/summary.ts";
import { concept, file, iam, lab, medicine, other, patient, procedure, summaryOf } from "./fixtures.ts";
import { document, oneOfEach, order, study } from "./wider-fixtures.ts";

const hidden = (records: readonly SourceRecord[], disclosure: "uninformed" | "undelivered"): readonly SourceRecord[] =>
  records.map((record) => ({ ...record, disclosure }));
const itemsOf = (summary: ReturnType<typeof summaryOf>): readonly Item[] =>
  sectionNames.flatMap((name): readonly Item[] => summary.sections[name].items);

describe.each(["uninformed", "undelivered"] as const)("%s", (mark) => {
  test.each(sectionNames)("%s: staff see the item with the mark, a patient's copy has no item and no 「なし」", (name) => {
    const records =
      name === "contacts" ? [patient({ contacts: [{ name: "見本 次郎", relation: "子", telecoms: [], address: "" }] })] : oneOfEach;
    const summary = summaryOf(file(hidden(records, mark), { type: "ADT-00" }));
    expect(summary.sections[name].items.length).toBeGreaterThan(0);
    for (const item of summary.sections[name].items) expect(item.warnings).toContain(mark);
    expect(withoutUndisclosed(summary).sections[name]).toMatchObject({ state: "notRecorded", confirmed: null, items: [] });
  });
});

test("what a patient holds is, to the byte, that of a person of whom the undisclosed was never said", () => {
  const undisclosed = hidden(
    [
      ...oneOfEach,
      iam("エビ"),
      medicine("シスプラチン注", { injection: true }),
      document("余命の説明は家族のみ"),
      lab(concept("CEA"), "900"),
      ...Array.from({ length: 300 }, (_, i) => procedure(`秘密の検査${i}`)),
    ],
    "uninformed",
  );
  const many = Array.from({ length: 80 }, (_, i) => procedure(`検査${i}`, { accession: "", studyUid: "" }));
  const open = file([...oneOfEach, ...many]);
  const quiet = withoutUndisclosed(summaryOf(open, file([], other)));
  const held = withoutUndisclosed(summaryOf(open, file(undisclosed, other)));
  expect(held).toEqual(quiet);
  expect(splitSummary(held, projectRules)).toEqual(splitSummary(quiet, projectRules));
  expect(JSON.stringify(splitSummary(held, projectRules))).not.toMatch(/エビ|シスプラチン|余命|CEA|秘密/);
});

test("the strip of staff has it, the strip of a patient's copy has not", () => {
  const summary = summaryOf(file([iam("エビ"), { ...iam("卵"), disclosure: "undelivered" }], { type: "ADT-61" }));
  const lines = (of: typeof summary) => splitSummary(of, projectRules).strip.strip.items.map(({ text }) => text);
  expect(lines(summary).sort()).toEqual(["エビ", "卵"]);
  expect(lines(withoutUndisclosed(summary))).toEqual(["エビ"]);
});

test("an undisclosed value is neither the previous one nor the one in front of a disclosed value", () => {
  const cea = concept("CEA", "JC10", "5D010000002302301");
  const untold = (collected: string) => ({ ...lab(cea, "777.7", { collected }), disclosure: "uninformed" as const });
  for (const day of ["2026-04-01", "2026-05-20"]) {
    const summary = summaryOf(file([lab(cea, "3.0"), lab(cea, "2.0", { collected: "2026-03-01" }), untold(day)]));
    expect(summary.sections.labs.items.map(({ value }) => value).sort()).toEqual(["3.0", "777.7"]);
    expect(withoutUndisclosed(summary).sections.labs.items).toMatchObject([{ value: "3.0", previous: { value: "2.0" } }]);
  }
});

test("an undisclosed examination lends a disclosed study nothing", () => {
  const summary = summaryOf(file([study(), { ...order({ name: concept("転移検索") }), disclosure: "uninformed" }]));
  expect(JSON.stringify(withoutUndisclosed(summary))).not.toContain("転移");
  expect(summary.sections.images.items).toMatchObject([{ also: [] }]);
});

test("nothing undisclosed: the very same summary", () => {
  const summary = summaryOf(file(oneOfEach));
  expect(withoutUndisclosed(summary)).toEqual(summary);
  expect(itemsOf(summary).length).toBeGreaterThanOrEqual(sectionNames.length);
});
