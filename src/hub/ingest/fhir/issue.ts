import type { JsonFault } from "./json.ts";

/** Why an input is refused; the README lists each with its rule. */
export type Reason =
  | JsonFault
  | "r4-invalid"
  | "not-a-resource"
  | "empty"
  | "too-large"
  | "too-many-entries"
  | "bundle-type"
  | "bundle-nested"
  | "bundle-identifier"
  | "composition-missing"
  | "entry-doubled"
  | "request-missing"
  | "request-method"
  | "request-url"
  | "request-other-type"
  | "facility-differs"
  | "patient-missing"
  | "patient-doubled"
  | "patient-unidentified"
  | "patient-first"
  | "kinds-mixed"
  | "subject-missing"
  | "subject-unknown"
  | "subject-ambiguous"
  | "subject-differs"
  | "reference-broken"
  | "status-unknown"
  | "drug-uncoded"
  | "drug-contradicts"
  | "personal-number";

/** One fault: where (FHIRPath) and why. `note` names types and rules, never a person's data. */
export interface Issue {
  readonly reason: Reason;
  readonly path: string;
  readonly note: string;
}

export function issue(reason: Reason, path: string, note = ""): Issue {
  return { reason, path, note };
}
