/** The danger strip: which items of a summary the rules put first. Pure; the same on device, hub and card. */
import { isDerived } from "./coding.ts";
import { foldForSearch } from "./fold.ts";
import type { LocalForm } from "./forms.ts";
import { formsOf, rulesOfName } from "./medicineName.ts";
import type { DiagnosisRule, Rules } from "./rules.ts";
import { allergyLine, diagnosisLine, medicineLine } from "./strip-lines.ts";
import { sectionLines } from "./strip-sections.ts";
import {
  type Allergy,
  type Coded,
  type DangerClass,
  type Diagnosis,
  dangerClasses,
  type Medicine,
  type Strip,
  type StripItem,
  type Summary,
} from "./summary.ts";

/** Why a medicine or a diagnosis stands in the strip. */
export interface Verdict {
  readonly danger: DangerClass;
  readonly by: "code" | "name";
  readonly rule: string;
  /** Generic name, "" when the rule knows none. */
  readonly generic: string;
}

/**
 * Allergies and contraindications as sent, medicines and diagnoses by rule, infections, devices, dialysis, pregnancy and wishes as sent, one line
 * a class, name and hospital (the newest; a parted dose whole).
 * Refused or not given medicines are no line; resolved allergies and 「なし」 as sent are none. `unjudged` counts medicines without
 * YJ code whose name the table does not know, and diagnoses without ICD-10 that no word fits: they may be dangerous.
 */
export function strip(summary: Pick<Summary, "sections">, rules: Rules): Strip {
  const { allergies, medicines, diagnoses } = summary.sections;
  const given = medicines.items.filter((medicine) => medicine.completion !== "refused" && medicine.completion !== "notGiven");
  const judged = judgeEach(given, rules);
  const diagnosed = diagnoses.items.flatMap((diagnosis) =>
    judgeDiagnosis(diagnosis, rules).map((verdict) => diagnosisLine(diagnosis, verdict)),
  );
  // What a section took from a diagnosis stands as the diagnosis already.
  const told = new Set(diagnosed.map(sameFact));
  const items = [
    ...allergies.items
      .filter((allergy) => !allergy.resolved && !allergy.saysNone)
      .map((allergy) => lineOf(allergyLine(allergy, allergies.items.find(isOverFor(allergy))))),
    ...judged.flatMap(({ medicine, verdicts }) =>
      verdicts.map((verdict) => lineOf(medicineLine(medicine, verdict), medicine.date?.slice(0, 10) ?? "")),
    ),
    ...[...diagnosed, ...sectionLines(summary.sections, rules).filter((item) => !told.has(sameFact(item)))].map((item) => lineOf(item)),
  ];
  return {
    items: newestOfEach(items),
    unjudged:
      judged.filter(({ unjudged }) => unjudged).length + diagnoses.items.filter((diagnosis) => unjudgedDiagnosis(diagnosis, rules)).length,
    rules: { version: rules.version, date: rules.date },
    allergyState: allergies.state,
    medicineState: medicines.state,
    diagnosisState: diagnoses.state,
    masked: false,
  };
}

/** A record in which the same substance, by its very words, is over or refuted. */
const isOverFor =
  ({ substance }: Allergy) =>
  (other: Allergy): boolean =>
    other.resolved && foldForSearch(other.substance.text) === foldForSearch(substance.text);

const sameFact = ({ danger, source, text, date }: StripItem): string => JSON.stringify([danger, source, foldForSearch(text), date]);

interface Judged {
  readonly medicine: Medicine;
  readonly verdicts: readonly Verdict[];
  readonly unjudged: boolean;
}

/** The same medicine is prescribed again and again: each is judged once. */
function judgeEach(medicines: readonly Medicine[], rules: Rules): readonly Judged[] {
  const known = new Map<string, Omit<Judged, "medicine">>();
  return medicines.map((medicine) => {
    const key = JSON.stringify([medicine.drug, medicine.form, medicine.route, medicine.usage]);
    const judged = known.get(key) ?? { verdicts: judgeMedicine(medicine, rules), unjudged: unjudgedMedicine(medicine, rules) };
    known.set(key, judged);
    return { medicine, ...judged };
  });
}

/** One verdict a class, the code's before the name's; empty when no rule fits or the form is local. */
export function judgeMedicine(medicine: Pick<Medicine, "drug" | "form" | "route" | "usage">, rules: Rules): readonly Verdict[] {
  const names = [medicine.drug.text, ...medicine.drug.codes.map((code) => code.text)].filter(
    (name, i, all) => name !== "" && all.indexOf(name) === i,
  );
  const forms = formsOf(...names, medicine.form, medicine.route, medicine.usage);
  const byName: Verdict[] = names
    .flatMap((name) => rulesOfName(name, rules) ?? [])
    .filter((rule) => forms.length === 0 || forms.some((form) => rule.forms.includes(form)))
    .map((rule) => ({ danger: rule.danger, by: "name", rule: rule.id, generic: rule.generic }));
  const byCode: Verdict[] = yjCodes(medicine.drug).flatMap((yj) =>
    rules.medicineCodes
      .filter((rule) => rule.prefixes.some((prefix) => yj.startsWith(prefix)) && !rule.except.some((prefix) => yj.startsWith(prefix)))
      .filter((rule) => rule.external || Number(yj.slice(4, 7)) < 700)
      .map(
        (rule): Verdict => ({
          danger: rule.danger,
          by: "code",
          rule: rule.id,
          generic: byName.find((verdict) => verdict.danger === rule.danger)?.generic ?? "",
        }),
      ),
  );
  return onePerClass([...byCode, ...byName]);
}

export function judgeDiagnosis(diagnosis: Diagnosis, rules: Rules): readonly Verdict[] {
  const icd = icd10Codes(diagnosis.disease);
  const said = foldForSearch(diagnosis.disease.text);
  return onePerClass(
    rules.diagnoses
      .filter((rule) => diagnosis.active || rule.evenEnded)
      .flatMap((rule): Verdict[] => {
        if (icd.some((code) => rule.icd10.some((prefix) => code.startsWith(prefix))))
          return [{ danger: rule.danger, by: "code", rule: rule.id, generic: "" }];
        return saysSo(said, rule) ? [{ danger: rule.danger, by: "name", rule: rule.id, generic: "" }] : [];
      }),
  );
}

function saysSo(said: string, rule: DiagnosisRule): boolean {
  return rule.words.some((word) => said.includes(word)) && !rule.except.some((word) => said.includes(word));
}

/**
 * YJ codes: 7 digits, a letter for the form, 4 digits; from MYAK only where they have that shape. A derived one may be shorter: a HOT7 number
 * stands for several products and leads to what their codes share, the ingredient at least.
 */
export function yjCodes(drug: Coded): readonly string[] {
  return drug.codes
    .filter(({ system, code }) => isYj.test(system) && (isDerived(system) ? /^\d{7}(?:[A-Z]\d{0,4})?$/ : /^\d{7}[A-Z]\d{4}$/).test(code))
    .map(({ code }) => code);
}

const isYj = /^(?:YJ|MYAK)|YJ-code$|100495\.20\.[12]\.73$/i;
const isIcd10 = /^(?:I10|ICD-?10)|ICD10-2013-full$/i;

/** ICD-10 codes without dot. */
export function icd10Codes(disease: Coded): readonly string[] {
  return disease.codes.filter(({ system }) => isIcd10.test(system)).map(({ code }) => code.replace(".", "").toUpperCase());
}

function onePerClass(verdicts: readonly Verdict[]): readonly Verdict[] {
  return verdicts.filter((verdict, i) => verdicts.findIndex((other) => other.danger === verdict.danger) === i);
}

/** No class has a medicine given only so: what is unknown by name is still judged by its form. */
const surfaceForms: readonly LocalForm[] = ["eye", "ear", "skin", "vaginal", "dental"];

function unjudgedMedicine(medicine: Medicine, rules: Rules): boolean {
  if (yjCodes(medicine.drug).length > 0) return false;
  const names = [medicine.drug.text, ...medicine.drug.codes.map((code) => code.text)];
  const forms = formsOf(...names, medicine.form, medicine.route, medicine.usage);
  if (forms.some((form) => surfaceForms.includes(form)) && !forms.includes("patch")) return false;
  return names.every((name) => rulesOfName(name, rules) === null);
}

function unjudgedDiagnosis(diagnosis: Diagnosis, rules: Rules): boolean {
  return icd10Codes(diagnosis.disease).length === 0 && judgeDiagnosis(diagnosis, rules).length === 0;
}

/** A line, and the day a medicine was ordered, dispensed or given; null for what is no medicine. */
interface Line {
  readonly item: StripItem;
  readonly day: string | null;
}

const lineOf = (item: StripItem, day: string | null = null): Line => ({ item, day });

/** Classes in which a line may say how and where, and another only that it is so. */
const described: ReadonlySet<DangerClass> = new Set(["dialysis", "implantedDevice", "pregnancy"]);

/**
 * Lines of the same class, text and hospital become the newest one (two strengths stay two); of a medicine all lines of its newest day stay,
 * since a dose may be parted (two in the morning, one in the evening; four tablets for a week, then three). Classes in the order of the type, newest first within;
 * of one day that which says most of what is described: how a dialysis is run before the diagnosis of it.
 */
function newestOfEach(lines: readonly Line[]): readonly StripItem[] {
  const order = new Map(dangerClasses.map((danger, i) => [danger, i]));
  const rank = (item: StripItem): number => order.get(item.danger) ?? 0;
  const sorted = lines.toSorted(
    ({ item: a }, { item: b }) =>
      rank(a) - rank(b) ||
      descending(a.date, b.date) ||
      descending(a.end, b.end) ||
      (described.has(a.danger) ? b.detail.length - a.detail.length : 0) ||
      ascending(JSON.stringify(a), JSON.stringify(b)),
  );
  const newest = new Map<string, string>();
  for (const { item, day } of sorted) if (day !== null && day >= (newest.get(keyOf(item)) ?? "")) newest.set(keyOf(item), day);
  const seen = new Set<string>();
  return sorted
    .filter(({ item, day }) => {
      const key = day === null ? keyOf(item) : JSON.stringify([keyOf(item), item.detail, item.date, item.end]);
      if (seen.has(key) || day !== (newest.get(keyOf(item)) ?? null)) return false;
      seen.add(key);
      return true;
    })
    .map(({ item }) => item);
}

const keyOf = (item: StripItem): string => JSON.stringify([item.danger, item.source, item.rule, foldForSearch(item.text)]);

const ascending = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const descending = (a: string | null, b: string | null): number => ascending(b ?? "", a ?? "");
