import { projectRules } from "../../../src/shared/summary/rules.ts";
import { judgeMedicine } from "../../../src/shared/summary/strip.ts";
import { explained } from "./explained.ts";
import { codedDrugs, type Fault, type Figure, faultsOf, figureOf, type Judgement, judgeAll, judgedClasses, sentForms } from "./figures.ts";
import { type Labelled, labelledDrugs } from "./labelled-drugs.ts";

export const marks = { from: "<!-- figures, written by: npm run -s strip-figures -->", to: "<!-- end of figures -->" } as const;

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

export interface Report {
  readonly text: string;
  /** Misses and wrong lines without an explanation, and explanations of what is no fault any more. */
  readonly unexplained: readonly string[];
}

/** The figures of docs/danger-strip.md, between its marks. */
export async function report(): Promise<Report> {
  const coded = codedDrugs();
  const judged = await judgeAll(coded);
  const faults = faultsOf(judged);
  const ordinary = (drugs: readonly Labelled[]) => drugs.filter(({ classes }) => classes.length === 0).length;
  const text = [
    `### In three forms: ${coded.length} names, ${ordinary(coded)} of them ordinary`,
    "",
    "Precision and recall of each form alone (the name without a code, HOT and YJ without the name).",
    "",
    "| class | labelled | name | HOT, with a HOT master | YJ |",
    "| --- | --- | --- | --- | --- |",
    ...judgedClasses.map((danger) => `| ${danger} | ${labelledOf(judged, danger)} | ${figures(judged, danger).join(" | ")} |`),
    "",
    "| what | form | name | class | why |",
    "| --- | --- | --- | --- | --- |",
    ...faults.map((fault) => `| ${fault.what} | ${fault.form} | ${fault.name} | ${fault.danger} | ${reasonOf(fault)} |`),
    "",
    "HOT without a master is judged by the name that came with it.",
    "",
    `### By name alone: ${labelledDrugs.length} names, ${ordinary(labelledDrugs)} of them ordinary`,
    "",
    "| class | labelled | found | right | precision | recall |",
    "| --- | --- | --- | --- | --- | --- |",
    ...byName().map(
      ([danger, f]) => `| ${danger} | ${f.labelled} | ${f.found} | ${f.right} | ${percent(f.precision)} | ${percent(f.recall)} |`,
    ),
  ].join("\n");
  return { text, unexplained: unexplainedOf(faults) };
}

const labelledOf = (judged: readonly Judgement[], danger: (typeof judgedClasses)[number]) => figureOf(judged, "name", danger).labelled;

function figures(judged: readonly Judgement[], danger: (typeof judgedClasses)[number]): readonly string[] {
  return sentForms.map((form) => {
    const { precision, recall } = figureOf(judged, form, danger);
    return `${percent(precision)}, ${percent(recall)}`;
  });
}

function byName(): readonly (readonly [string, Figure])[] {
  const judged = labelledDrugs.map((drug): Judgement => {
    const medicine = { drug: { text: drug.name, codes: [], local: false }, form: drug.form, route: "", usage: "" };
    return { drug: { ...drug, yj: "" }, form: "name", found: judgeMedicine(medicine, projectRules).map(({ danger }) => danger) };
  });
  return judgedClasses.map((danger) => [danger, figureOf(judged, "name", danger)]);
}

const keyOf = ({ what, form, name, danger }: Fault): string => [what, form, name, danger].join(" ");
const reasonOf = (fault: Fault): string => explained.find((one) => keyOf(one) === keyOf(fault))?.why ?? "";

function unexplainedOf(faults: readonly Fault[]): readonly string[] {
  const found = new Set(faults.map(keyOf));
  const known = new Set(explained.map(keyOf));
  return [...[...found].filter((key) => !known.has(key)), ...[...known].filter((key) => !found.has(key)).map((key) => `no fault: ${key}`)];
}
