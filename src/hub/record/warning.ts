/** Something a reader must know about a record: never a reason to drop it. */
export interface Warning {
  readonly code: WarningCode;
  readonly file: string;
  /** e.g. "PID", "OBX[2]"; "" for the whole file. */
  readonly segment: string;
  /** e.g. "PID-7"; "" for the whole segment. */
  readonly field: string;
  /** What was seen, shortened; may hold patient data, so it stays in the hub. */
  readonly seen: string;
}

export const warningCodes = [
  "name-unreadable",
  "charset-undeclared",
  "charset-fallback",
  "undecodable-byte",
  "not-hl7",
  "pid-differs",
  "path-differs",
  "field-shifted",
  "date-malformed",
  "number-malformed",
  "code-unknown",
  "segment-unknown",
  "segment-missing",
  "type-unknown",
  "message-type-differs",
  "two-valid",
  "only-superseded",
  "too-large",
  "field-missing",
  "escape-malformed",
  "truncated",
  "xml-doctype",
  "xml-malformed",
  "main-refused",
  "not-dicom",
  "study-differs",
  "code-unchecked",
  "code-not-found",
  "codes-differ",
  "name-from-master",
] as const;
export type WarningCode = (typeof warningCodes)[number];
