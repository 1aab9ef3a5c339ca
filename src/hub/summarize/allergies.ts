import { foldForSearch } from "../../shared/summary/fold.ts";
import type { Allergy, Section } from "../../shared/summary/summary.ts";
import type { AllergyRecord } from "../record/record.ts";
import { coded, codeOf, dateOf, type Fact, type Facts, itemOf, newestFirst, withoutRepeats } from "./facts.ts";
import { whatIsSaid } from "./none.ts";

/**
 * The union of what every hospital says, in IAM (ADT-61) and in AL1 of any message. Within one hospital the newest statement
 * of a substance wins and IAM stands before AL1; across hospitals nothing is merged or dropped.
 * IAM-6 = D and IAM-17 = E take a substance back (an AL1 sent later still stands); IAM-17 = I is resolved, shown apart.
 */
export function summarizeAllergies(facts: Facts): Section<Allergy> {
  const records = facts.of("allergy");
  const standing = facts.sources.flatMap((_, source) => ofOneHospital(records.filter((fact) => fact.source === source)));
  const items = withoutRepeats(newestFirst(standing.map(allergy)));
  const confirmed = items.every((item) => item.saysNone) ? confirmedNone(standing) : null;
  return { state: stateOf(items, confirmed !== null), confirmed, items, window: null, more: 0 };
}

type AllergyFact = Fact<AllergyRecord>;

function ofOneHospital(oldestFirst: readonly AllergyFact[]): readonly AllergyFact[] {
  const newest = oldestFirst.toReversed();
  const said = new Map<string, AllergyFact>();
  const standing: AllergyFact[] = [];
  for (const fact of newest.filter(({ record }) => record.origin === "IAM")) {
    const keys = keysOf(fact.record);
    const known = keys.some((key) => said.has(key));
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

/** Same code or same words: the same substance. A contraindication is a statement of its own. */
function keysOf(record: AllergyRecord): readonly string[] {
  const kind = isContraindication(record) ? "contraindication" : "allergy";
  const codes = record.substance.codings.filter(({ code }) => code !== "").map(({ system, code }) => `${kind}|${system}|${code}`);
  const words = foldForSearch(record.substance.text);
  return words === "" ? codes : [...codes, `${kind}|${words}`];
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
  return {
    ...itemOf(fact, record.date ?? record.reportedAt),
    substance: coded(record.substance),
    category: categories[codeOf(record.category)] ?? "unknown",
    contraindication: isContraindication(record),
    severity: severities[record.severity] ?? "unknown",
    reactions: record.reactions,
    onset: record.onsetText || (record.onset ?? ""),
    verification: verifications[record.status] ?? "unknown",
    resolved: record.status === "I",
    saysNone: whatIsSaid(record.substance.text) !== "something",
    verifiedBy: [record.verifiedBy, record.verifierRole].filter((part) => part !== "").join(" "),
  };
}

/** Someone whose name and role are known wrote down on a known date that there is none: the newest such statement. */
function confirmedNone(standing: readonly AllergyFact[]): { by: string; role: string; date: string } | null {
  const statements = standing.flatMap(({ record }) => {
    const date = dateOf(record.verifiedAt);
    const sound = whatIsSaid(record.substance.text) === "none" && record.verifiedBy !== "" && record.verifierRole !== "" && date !== null;
    return sound ? [{ by: record.verifiedBy, role: record.verifierRole, date }] : [];
  });
  return (
    statements.toSorted((a, b) => (JSON.stringify([a.date, a.by, a.role]) < JSON.stringify([b.date, b.by, b.role]) ? 1 : -1))[0] ?? null
  );
}

function stateOf(items: readonly Allergy[], confirmed: boolean): Section<Allergy>["state"] {
  if (items.some((item) => !item.saysNone)) return "present";
  if (confirmed) return "confirmedNone";
  return items.length > 0 ? "notAsked" : "notRecorded";
}
