import { inputLimit, outcomeOf } from "../ingest/fhir/index.ts";
import type { FhirOutcome } from "./fhir.ts";

/** Bytes that one request may bring. */
export const fhirLimit = inputLimit;

/** What became of an input, as an OperationOutcome. */
export function outcomeBody(outcome: FhirOutcome): object {
  if (outcome.disposition === "refused") return outcomeOf(outcome.issues);
  const text = `${outcome.disposition}: ${outcome.units.map(({ key, disposition }) => `${key} ${disposition}`).join(", ")}`;
  return {
    resourceType: "OperationOutcome",
    issue: [{ severity: "information", code: "informational", details: { coding: [{ code: outcome.disposition }], text } }],
  };
}

const statuses = { accepted: "201 Created", replaced: "200 OK", unchanged: "200 OK", deleted: "204 No Content", refused: "422" } as const;

/** The answer to a transaction: one entry for each of its, in their order. */
export function transactionBody(outcome: FhirOutcome): object {
  return {
    resourceType: "Bundle",
    type: "transaction-response",
    entry: outcome.units.map(({ key, disposition }) => ({
      response: { status: statuses[disposition], ...(/^[A-Z]\w*\/[^/]+$/.test(key) ? { location: key } : {}) },
    })),
  };
}
