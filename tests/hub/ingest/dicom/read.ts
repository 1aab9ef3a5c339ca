import {
  encodeStudy,
  type InstanceFacts,
  isRefused,
  type Refused,
  readStudy,
  withInstance,
} from "../../../../src/hub/ingest/dicom/index.ts";
import { readInstance } from "../../../../src/hub/ingest/dicom/part10.ts";
import type { PatientRecord, StudyRecord, Warning } from "../../../../src/hub/record/record.ts";

/** Facts of bytes, as of a file. */
export function read(bytes: Uint8Array): InstanceFacts | Refused {
  return readInstance((from, length) => bytes.subarray(from, from + length), bytes.length);
}

/** The two records and the warnings that one accepted file gives. */
export function recordsOf(bytes: Uint8Array): { patient: PatientRecord; study: StudyRecord; warnings: readonly Warning[] } {
  const facts = read(bytes);
  if (isRefused(facts)) throw new Error(`refused: ${facts.reason} ${facts.tag}`);
  const stored = readStudy(Buffer.from(encodeStudy(withInstance(null, facts, "h"))), "1310000001");
  if (stored === null) throw new Error("not a study");
  return { patient: stored.records[0], study: stored.records[1], warnings: stored.warnings };
}
