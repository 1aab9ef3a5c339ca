import { foldForSearch } from "../../shared/summary/fold.ts";
import { REFUTED } from "../../shared/summary/marks.ts";
import type { Allergy, Section } from "../../shared/summary/summary.ts";
import type { AllergyRecord } from "../record/record.ts";
import { coded, codeOf, dateOf, type Fact, type Facts, isLocal, itemOf, newestFirst, withoutRepeats } from "./facts.ts";
import { type Said, whatIsSaid } from "./none.ts";
import { bothCoded, codeKeys, either, foldAcross, textKeys } from "./together.ts";

/**
 * The union of what every hospital says, in IAM (ADT-61) and in AL1 of any message. Within one hospital the newest statement
 * of a substance wins and IAM stands before AL1; across hospitals nothing is dropped, and what several say alike is one item that lists them.
 * However old: an allergy is dated, never left out.
 * IAM-6 = U and D with an IAM-7 speak of the statement with that number, whatever words it had; A never does, since some number every message anew.
 * IAM-6 = D and IAM-17 = E take a substance back (an AL1 sent later still stands); IAM-17 = I is resolved, shown apart, and so is R, what FHIR calls refuted.
 */
export function summarizeAllergies(facts: Facts): Section<Allergy> {
  const records = facts.of("allergy");
  const standing = facts.sources.flatMap((_, source) => ofOneHospital(records.filter((fact) => fact.source === source)));
  const ordered = withoutRepeats(newestFirst(standing.map(allergy)));
  const items = newestFirst(
    foldAcross(
      ordered.map((item) => ({ item, keys: namesOf(item) })),
      joined,
    ),
  );
  const confirmed = items.every((item) => item.saysNone) ? confirmedNone(standing) : null;
  return { state: stateOf(items, confirmed !== null), confirmed, items, window: null, more: 0 };
}

const namesOf = ({ substance, category, saysNone }: Allergy): readonly string[] => [
  ...textKeys(substance.text, saysNone ? category : ""),
  ...codeKeys(substance),
];

/** One allergy of several hospitals: where they say it alike, or one says more. What one has resolved or doubts stands apart from what another has confirmed. */
function joined(head: Allergy, other: Allergy): Allergy | null {
  const severity = known(head.severity, other.severity);
  const verification = known(head.verification, other.verification);
  const category = known(head.category, other.category);
  const onset = either(head.onset, other.onset);
  const verifiedBy = either(head.verifiedBy, other.verifiedBy);
  const alike = head.contraindication === other.contraindication && head.resolved === other.resolved && head.saysNone === other.saysNone;
  if (!alike || severity === null || verification === null || category === null || onset === null || verifiedBy === null) return null;
  const reactions = [...new Set([...head.reactions, ...other.reactions])];
  return { ...head, substance: bothCoded(head.substance, other.substance), category, severity, verification, onset, verifiedBy, reactions };
}

function known<T extends string>(a: T, b: T): T | null {
  return a === "unknown" ? b : b === "unknown" || a === b ? a : null;
}

type AllergyFact = Fact<AllergyRecord>;

function ofOneHospital(oldestFirst: readonly AllergyFact[]): readonly AllergyFact[] {
  const newest = oldestFirst.toReversed();
  const said = new Map<string, AllergyFact>();
  const standing: AllergyFact[] = [];
  const changed = new Set<string>();
  for (const fact of newest.filter(({ record }) => record.origin === "IAM")) {
    const keys = keysOf(fact.record);
    const { instance, action } = fact.record;
    const known = keys.some((key) => said.has(key)) || (instance !== "" && changed.has(instance));
    if (instance !== "" && (action === "U" || action === "D")) changed.add(instance);
    for (const key of keys) if (!said.has(key)) said.set(key, fact);
    if (!known && !takenBack(fact.record)) standing.push(fact);
  }
  for (const fact of newest.filter(({ record }) => record.origin === "AL1")) {
    const keys = keysOf(fact.record);
    const before = keys.flatMap((key) => said.get(key) ?? []);
    const covered = before.some(
      (other) => other.record.origin === "AL1" || !takenBack(other.record) || other.file.stamp >= fact.file.stamp,
    );
    if (covered) continue;
    for (const key of keys) said.set(key, fact);
    standing.push(fact);
  }
  return standing;
}

const takenBack = (record: AllergyRecord): boolean => record.action === "D" || record.status === "E";

/**
 * Same code or same words: the same substance. A contraindication is a statement of its own. A local code names a substance with its words
 * only: many stand for "other", and the substance is typed.
 */
function keysOf(record: AllergyRecord): readonly string[] {
  const kind = isContraindication(record) ? "contraindication" : "allergy";
  // No allergy to drugs and no allergy to food are two statements.
  const words = `${saidOf(record) === "something" ? "" : codeOf(record.category)}${foldForSearch(record.substance.text)}`;
  const codes = record.substance.codings
    .filter(({ code, system }) => !/^[09]*$/.test(code) && !isLocal(system))
    .map(({ system, code }) => `${kind}|${system}|${code}`);
  return words === "" ? codes : [...codes, `${kind}|${words}`];
}

/** 「ナシ」 as a food, or with a code of an allergen, is the pear. */
function saidOf({ substance, category }: AllergyRecord): Said {
  const said = whatIsSaid(substance.text);
  const pear =
    /^(?:ナシ|なし|無し?)$/.test(substance.text.normalize("NFKC").trim()) &&
    ((codeOf(category) === "FA" && /ナシ/.test(substance.text.normalize("NFKC"))) ||
      substance.codings.some(({ code, system }) => !isLocal(system) && !/^[0-]*$/.test(code)));
  return pear ? "something" : said;
}

const isContraindication = (record: AllergyRecord): boolean => codeOf(record.category) === "MC" || record.sensitivity === "CT";

const categories: Readonly<Record<string, Allergy["category"]>> = {
  DA: "drug",
  FA: "food",
  EA: "environment",
  AA: "animal",
  PA: "plant",
  LA: "pollen",
  MA: "misc",
  MC: "contraindication",
};
const severities: Readonly<Record<string, Allergy["severity"]>> = { SV: "severe", MO: "moderate", MI: "mild" };
const verifications: Readonly<Record<string, Allergy["verification"]>> = {
  C: "confirmed",
  U: "unconfirmed",
  S: "suspected",
  P: "suspected",
  D: "doubted",
};

function allergy(fact: AllergyFact): Allergy {
  const { record } = fact;
  const refuted = record.status === "R";
  const over = refuted || record.status === "I";
  // Of what is over, the day it was said counts: the onset stands beside it.
  const item = itemOf(fact, over ? (record.reportedAt ?? record.date) : (record.date ?? record.reportedAt));
  return {
    ...item,
    warnings: refuted ? [...new Set([...item.warnings, REFUTED])].sort() : item.warnings,
    substance: coded(record.substance),
    category: categories[codeOf(record.category)] ?? "unknown",
    contraindication: isContraindication(record),
    severity: severities[record.severity] ?? "unknown",
    reactions: record.reactions,
    onset: record.onsetText || (record.onset ?? ""),
    verification: verifications[record.status] ?? "unknown",
    resolved: over,
    saysNone: saidOf(record) !== "something",
    verifiedBy: [record.verifiedBy, record.verifierRole].filter((part) => part !== "").join(" "),
  };
}

/**
 * Someone whose name and role are known wrote down on a known date that there is none: of anything, or of drugs and of food. 「なし」 to drugs
 * alone is none of these. The newest such statement; of two the older one, since both are needed.
 */
function confirmedNone(standing: readonly AllergyFact[]): { by: string; role: string; date: string } | null {
  const newest = new Map<Scope, { by: string; role: string; date: string }>();
  for (const { record } of standing) {
    const date = dateOf(record.verifiedAt);
    if (saidOf(record) !== "none" || record.verifiedBy === "" || record.verifierRole === "" || date === null) continue;
    const statement = { by: record.verifiedBy, role: record.verifierRole, date };
    for (const scope of scopesOf(record)) if (isNewer(statement, newest.get(scope))) newest.set(scope, statement);
  }
  const [all, drug, food] = [newest.get("all"), newest.get("drug"), newest.get("food")];
  const both = drug === undefined || food === undefined ? undefined : isNewer(drug, food) ? food : drug;
  return (isNewer(all, both) ? all : both) ?? null;
}

type Scope = "all" | "drug" | "food";

/** What a 「なし」 speaks of: the words before the category; [] for contrast media, pollen and the like alone. */
function scopesOf({ substance, category }: AllergyRecord): readonly Scope[] {
  const said = substance.text.normalize("NFKC");
  if (/造影|ヨー|ヨウ|ピリン|ラテックス|アルコール|金属|抗菌|抗生|麻酔|喘息|動物|環境|ハウス|花粉/.test(said)) return [];
  const named = [...(/薬/.test(said) ? ["drug" as const] : []), ...(/食/.test(said) ? ["food" as const] : [])];
  if (named.length > 0) return named;
  const kind = categories[codeOf(category)] ?? "unknown";
  return kind === "drug" || kind === "food" ? [kind] : kind === "unknown" || kind === "misc" ? ["all"] : [];
}

const isNewer = <T extends { readonly date: string }>(a: T | undefined, b: T | undefined): boolean =>
  a !== undefined && (b === undefined || JSON.stringify([a.date, a]) > JSON.stringify([b.date, b]));

function stateOf(items: readonly Allergy[], confirmed: boolean): Section<Allergy>["state"] {
  if (items.some((item) => !item.saysNone)) return "present";
  if (confirmed) return "confirmedNone";
  return items.length > 0 ? "notAsked" : "notRecorded";
}
