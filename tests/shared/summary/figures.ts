import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkRecords } from "../../../src/hub/flow/checked.ts";
import { importMaster } from "../../../src/hub/flow/masters.ts";
import type { FiledRecords, MedicineRecord } from "../../../src/hub/record/record.ts";
import { openStore } from "../../../src/hub/store/store.ts";
import { coded } from "../../../src/hub/summarize/facts.ts";
import { projectRules } from "../../../src/shared/summary/rules.ts";
import { judgeMedicine } from "../../../src/shared/summary/strip.ts";
import type { Coded, DangerClass } from "../../../src/shared/summary/summary.ts";
import { hotLine, hotMaster, sjis } from "../../hub/ingest/masters/fixtures.ts";
import { independentDrugs, type Labelled, labelledDrugs } from "./labelled-drugs.ts";
import { concept, filed, medicineRecord } from "./sent.ts";

export const judgedClasses = [
  "anticoagulant",
  "antiplatelet",
  "insulin",
  "glucoseLowering",
  "systemicSteroid",
  "immunosuppressant",
  "chemotherapy",
  "opioid",
  "antiepileptic",
  "antiarrhythmic",
  "digitalis",
  "betaBlocker",
  "theophylline",
  "lithium",
] as const satisfies readonly DangerClass[];

/** The three ways a hospital sends a medicine. Of HOT and YJ the name is withheld: what a code alone brings is measured. */
export const sentForms = ["name", "HOT", "YJ"] as const;
export type SentForm = (typeof sentForms)[number];

export interface CodedDrug extends Labelled {
  /** First eight characters of its YJ code: ingredient and form. */
  readonly yj: string;
}

/** Every labelled name whose YJ code is known, each once. */
export function codedDrugs(): readonly CodedDrug[] {
  const labels = new Map([...independentDrugs, ...labelledDrugs].map((drug) => [drug.name, drug]));
  return readFileSync(new URL("./labelled-codes.tsv", import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [name = "", yj = ""] = line.split("\t");
      const label = labels.get(name);
      if (label === undefined) throw new Error(`${name} has no label`);
      return { ...label, yj };
    });
}

export interface Judgement {
  readonly drug: CodedDrug;
  readonly form: SentForm;
  readonly found: readonly DangerClass[];
}

/**
 * Each drug judged as sent in each form, HOT through a real import of an invented master into a real store. The price list has some generic
 * medicines under one code, so the last four digits (strength, maker, check) are zeros: no rule looks at them.
 */
export async function judgeAll(drugs: readonly CodedDrug[]): Promise<readonly Judgement[]> {
  const full = (yj: string) => `${yj}0000`;
  const hot = (i: number) => String(910_000_000 + i);
  const byHot = await throughMaster(
    drugs.map(({ yj }, i) => ({ hot: hot(i), yj: full(yj) })),
    drugs.map((_, i) => medicineRecord(i, concept("", "HOT9", hot(i)))),
  );
  const judge = (drug: Coded, form: string) =>
    judgeMedicine({ drug, form, route: "", usage: "" }, projectRules).map(({ danger }) => danger);
  return drugs.flatMap((drug, i): Judgement[] => [
    { drug, form: "name", found: judge({ text: drug.name, codes: [], local: false }, drug.form) },
    { drug, form: "HOT", found: judge(byHot[i] ?? { text: "", codes: [], local: false }, "") },
    { drug, form: "YJ", found: judge(coded(concept("", "YJ", full(drug.yj))), "") },
  ]);
}

/** Drugs of the records as a summary would show them once the hub has this HOT master; its names say nothing. */
async function throughMaster(lines: readonly { hot: string; yj: string }[], records: readonly MedicineRecord[]): Promise<readonly Coded[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "tomoshibi-figures-"));
  const store = await openStore({ dataDir, databaseUrl: null });
  try {
    const bytes = sjis(hotMaster(lines.map(({ hot, yj }) => hotLine(hot, yj, `見本${hot}`))));
    await importMaster(store, { kind: "hot", file: "20261031.csv", bytes, date: null, smaller: false }, "2026-11-01T00:00:00.000Z");
    const seen: readonly FiledRecords[] = await checkRecords(store.db, [filed(records)]);
    return seen.flatMap((one) => one.records.flatMap((record) => (record.kind === "medicine" ? [coded(record.drug)] : [])));
  } finally {
    await store.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

export interface Fault {
  readonly what: "missed" | "wrong";
  readonly form: SentForm;
  readonly name: string;
  readonly danger: DangerClass;
}

export function faultsOf(judgements: readonly Judgement[]): readonly Fault[] {
  return judgements.flatMap(({ drug, form, found }) => [
    ...drug.classes.filter((danger) => !found.includes(danger)).map((danger): Fault => ({ what: "missed", form, name: drug.name, danger })),
    ...found.filter((danger) => !drug.classes.includes(danger)).map((danger): Fault => ({ what: "wrong", form, name: drug.name, danger })),
  ]);
}

export interface Figure {
  readonly labelled: number;
  readonly found: number;
  readonly right: number;
  readonly precision: number;
  readonly recall: number;
}

export function figureOf(judgements: readonly Judgement[], form: SentForm, danger: DangerClass): Figure {
  const of = judgements.filter((one) => one.form === form);
  const labelled = of.filter(({ drug }) => drug.classes.includes(danger)).length;
  const found = of.filter((one) => one.found.includes(danger)).length;
  const right = of.filter((one) => one.found.includes(danger) && one.drug.classes.includes(danger)).length;
  return { labelled, found, right, precision: found === 0 ? 1 : right / found, recall: labelled === 0 ? 1 : right / labelled };
}
