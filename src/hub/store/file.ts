/**
 * One row per file a hospital ever showed us. `file` is slim, so that a run can read the whole index of a facility;
 * `content` holds the bytes as sent, for ever, and the records of a file in force.
 */
export const fileStates = ["accepted", "quarantined", "superseded", "deleted", "gone"] as const;
export type FileState = (typeof fileStates)[number];

export interface FileRow {
  id: number;
  facility: string;
  /** File name without folders; a name that cannot be read as SS-MIX2 is kept with its folders. */
  name: string;
  /** 0, or 1, 2 … for further files of the same name (several roots). */
  copy: number;
  /** "" for a file whose name says no person. */
  pid: string;
  /** SHA-256, base64url. */
  hash: string;
  size: number;
  /** Milliseconds since 1970, whole. */
  mtime: number;
  state: FileState;
  /** Why it is quarantined or left out: a warning code; "" otherwise. */
  reason: string;
  records: number;
  warnings: number;
  /** Instant of the run that took these bytes in (ISO 8601, UTC). */
  received: string;
}

export interface ContentRow {
  file: number;
  /** The bytes as sent, raw deflate. */
  body: Uint8Array;
  /** JSON of {records, warnings} (hub/record). */
  parsed: string;
}
