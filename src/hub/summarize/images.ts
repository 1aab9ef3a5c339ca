import type { Image, Section } from "../../shared/summary/summary.ts";
import type { OrderRecord, ProcedureRecord, StudyRecord } from "../record/record.ts";
import { compare, type Fact, type Facts, itemOf, labelOf, newestFirst } from "./facts.ts";
import { isWithdrawn } from "./medicines.ts";
import { limited } from "./section.ts";
import { foldAcross, hiddenAs, withAlso } from "./together.ts";

export const IMAGES = 120;

/**
 * Imaging studies, one item each: what an archive holds, with what was ordered and performed for it (same Study UID; else the accession number within one
 * facility). An examination that was performed with a Study UID is a study too, though no archive has told of it; an order alone never is.
 */
export function summarizeImages(facts: Facts, to: string): Section<Image> {
  const studies = newestStudies(facts.of("study"));
  const performed = facts
    .of("procedure")
    .filter(({ record }) => !isWithdrawn(record.orderControl) && record.studyUid + record.accession !== "");
  const ordered = facts.of("order").filter(({ record }) => !isWithdrawn(record.orderControl) && record.accession !== "");
  const told = studies.map((study) => linked(study, performed, ordered));
  const untold = performed.filter((fact) => fact.record.studyUid !== "" && !studies.some((study) => isOf(fact, study)));
  const items = [...told, ...byUid(untold).map(fromPerformed)];
  const keyed = newestFirst(items).map((item) => ({ item, keys: item.studyUid === "" ? [] : [item.studyUid] }));
  return limited(newestFirst(foldAcross(keyed, joined)), { most: IMAGES, keep: () => null, dateFor: (item) => item.date, to });
}

type StudyFact = Fact<StudyRecord>;

/** The last statement of each study at each facility. */
function newestStudies(oldestFirst: readonly StudyFact[]): readonly StudyFact[] {
  const newest = new Map<string, StudyFact>();
  for (const fact of oldestFirst) {
    const { studyUid, accession, date, description } = fact.record;
    newest.set(JSON.stringify([fact.source, ...(studyUid === "" ? [accession, date, description] : [studyUid])]), fact);
  }
  return [...newest.values()];
}

function image(fact: StudyFact): Image {
  const { studyUid, accession, modalities, description, bodySite, department, series } = fact.record;
  return {
    ...itemOf(fact, fact.record.date),
    studyUid,
    accession,
    modalities: [...new Set(modalities)].sort(),
    description,
    bodySite,
    department,
    series: series
      .map(({ uid, modality, number, description: said, instances, drawable }) => ({
        number,
        one: { uid, modality, description: said, instances, drawable },
      }))
      .sort((a, b) => Number(a.number) - Number(b.number) || compare(a.number, b.number) || compare(a.one.uid, b.one.uid))
      .map(({ one }) => one),
  };
}

/** The Study UID is one in the world; an accession number only within the facility that gave it. */
function isOf({ record, file }: Fact<ProcedureRecord> | Fact<OrderRecord>, study: StudyFact): boolean {
  const uid = "studyUid" in record ? record.studyUid : "";
  if (uid !== "" && study.record.studyUid !== "") return uid === study.record.studyUid;
  return record.accession !== "" && record.accession === study.record.accession && file.facility === study.file.facility;
}

function linked(study: StudyFact, performed: readonly Fact<ProcedureRecord>[], ordered: readonly Fact<OrderRecord>[]): Image {
  let whole = image(study);
  for (const fact of [...performed, ...ordered].filter((one) => isOf(one, study))) {
    const more = withAlso(withWords(whole, fact), whole, itemOf(fact, fact.record.date));
    // What is hidden otherwise than the study lends it no words.
    if (hiddenAs(more) === hiddenAs(whole)) whole = more;
  }
  return whole;
}

function withWords(item: Image, { record }: Fact<ProcedureRecord> | Fact<OrderRecord>): Image {
  return {
    ...item,
    accession: item.accession || record.accession,
    studyUid: item.studyUid || ("studyUid" in record ? record.studyUid : ""),
    description: item.description || labelOf(record.name),
    department: item.department || labelOf(record.department),
  };
}

function byUid(performed: readonly Fact<ProcedureRecord>[]): readonly (readonly Fact<ProcedureRecord>[])[] {
  const groups = new Map<string, Fact<ProcedureRecord>[]>();
  for (const fact of performed) {
    const key = JSON.stringify([fact.source, fact.record.studyUid]);
    groups.set(key, [...(groups.get(key) ?? []), fact]);
  }
  return [...groups.values()];
}

function fromPerformed(facts: readonly Fact<ProcedureRecord>[]): Image {
  const newest = facts.at(-1) as Fact<ProcedureRecord>;
  const { record } = newest;
  return {
    ...itemOf(newest, record.date),
    warnings: [...new Set(facts.flatMap(({ warnings }) => warnings))].sort(),
    studyUid: record.studyUid,
    accession: record.accession,
    modalities: [...new Set(facts.map((fact) => fact.record.modality))].filter((modality) => modality !== "").sort(),
    description: [...new Set(facts.map((fact) => labelOf(fact.record.name)))].filter((name) => name !== "").join("、"),
    bodySite: "",
    department: labelOf(record.department),
    series: [],
  };
}

/** One study in two archives, or told by an archive here and by an order there. */
function joined(head: Image, other: Image): Image {
  const more = other.series.filter(({ uid }) => !head.series.some((own) => own.uid === uid));
  return {
    ...head,
    accession: head.accession || other.accession,
    modalities: [...new Set([...head.modalities, ...other.modalities])].sort(),
    description: head.description || other.description,
    bodySite: head.bodySite || other.bodySite,
    department: head.department || other.department,
    series: [...head.series, ...more],
  };
}
