import { readStudy } from "../ingest/dicom/index.ts";
import { readUnit } from "../ingest/fhir/index.ts";
import { locate, readFile } from "../ingest/ssmix2/index.ts";
import type { FileIdentity, SourceRecord, Warning } from "../record/record.ts";
import type { StoredFile } from "../store/file.ts";

/** What the bytes of one stored file say. */
export interface Read {
  readonly file: FileIdentity;
  readonly records: readonly SourceRecord[];
  readonly warnings: readonly Warning[];
}

type Reader = (stored: StoredFile) => Read | null;

/** Readers of what is not SS-MIX2, by the `type` of the stored file. */
const readers: Readonly<Record<string, Reader>> = {
  FHIR: ({ body, ...unit }) => readUnit(body, unit),
  DICOM: ({ body, facility }) => readStudy(body, facility),
};

/** Reads a stored file by its type, SS-MIX2 unless another reader has it; null: a reader of today would not accept it. */
export function readStored(stored: StoredFile): Read | null {
  return (readers[stored.type] ?? readStandardized)(stored);
}

function readStandardized({ path, facility, body, size, hash }: StoredFile): Read | null {
  const { file, reason } = locate(path, facility);
  if (file === null || reason !== null) return null;
  const read = readFile(body, file, { size, hash });
  return read.disposition === "quarantined" ? null : { file, records: read.records, warnings: read.warnings };
}
