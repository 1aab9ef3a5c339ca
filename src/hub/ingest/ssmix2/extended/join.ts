import type { DocumentRecord, FiledRecords } from "../../../record/record.ts";
import { contentOf, isExtended, isMain } from "./content.ts";

/**
 * The files of one patient with what lies beside a document attached to it: each content gives one document that names its attachments,
 * in the order of their names. A content without a readable main document keeps one document that is its attachments. Other files pass.
 */
export function joinContents(files: readonly FiledRecords[]): FiledRecords[] {
  const contents = new Map<string, FiledRecords[]>();
  for (const one of files) if (isExtended(one.file.type)) contents.set(keyOf(one), [...(contents.get(keyOf(one)) ?? []), one]);
  return files.map((one) => {
    const beside = contents.get(keyOf(one));
    return beside === undefined || beside.length === 1 ? one : joined(one, beside);
  });
}

const keyOf = ({ file }: FiledRecords): string => JSON.stringify([file.facility, file.pid, file.day, contentOf(file)]);

const isDocument = (record: { readonly kind: string }): record is DocumentRecord => record.kind === "document";
/** A file that was kept and not read. */
const isKept = (record: DocumentRecord): boolean =>
  record.sections.length === 0 && record.segment === "" && record.attachments.length === 1;

function joined(one: FiledRecords, beside: readonly FiledRecords[]): FiledRecords {
  const kept = beside.filter(({ file, records }) => !isMain(file) && records.some((record) => isDocument(record) && isKept(record)));
  const holder = beside.find(({ file, records }) => isMain(file) && records.some(isDocument)) ?? kept[0];
  if (holder === undefined) return one;
  if (one !== holder) return kept.includes(one) ? { ...one, records: [] } : one;
  const more = kept
    .filter((other) => other !== holder)
    .flatMap(({ records }) => records.filter(isDocument).flatMap((record) => record.attachments))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  let given = false;
  const records = one.records.map((record) => {
    if (given || !isDocument(record)) return record;
    given = true;
    return { ...record, attachments: [...record.attachments, ...more] };
  });
  return { ...one, records };
}
