import { foldForSearch } from "../../shared/summary/fold.ts";
import { RESTRICTED } from "../../shared/summary/marks.ts";
import { projectRules } from "../../shared/summary/rules.ts";
import { judgeDiagnosis } from "../../shared/summary/strip.ts";
import type { Diagnosis, Section } from "../../shared/summary/summary.ts";
import type { DiagnosisRecord } from "../record/record.ts";
import { coded, codeOf, dateOf, type Fact, type Facts, itemOf, labelOf, newestFirst, withoutRepeats } from "./facts.ts";
import { whatIsSaid } from "./none.ts";
import { limited } from "./section.ts";
import { agree, bothCoded, codeKeys, foldAcross, textKeys } from "./together.ts";

export const DIAGNOSES = 150;

/**
 * The newest statement of each problem (PRB-4 within one hospital); PRB-1 = DE takes it back, and what was refuted is no diagnosis. 「なし」 as sent is none either.
 * The same problem of several sources is one item: by its words, or by its code with the same modifiers; a suspicion never with a diagnosis.
 */
export function summarizeDiagnoses(facts: Facts, to: string): Section<Diagnosis> {
  const standing = newestStatements(facts.of("diagnosis")).filter(({ record }) => record.action !== "DE" && !isRefuted(record));
  const keys = new Map(standing.map((fact) => [diagnosis(fact), keysOf(fact.record)]));
  const ordered = newestFirst(withoutRepeats([...keys.keys()]), dateFor);
  const folded = foldAcross(
    ordered.map((item) => ({ item, keys: keys.get(item) ?? [] })),
    joined,
  );
  // What was folded may have a day of onset now.
  const items = folded.length === ordered.length ? folded : newestFirst(folded, dateFor);
  const section = limited(items, { most: DIAGNOSES, keep: dangerOf, dateFor, to });
  const onlyNone = items.length > 0 && items.every((item) => whatIsSaid(item.disease.text) !== "something");
  return onlyNone ? { ...section, state: "notAsked" } : section;
}

const dateFor = (item: Diagnosis): string | null => item.onset ?? item.date;

function dangerOf(item: Diagnosis): string | null {
  const verdicts = judgeDiagnosis(item, projectRules);
  return verdicts.length === 0
    ? null
    : JSON.stringify([item.source, foldForSearch(item.disease.text), item.active, verdicts.map((verdict) => verdict.rule)]);
}

/**
 * Of each problem (PRB-4 within one hospital) the newest file's word counts, whatever name it had before; a hospital that gives all problems
 * of a file one number loses none of them. Without PRB-4 the words are the problem: a deletion covers what was said before it.
 */
function newestStatements(oldestFirst: readonly Fact<DiagnosisRecord>[]): readonly Fact<DiagnosisRecord>[] {
  const newestFile = new Map<string, string>();
  const seen = new Set<string>();
  return oldestFirst.toReversed().filter(({ record, file, source }) => {
    const words = JSON.stringify([source, record.instance, foldForSearch(labelOf(record.disease)), foldForSearch(record.text)]);
    if (record.instance === "") {
      if (record.action === "DE") seen.add(words);
      return !seen.has(words);
    }
    const problem = JSON.stringify([source, record.instance]);
    const newest = newestFile.get(problem) ?? file.name;
    newestFile.set(problem, newest);
    const first = newest === file.name && !seen.has(words);
    seen.add(words);
    return first;
  });
}

/** Words, or the code of a disease with its modifiers: 「右」 and 「左」 have one code. */
function keysOf(record: DiagnosisRecord): readonly string[] {
  const modifiers = JSON.stringify(
    [record.prefixes.map(labelOf), record.suffixes.map(labelOf)].map((labels) => labels.map(foldForSearch).sort()),
  );
  const uncoded = isUncoded(record);
  return [...textKeys(textOf(record)), ...(uncoded ? [] : codeKeys(coded(record.disease)).map((key) => `${key}|${modifiers}`))];
}

function joined(head: Diagnosis, other: Diagnosis): Diagnosis | null {
  if (head.suspected !== other.suspected || head.active !== other.active) return null;
  if (head.outcome !== other.outcome && head.outcome !== null && other.outcome !== null) return null;
  // A disease that goes on has a day of its own in every hospital; one that ended is another one each time.
  if (!head.active && !(agree(head.onset, other.onset) && agree(head.end, other.end))) return null;
  return {
    ...head,
    disease: bothCoded(head.disease, other.disease),
    main: head.main || other.main,
    phase: head.phase || other.phase,
    onset: head.onset ?? other.onset,
    end: head.end ?? other.end,
    outcome: head.outcome ?? other.outcome,
  };
}

const outcomes: Readonly<Record<string, Diagnosis["outcome"]>> = {
  D: "died",
  F: "recovered",
  R: "recovering",
  N: "unchanged",
  S: "sequelae",
  W: "worse",
  U: "unknown",
};

function diagnosis(fact: Fact<DiagnosisRecord>): Diagnosis {
  const { record } = fact;
  const text = textOf(record);
  const outcome = outcomes[codeOf(record.outcome)] ?? null;
  const end = dateOf(record.end);
  const item = itemOf(fact, record.date ?? record.entered);
  return {
    ...item,
    warnings: /^[VR]$/.test(record.confidentiality) ? [...item.warnings, RESTRICTED].sort() : item.warnings,
    disease: coded({ text, codings: [...record.disease.codings, ...(record.icd10?.codings ?? [])] }, text),
    suspected: isSuspected(record, text),
    main: codeOf(record.rank) === "1" || labelOf(record.rank).includes("主診断") || labelOf(record.rank).includes("主病名"),
    active: end === null && record.end === null && outcome !== "died" && outcome !== "recovered",
    phase: record.phase,
    onset: dateOf(record.onset),
    end,
    outcome,
  };
}

const textOf = (record: DiagnosisRecord): string =>
  [...record.prefixes.map(labelOf), nameOf(record), ...record.suffixes.map(labelOf)].join("");

/** 未コード化傷病名 (20084317) has its name in the text alone. */
function nameOf(record: DiagnosisRecord): string {
  return isUncoded(record) && record.text !== "" ? record.text : labelOf(record.disease);
}

function isUncoded({ disease }: DiagnosisRecord): boolean {
  const name = labelOf(disease);
  return name === "" || /未コード化/.test(name) || disease.codings.some(({ code }) => code === "20084317" || code === "0000999");
}

const certaintyCodes = (record: DiagnosisRecord): readonly string[] => (record.certainty?.codings ?? []).map(({ code }) => code);

/** FHIR: ruled out, or written down by mistake. */
const isRefuted = (record: DiagnosisRecord): boolean => certaintyCodes(record).some((code) => /^(?:refuted|entered-in-error)$/.test(code));

/** 疑い by PRB-13 or FHIR's verification, by a suffix of ZPR, or by the words: hospitals use all of them. In the name anywhere, in the free text at its end. */
function isSuspected(record: DiagnosisRecord, text: string): boolean {
  const certainty = labelOf(record.certainty);
  return (
    certaintyCodes(record).some((code) => /^(?:1|provisional|differential|unconfirmed)$/.test(code)) ||
    certainty.includes("疑") ||
    /疑(?!義)|うたがい|[?]|可能性|(?<![a-z])(?:s\/o|r\/o|susp)/.test(text.normalize("NFKC").toLowerCase()) ||
    /疑(?:い|診)?[)。]?$/.test(record.text.normalize("NFKC").trim())
  );
}
