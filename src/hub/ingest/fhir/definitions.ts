import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Bundle, OperationOutcomeIssue, Resource, StructureDefinition } from "@medplum/fhirtypes";
import type { Issue } from "./issue.ts";

/** Of one refused input so many issues are told; a bundle of ten thousand resources may have as many faults. */
const mostIssues = 20;

/**
 * Checks a value against base R4 (types, cardinality, formats, invariants) by the definitions beside this file; [] when it holds.
 * Profiles are not loaded: the Japanese ones are stricter than the examples their authors publish (README.md). The library and its
 * 2 MB of definitions are loaded at the first call.
 */
export async function validateBase(value: unknown): Promise<readonly Issue[]> {
  const { validateResource, indexStructureDefinitionBundle, isDataTypeLoaded, OperationOutcomeError } = await import("@medplum/core");
  if (!isDataTypeLoaded("Bundle")) indexStructureDefinitionBundle(readDefinitions());
  // To the library an object without content is not there, whatever should stand in its place; to a reader it is.
  const hollow = emptyObject(value, "");
  if (hollow !== null) return [{ reason: "r4-invalid", path: hollow, note: "object without content" }];
  try {
    validateResource(value as Resource);
    return [];
  } catch (error) {
    if (!(error instanceof OperationOutcomeError)) throw error;
    return (error.outcome.issue ?? [])
      .filter((one) => one.severity !== "warning")
      .slice(0, mostIssues)
      .map(issueOf);
  }
}

/** Path of the first object without content (ele-1), null when there is none. The parser bounds the depth. */
function emptyObject(value: unknown, path: string): string | null {
  if (typeof value !== "object" || value === null) return null;
  const list = Array.isArray(value);
  const inner = Object.entries(value);
  if (inner.length === 0) return list ? null : path;
  for (const [key, one] of inner) {
    const found = emptyObject(one, list ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
}

function readDefinitions(): Bundle<StructureDefinition> {
  const bytes = readFileSync(new URL("./r4-definitions.json.gz", import.meta.url));
  return JSON.parse(gunzipSync(bytes).toString("utf8")) as Bundle<StructureDefinition>;
}

/** The library names the fault and the path, never the value. */
function issueOf({ details, expression }: OperationOutcomeIssue): Issue {
  return { reason: "r4-invalid", path: expression?.[0] ?? "", note: details?.text?.slice(0, 200) ?? "" };
}
