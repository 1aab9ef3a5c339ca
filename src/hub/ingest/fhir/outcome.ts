import type { OperationOutcome, OperationOutcomeIssue } from "@medplum/fhirtypes";
import type { Issue, Reason } from "./issue.ts";

const codes: Partial<Record<Reason, OperationOutcomeIssue["code"]>> = {
  "r4-invalid": "structure",
  "too-large": "too-long",
  "too-many-entries": "too-costly",
  "facility-differs": "forbidden",
  "subject-unknown": "not-found",
  "reference-broken": "not-found",
  "subject-ambiguous": "multiple-matches",
  "entry-doubled": "duplicate",
  "drug-contradicts": "business-rule",
  "drug-uncoded": "business-rule",
  "subject-differs": "business-rule",
  "bundle-type": "not-supported",
  "request-method": "not-supported",
};

/** Why nothing of an input was used, or that it was; says paths and rules, never values. */
export function outcomeOf(issues: readonly Issue[], severity: "error" | "information" = "error"): OperationOutcome {
  return {
    resourceType: "OperationOutcome",
    issue: issues.map(({ reason, path, note }) => ({
      severity,
      code: codes[reason] ?? "invalid",
      details: { coding: [{ code: reason }], text: note === "" ? reason : `${reason}: ${note}` },
      ...(path === "" ? {} : { expression: [path] }),
    })),
  };
}
