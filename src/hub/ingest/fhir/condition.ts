import type { AllergyIntolerance, CodeableConcept, Condition } from "@medplum/fhirtypes";
import type { AllergyRecord, Concept, DiagnosisRecord } from "../../record/record.ts";
import { readAbsent } from "./absence.ts";
import type { Reading } from "./reading.ts";
import { bare, shortSystem } from "./systems.ts";
import { codesOf, conceptOf, dateOf, endOf, extensionOf, extensionsOf, labelOf, startOf, textOnly } from "./values.ts";

const instanceSystem = "http://jpfhir.jp/fhir/core/IdSystem/resourceInstance-identifier";

/** Names one statement over its versions: the hospital's own number for it, else the resource. */
function instanceOf(one: Condition | AllergyIntolerance): string {
  return (one.identifier ?? []).find(({ system }) => bare(system ?? "") === bare(instanceSystem))?.value ?? one.id ?? "";
}

const status = (one: CodeableConcept | undefined): string => codesOf(one)[0] ?? "";

/** 疑い as SS-MIX2 says it (JHSD0005). */
const suspected: Concept = { text: "疑い", codings: [{ code: "1", text: "疑い", system: "JHSD0005" }] };

export function readCondition(one: Condition, reading: Reading): void {
  const recorded = dateOf(one.recordedDate);
  if (readAbsent(one, one.code, { who: one.recorder ?? one.asserter, date: recorded }, reading)) return;
  const disease = conceptOf(one.code);
  const words = reading.notes(one.note);
  if (disease === null && words === "") {
    reading.warn("field-missing", one, "code");
    reading.raw(one);
    return;
  }
  const verification = status(one.verificationStatus);
  const clinical = status(one.clinicalStatus);
  const onset = dateOf(one.onsetDateTime) ?? startOf(one.onsetPeriod);
  const icd = disease?.codings.filter(({ system }) => system === "I10") ?? [];
  const record: DiagnosisRecord = {
    ...reading.base(one, onset ?? recorded),
    kind: "diagnosis",
    disease: { ...(disease ?? textOnly(words)), codings: disease?.codings.filter(({ system }) => system !== "I10") ?? [] },
    icd10: icd.length === 0 ? null : { text: icd[0]?.text || (icd[0]?.code ?? ""), codings: icd },
    // The text of the disease is the whole name already; modifiers would be said twice.
    prefixes: modifiersOf(one, /\/JP_Condition_DiseasePrefixModifier$/),
    suffixes: modifiersOf(one, /\/JP_Condition_DiseasePostfixModifier$/),
    text: [one.onsetString ?? "", labelOf(one.severity), words].filter((part) => part !== "").join(" "),
    action: /^(?:refuted|entered-in-error)$/.test(verification) ? "DE" : "",
    certainty: /^(?:provisional|differential|unconfirmed)$/.test(verification) ? suspected : null,
    outcome: outcomeOf(clinical),
    onset,
    entered: recorded,
    end: dateOf(one.abatementDateTime) ?? endOf(one.abatementPeriod) ?? startOf(one.abatementPeriod),
    expectedEnd: null,
    rank: rankOf(one),
    phase: clinical === "remission" || clinical === "recurrence" || clinical === "relapse" ? labelOf(one.clinicalStatus) : "",
    instance: instanceOf(one),
    confidentiality: confidentialityOf(one),
    department: conceptOf(extensionOf(one, /\/JP_eCS_Department$/)?.valueCodeableConcept),
  };
  reading.add(withoutTwice(record));
}

/** Modifiers stand beside the code of the disease. */
function modifiersOf(one: Condition, name: RegExp): readonly Concept[] {
  return [...extensionsOf(one.code, name), ...extensionsOf(one, name)].flatMap(
    (extension) => conceptOf(extension.valueCodeableConcept) ?? [],
  );
}

/** 「左前腕骨折」 with the prefix 「左」 is one name: a modifier that the text already says is not put before it again. */
function withoutTwice(record: DiagnosisRecord): DiagnosisRecord {
  const name = record.disease.text.normalize("NFKC");
  const left = (concepts: readonly Concept[], said: (word: string) => boolean) =>
    concepts.filter(({ text }) => !said(text.normalize("NFKC").replace(/^の/, "")));
  return {
    ...record,
    prefixes: left(record.prefixes, (word) => name.startsWith(word) || (record.prefixes.length > 1 && name.includes(word))),
    suffixes: left(record.suffixes, (word) => name.endsWith(word) || (record.suffixes.length > 1 && name.includes(word))),
  };
}

/** JP-CLINS: inactive and resolved are over; remission is better, not over. */
function outcomeOf(clinical: string): Concept | null {
  if (clinical === "resolved" || clinical === "inactive")
    return { text: clinical, codings: [{ code: "F", text: clinical, system: "JHSD0004" }] };
  if (clinical === "remission") return { text: clinical, codings: [{ code: "R", text: clinical, system: "JHSD0004" }] };
  return null;
}

function rankOf(one: Condition): Concept | null {
  const type = conceptOf(extensionOf(one, /\/JP_eCS_DiagnosisType$/)?.valueCodeableConcept);
  if (type === null) return null;
  return type.codings.some(({ code }) => code === "principal")
    ? { text: "主病名", codings: [{ code: "1", text: "主病名", system: "JHSD0006" }, ...type.codings] }
    : type;
}

function confidentialityOf({ meta }: Condition): string {
  return (
    (meta?.security ?? []).find(({ system, code }) => /v3-Confidentiality$/.test(system ?? "") && /^[RV]$/.test(code ?? ""))?.code ?? ""
  );
}

const categories: Readonly<Record<string, { code: string; text: string }>> = {
  medication: { code: "DA", text: "薬剤" },
  food: { code: "FA", text: "食物" },
  environment: { code: "EA", text: "環境" },
  biologic: { code: "MA", text: "生物由来" },
};
const severities: Readonly<Record<string, string>> = { severe: "SV", moderate: "MO", mild: "MI" };
const verifications: Readonly<Record<string, string>> = {
  confirmed: "C",
  unconfirmed: "U",
  presumed: "S",
  refuted: "R",
  "entered-in-error": "E",
};

/** Substance: the code, else what the reactions name. */
export function readAllergy(one: AllergyIntolerance, reading: Reading): void {
  const recorded = dateOf(one.recordedDate);
  if (readAbsent(one, one.code, { who: one.recorder ?? one.asserter, date: recorded }, reading)) return;
  const substance = conceptOf(one.code) ?? conceptOf(one.reaction?.find((reaction) => reaction.substance !== undefined)?.substance);
  const notes = reading.notes(one.note);
  if (substance === null && notes === "") {
    reading.warn("field-missing", one, "code");
    reading.raw(one);
    return;
  }
  const onset = dateOf(one.onsetDateTime) ?? startOf(one.onsetPeriod);
  const age = reading.numbers.quantity(one.onsetAge);
  const record: AllergyRecord = {
    ...reading.base(one, dateOf(one.lastOccurrence) ?? onset ?? recorded),
    kind: "allergy",
    origin: "IAM",
    category: categoryOf(one),
    substance: substance ?? textOnly(notes),
    severity: severityOf(one),
    reactions: [
      ...(one.reaction ?? []).flatMap((reaction) => [...(reaction.manifestation ?? []).map(labelOf), reaction.description ?? ""]),
      ...(one.criticality === "high" ? ["重篤化の危険が高い"] : []),
      notes,
    ].filter((part) => part !== ""),
    action: "",
    instance: instanceOf(one),
    sensitivity: one.type === "allergy" ? "AL" : one.type === "intolerance" ? "IN" : "",
    onset,
    onsetText: one.onsetString ?? (age === null ? "" : `${age.value}${age.unit === "a" || age.unit === "" ? "歳" : age.unit}`),
    status: clinicalEnd(one) ?? verifications[status(one.verificationStatus)] ?? "",
    reportedAt: recorded,
    informant: reading.nameOf(one.asserter, one),
    verifiedBy: reading.nameOf(one.recorder, one),
    verifierRole: reading.roleOf(one.recorder, one),
    verifiedAt: recorded,
  };
  reading.add(record);
}

/** Resolved or inactive is shown apart, and so is refuted, which no letter of HL7 table 0438 says; taken back as an error counts before both. */
function clinicalEnd(one: AllergyIntolerance): string | null {
  const verified = status(one.verificationStatus);
  if (verified === "refuted" || verified === "entered-in-error") return verifications[verified] ?? "E";
  return /^(?:inactive|resolved)$/.test(status(one.clinicalStatus)) ? "I" : null;
}

/** As sent, else by the list of allergens the code is from. */
function categoryOf(one: AllergyIntolerance): Concept {
  const systems = (one.code?.coding ?? []).map(({ system = "" }) => system);
  const listed = systems.some((system) => /JfagyFood/.test(system))
    ? "food"
    : systems.some((system) => /JfagyNonFood/.test(system))
      ? "environment"
      : systems.some((system) => /JfagyMedication/.test(system) || /^(?:YJ|HOT\d*|GENERAL|ATC)$/.test(shortSystem(system)))
        ? "medication"
        : "";
  const known = categories[one.category?.[0] ?? listed];
  if (known === undefined) return { text: "", codings: [] };
  return { text: known.text, codings: [{ code: known.code, text: known.text, system: "HL70127" }] };
}

/** The worst of the reactions. */
function severityOf(one: AllergyIntolerance): string {
  const sent = (one.reaction ?? []).map(({ severity }) => severities[severity ?? ""] ?? "");
  return ["SV", "MO", "MI"].find((letter) => sent.includes(letter)) ?? "";
}
