import { expect, test } from "vitest";
import { dangerDrugs } from "../../../src/hub/synth/drugs-danger.ts";
import { ordinaryDrugs } from "../../../src/hub/synth/drugs-ordinary.ts";
import { projectRules } from "../../../src/shared/summary/rules.ts";
import { judgeMedicine } from "../../../src/shared/summary/strip.ts";
import { coded } from "./fixtures.ts";

/** The demo region's drugs were named and labelled by another hand than the rule table: key|name|…|YJ ingredient|class, "-class" a look-alike. */
const drugs = `${dangerDrugs.trim()}\n${ordinaryDrugs.trim()}`.split("\n").map((line) => {
  const fields = line.split("|");
  const label = fields[8] ?? "";
  return { name: fields[1] ?? "", yj: fields[7] ?? "", classes: label === "" || label.startsWith("-") ? [] : label.split(",") };
});

const found = (text: string, system: string, code: string) =>
  judgeMedicine({ drug: coded(text, system, code), form: "", route: "", usage: "" }, projectRules).map((verdict) => verdict.danger);

test("every drug of the demo region is judged by its name as its label says", () => {
  expect(drugs.length).toBeGreaterThan(100);
  for (const { name, classes } of drugs) expect(found(name, "HOT9", "900000001"), name).toEqual(classes);
});

test("and by its YJ ingredient alone, where it has one", () => {
  for (const { name, yj, classes } of drugs.filter((drug) => drug.yj !== ""))
    expect(found("名なし", "YJ", `${yj}F1020`), name).toEqual(classes);
});
