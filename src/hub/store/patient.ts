/** A person as one facility knows them: what identity links. */
export interface PatientRow {
  facility: string;
  pid: string;
  /** Link keys, JSON array of strings, sorted (identity/link.ts). */
  links: string;
  /** Row of `person`; null until identity has run. */
  person: string | null;
  /** 1: links changed, or files came or went, since identity last looked. */
  stale: number;
}
