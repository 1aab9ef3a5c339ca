/**
 * Source records seen through the imported code masters. What was sent is never changed: codings are added, whose system says what they were
 * derived from ("YJ ← HOT 2026-10-31"), and warnings say what was not checked. Rules and their tests: README.md.
 */
import { derivedFrom, standardSystem } from "../../shared/summary/coding.ts";
import type { Coding, Concept } from "../record/base.ts";
import type { MasterEntry, MasterKind } from "../record/master.ts";
import type { FiledRecords, SourceRecord, Warning, WarningCode } from "../record/record.ts";
import { masterEntries, masters } from "../store/master.ts";
import type { Db } from "../store/tables.ts";
import { recordsOf } from "./records.ts";

/** `recordsOf`, seen through the masters. */
export async function checkedRecordsOf(db: Db, patients: Parameters<typeof recordsOf>[1]): Promise<Map<string, FiledRecords[]>> {
  const found = await recordsOf(db, patients);
  const checked = (await checkRecords(db, [...found.values()].flat())).values();
  return new Map([...found].map(([key, files]) => [key, files.map((filed) => checked.next().value ?? filed)]));
}

/** The same of records in hand, in their order. */
export async function checkRecords(db: Db, files: readonly FiledRecords[]): Promise<FiledRecords[]> {
  const known = await lookUp(db, files);
  return files.map((filed) => checkFile(filed, known));
}

interface Known {
  readonly systemOf: (system: string) => string;
  readonly dates: ReadonlyMap<MasterKind, string>;
  readonly entries: ReadonlyMap<MasterKind, ReadonlyMap<string, MasterEntry>>;
}

/** One question for each master, however many people. */
async function lookUp(db: Db, files: readonly FiledRecords[]): Promise<Known> {
  const systemOf = remembering(standardSystem);
  const rows = await masters(db);
  const dates = new Map(rows.map(({ kind, date }) => [kind, date]));
  const wanted = new Map<MasterKind, Set<string>>(rows.map(({ kind }) => [kind, new Set()]));
  if (rows.length > 0)
    for (const { records } of files)
      for (const record of records)
        for (const coding of codingsOf(record))
          for (const { kind, codes } of questions(coding, systemOf)) for (const code of codes) wanted.get(kind)?.add(code);
  const entries = new Map<MasterKind, ReadonlyMap<string, MasterEntry>>();
  for (const [kind, codes] of wanted) entries.set(kind, await masterEntries(db, kind, [...codes].sort()));
  return { systemOf, dates, entries };
}

/** A region knows few systems and very many codes. */
function remembering(find: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const found = find(text);
    known.set(text, found);
    return found;
  };
}

function codingsOf(record: SourceRecord): readonly Coding[] {
  return conceptOf(record)?.codings ?? [];
}

/** The one thing of a record that a master knows. */
function conceptOf(record: SourceRecord): Concept | null {
  switch (record.kind) {
    case "medicine":
      return record.drug;
    case "diagnosis":
      return record.disease;
    case "lab":
      return record.test;
    case "allergy":
      return record.substance;
    default:
      return null;
  }
}

interface Question {
  readonly kind: MasterKind;
  /** The first that is known counts: HOT13 before HOT9 before HOT7, a whole JLAC10 code before its analyte. */
  readonly codes: readonly string[];
}

/** Which masters know this code; [] for local codes, and for those that stand for "not coded" (all 9 or 0). */
function questions({ system, code }: Coding, systemOf: Known["systemOf"]): readonly Question[] {
  const standard = systemOf(system);
  if (standard === "") return [];
  const plain = code.normalize("NFKC").trim().toUpperCase();
  if (/^[09]*$/.test(plain)) return [];
  const cut = (...lengths: number[]) => [...new Set(lengths.map((length) => plain.slice(0, length)))];
  switch (standard) {
    case "HOT":
      return [{ kind: "hot", codes: cut(13, 9, 7) }];
    case "YJ":
      return [
        { kind: "yj", codes: [plain] },
        { kind: "hot", codes: [plain] },
      ];
    case "JC10":
      return [{ kind: "jlac10", codes: cut(17, 15, 12, 5) }];
    case "MDCDX2":
      return plain === UNCODED_DISEASE ? [] : [{ kind: "byomei", codes: [plain] }];
    case "J-FAGY":
      return [{ kind: "jfagy", codes: [plain] }];
    default:
      return [];
  }
}

/** 未コード化傷病名: its name stands in the text alone. */
const UNCODED_DISEASE = "20084317";

function checkFile(filed: FiledRecords, known: Known): FiledRecords {
  const warnings: Warning[] = [];
  let changed = false;
  const records = filed.records.map((record) => {
    const concept = conceptOf(record);
    if (concept === null || concept.codings.length === 0) return record;
    const { added, name, codes } = check(record, concept, known);
    for (const code of codes) warnings.push({ code, file: filed.file.name, segment: record.segment, field: "", seen: "" });
    if (added.length === 0) return record;
    changed = true;
    return withConcept(record, { text: name || concept.text, codings: [...concept.codings, ...added] });
  });
  return warnings.length === 0 && !changed ? filed : { ...filed, records, warnings: [...filed.warnings, ...warnings] };
}

function withConcept(record: SourceRecord, concept: Concept): SourceRecord {
  switch (record.kind) {
    case "medicine":
      return { ...record, drug: concept };
    case "diagnosis":
      return { ...record, disease: concept };
    case "lab":
      return { ...record, test: concept };
    case "allergy":
      return { ...record, substance: concept };
    default:
      return record;
  }
}

interface Checked {
  readonly added: readonly Coding[];
  /** Name of the master where none was sent; "" otherwise: what a hospital wrote is never replaced. */
  readonly name: string;
  readonly codes: readonly WarningCode[];
}

function check(record: SourceRecord, concept: Concept, known: Known): Checked {
  const asked = concept.codings.flatMap((coding) => questions(coding, known.systemOf).map((question) => ({ coding, ...question })));
  const answers = asked.flatMap(({ coding, kind, codes }) => {
    const entry = codes.map((code) => known.entries.get(kind)?.get(code)).find((one) => one !== undefined);
    return entry === undefined ? [] : [{ coding, kind, entry, date: known.dates.get(kind) ?? "" }];
  });
  if (answers.length === 0) {
    const checkable = asked.some(({ kind }) => known.dates.has(kind));
    return { added: [], name: "", codes: asked.length === 0 ? [] : [checkable ? "code-not-found" : "code-unchecked"] };
  }
  const targets = answers.filter(({ entry }) => entry.target !== "");
  const sent = sentTargets(record, concept, known.systemOf);
  const derived = targets
    .filter(({ entry }) => !sent.some((code) => code.startsWith(entry.target)))
    .map(({ kind, entry, date }) => ({
      system: derivedFrom(kind === "hot" ? "YJ" : "I10", kind, date),
      code: entry.target,
      text: entry.name,
    }));
  const first = answers[0];
  // Readers put the code where no name was sent.
  const nameless = [concept.text, ...concept.codings.map(({ text }) => text)].every(
    (text) => text === "" || concept.codings.some(({ code }) => code === text),
  );
  const name = nameless ? (first?.entry.name ?? "") : "";
  const own =
    name !== "" && first !== undefined && derived.length === 0
      ? [{ system: derivedFrom(standardSystem(first.coding.system), first.kind, first.date), code: first.coding.code, text: name }]
      : [];
  // The ingredient of a medicine (7 digits of YJ), the category of a disease (3 of ICD-10): what differs further on is no contradiction.
  const depth = record.kind === "diagnosis" ? 3 : 7;
  const all = [...sent, ...targets.map(({ entry }) => entry.target)].map((code) => code.slice(0, depth));
  return {
    added: [...derived, ...own],
    name,
    codes: [...(name !== "" ? ["name-from-master" as const] : []), ...(new Set(all).size > 1 ? ["codes-differ" as const] : [])],
  };
}

/** What the hospital itself sent of what a master leads to: YJ codes of a medicine, ICD-10 of a disease without its dot. */
function sentTargets(record: SourceRecord, concept: Concept, systemOf: Known["systemOf"]): readonly string[] {
  const codings = record.kind === "diagnosis" ? [...concept.codings, ...(record.icd10?.codings ?? [])] : concept.codings;
  const wanted = record.kind === "diagnosis" ? "I10" : "YJ";
  return codings.filter(({ system }) => systemOf(system) === wanted).map(({ code }) => code.replace(".", "").toUpperCase());
}
