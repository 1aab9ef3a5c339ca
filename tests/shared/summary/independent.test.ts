import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { projectRules } from "../../../src/shared/summary/rules.ts";
import { judgeMedicine } from "../../../src/shared/summary/strip.ts";
import { independentDrugs } from "./labelled-drugs.ts";

const found = (name: string, form: string) =>
  judgeMedicine({ drug: { text: name, codes: [], local: false }, form, route: "", usage: "" }, projectRules).map(({ danger }) => danger);

test("names written by a hand that had not read the table are judged as labelled", () => {
  expect(independentDrugs.length).toBeGreaterThanOrEqual(100);
  for (const { name, form, classes } of independentDrugs) expect(found(name, form).sort(), name).toEqual([...classes].sort());
});

test("docs/danger-strip.md states how many names and how many of them ordinary", () => {
  const doc = readFileSync(new URL("../../../docs/danger-strip.md", import.meta.url), "utf8");
  const ordinary = independentDrugs.filter(({ classes }) => classes.length === 0).length;
  expect(doc).toContain(`${independentDrugs.length} names, ${ordinary} of them ordinary as labelled now`);
});
