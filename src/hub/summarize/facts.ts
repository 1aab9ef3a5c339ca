/** Records of one person in one fixed order, each with the hospital and the file it came from. */

import {
  type ClinicalDate,
  type Code,
  type Coded,
  type Item,
  type Quantity,
  type Source,
  sourceKinds,
} from "../../shared/summary/summary.ts";
import type { Concept, FiledRecords, FileIdentity, SourceRecord } from "../record/record.ts";

export interface Fact<R extends SourceRecord = SourceRecord> {
  readonly record: R;
  readonly file: FileIdentity;
  readonly received: string;
  readonly source: number;
  readonly warnings: readonly string[];
}

export interface Facts {
  readonly sources: readonly Source[];
  /** Newest instant of receipt, "" when there is no file. */
  readonly asOf: string;
  /** Oldest file first, in the order of the file within it. */
  of<K extends SourceRecord["kind"]>(kind: K): readonly Fact<Extract<SourceRecord, { kind: K }>>[];
}

export type Facilities = ReadonlyMap<string, { readonly name: string; readonly telephone: string }>;

/**
 * Whatever the order of `files`: sorted by the time the hospital made them, then by what names a file. A source is a facility, the
 * person's number there, and how it was stated (chart, claim, e-prescription …); what is not disclosed says so in its warnings.
 */
export function gather(files: readonly FiledRecords[], facilities: Facilities): Facts {
  const valid = inOrder(files.filter(({ file }) => file.flag === "1"));
  const stated = valid.flatMap((filed) => statedIn(filed));
  const keys = new Map<string, Origin>();
  for (const { file, records } of valid) if (records.length === 0) keys.set(sourceKey({ file, kind: "chart" }), { file, kind: "chart" });
  for (const { origin } of stated) keys.set(sourceKey(origin), origin);
  const positions = new Map([...keys.keys()].sort().map((key, at) => [key, at]));
  const sources = [...positions.keys()].map((key): Source => {
    const { file, kind } = keys.get(key) as Origin;
    const known = facilities.get(file.facility);
    return { facility: file.facility, name: known?.name || file.facility, kind, telephone: known?.telephone ?? "", pid: file.pid };
  });
  const byKind = new Map<string, Fact[]>();
  for (const { record, filed, origin } of stated) {
    const codes = filed.warnings.filter((one) => one.segment === "" || one.segment === record.segment).map((one): string => one.code);
    if (record.disclosure !== undefined) codes.push(record.disclosure);
    const fact: Fact = {
      record,
      file: filed.file,
      received: filed.received,
      source: positions.get(sourceKey(origin)) ?? 0,
      warnings: [...new Set(codes)].sort(),
    };
    const list = byKind.get(record.kind);
    if (list) list.push(fact);
    else byKind.set(record.kind, [fact]);
  }
  return {
    sources,
    asOf:
      valid
        .map(({ received }) => received)
        .sort()
        .at(-1) ?? "",
    of: <K extends SourceRecord["kind"]>(kind: K) =>
      (byKind.get(kind) ?? []).filter((fact): fact is Fact<Extract<SourceRecord, { kind: K }>> => fact.record.kind === kind),
  };
}

interface Origin {
  readonly file: FileIdentity;
  readonly kind: Source["kind"];
}

interface Stated {
  readonly record: SourceRecord;
  readonly filed: FiledRecords;
  readonly origin: Origin;
}

/** Records with the source they come from; who a claim or a prescription is about is stated by that claim or prescription. */
function statedIn(filed: FiledRecords): readonly Stated[] {
  const { file, records } = filed;
  const channels = new Set(records.filter(({ kind }) => kind !== "patient").map(({ channel }) => channel ?? "chart"));
  const only = channels.size === 1 ? ([...channels][0] ?? "chart") : "chart";
  return records.map((record) => ({
    record,
    filed,
    origin: { file, kind: record.channel ?? (record.kind === "patient" ? only : "chart") },
  }));
}

const sourceKey = ({ file, kind }: Origin): string => JSON.stringify([file.facility, file.pid, sourceKinds.indexOf(kind)]);

/** Two files of one name (two volumes of one storage) are told apart by what they hold. */
function inOrder(files: readonly FiledRecords[]): readonly FiledRecords[] {
  return files
    .map((filed) => ({ filed, key: orderOf(filed) }))
    .sort((a, b) => compare(a.key, b.key) || compare(JSON.stringify(a.filed), JSON.stringify(b.filed)))
    .map(({ filed }) => filed);
}

function orderOf({ file, received }: FiledRecords): string {
  return JSON.stringify([
    file.stamp.padEnd(17, "0"),
    file.facility,
    file.pid,
    file.type,
    file.orderNo,
    file.day,
    file.department,
    file.name,
    received,
  ]);
}

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What every item says of itself; a date that is none is left out and said. */
export function itemOf(fact: Fact, date: ClinicalDate | null): Item {
  const readable = dateOf(date);
  const warnings = date !== null && readable === null ? [...new Set([...fact.warnings, "date-malformed"])].sort() : fact.warnings;
  return { date: readable, source: fact.source, received: fact.received, warnings, also: [] };
}

export function dateOf(date: ClinicalDate | null): ClinicalDate | null {
  return date !== null && /^\d{4}(-\d{2}(-\d{2}(T\d{2}(:\d{2}(:\d{2})?)?)?)?)?$/.test(date) ? date : null;
}

/** Systems of one hospital only: 99xxx, L, none named, or an address that says so. */
export function isLocal(system: string): boolean {
  return system === "" || system === "L" || /^99|local|uncoded|nocoded|\/DrugCode\//i.test(system);
}

/** A concept as a person reads it. `text` overrides what the concept calls itself. */
export function coded(concept: Concept | null, text = labelOf(concept)): Coded {
  const codes = (concept?.codings ?? [])
    .filter(({ code }) => code !== "")
    .map(({ system, code, text: said }): Code => ({ system, code, text: said }));
  return { text, codes, local: codes.length > 0 && codes.every(({ system }) => isLocal(system)) };
}

export function labelOf(concept: Concept | null): string {
  if (concept === null) return "";
  return concept.text || concept.codings.find(({ text }) => text !== "")?.text || concept.codings[0]?.code || "";
}

/** First code of a concept, "" when none. */
export function codeOf(concept: Concept | null): string {
  return concept?.codings[0]?.code ?? "";
}

export function quantityOf(quantity: Quantity | null): Quantity | null {
  return quantity === null || (quantity.value === "" && quantity.unit === "") ? null : { value: quantity.value, unit: quantity.unit };
}

/** Whole number of at most four digits, or null. */
export function countOf(text: string): number | null {
  const plain = text.normalize("NFKC").trim();
  return /^\d{1,4}$/.test(plain) ? Number(plain) : null;
}

/** One of several items that say the same: the one received last. Keeps the order of first appearance. */
export function withoutRepeats<T extends Item>(items: readonly T[]): readonly T[] {
  const kept = new Map<string, T>();
  for (const item of items) {
    const key = JSON.stringify({ ...item, received: "", warnings: [] });
    const before = kept.get(key);
    if (before === undefined || before.received < item.received) kept.set(key, item);
  }
  return [...kept.values()];
}

/** Newest first by `dateFor`; ties by source, then by what the items say: never by the order they came in. */
export function newestFirst<T extends Item>(items: readonly T[], dateFor: (item: T) => string | null = (item) => item.date): readonly T[] {
  return items
    .map((item) => ({ item, date: dateFor(item) ?? "", said: JSON.stringify(item) }))
    .sort((a, b) => compare(b.date, a.date) || a.item.source - b.item.source || compare(a.said, b.said))
    .map(({ item }) => item);
}
