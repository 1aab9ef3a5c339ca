import type { Bundle, BundleEntry, Resource } from "@medplum/fhirtypes";
import { validateBase } from "./definitions.ts";
import { withoutHollow } from "./hollow.ts";
import { type Issue, issue } from "./issue.ts";
import { JsonRefused, type ParsedJson, parseJson, textOf } from "./json.ts";
import { type Entry, References } from "./references.ts";

/** Bytes of one input; a document with its attachments stays below. */
export const inputLimit = 16 * 1024 * 1024;

/** Entries of one Bundle. */
const entryLimit = 10_000;

export interface Opened {
  readonly text: string;
  readonly parsed: ParsedJson;
  /** The Bundle, or null where a resource came alone. */
  readonly bundle: Bundle | null;
  readonly entries: readonly (Entry & { readonly request: BundleEntry["request"] })[];
  readonly references: References;
}

/** Why an input is no FHIR, and how many resources it would have brought. */
export interface Unopened {
  readonly issues: readonly Issue[];
  readonly resources: number;
}

/** Bytes → a Bundle or resource that base R4 allows, or every reason why not. Attacker-controlled. */
export async function openInput(bytes: Uint8Array): Promise<Opened | Unopened> {
  if (bytes.length > inputLimit) return { issues: [issue("too-large", "", `${inputLimit} bytes at most`)], resources: 1 };
  const read = parseBytes(bytes);
  if ("reason" in read) return { issues: [read], resources: 1 };
  const { value } = read.parsed;
  if (!isResource(value)) return { issues: [issue("not-a-resource", "")], resources: 1 };
  const bundle = value.resourceType === "Bundle" ? (value as Bundle) : null;
  if (bundle !== null && Array.isArray(bundle.entry) && bundle.entry.length > entryLimit)
    return { issues: [issue("too-many-entries", "Bundle.entry", `${entryLimit} at most`)], resources: bundle.entry.length };
  const issues = await validateBase(value);
  if (issues.length === 0) return opened(read, value);
  return { issues, resources: Math.max(1, Array.isArray(bundle?.entry) ? bundle.entry.length : 1) };
}

/** The same of bytes that were checked before; null when they are none. */
export function reopen(bytes: Uint8Array): Opened | null {
  const read = parseBytes(bytes);
  return "reason" in read || !isResource(read.parsed.value) ? null : opened(read, read.parsed.value);
}

function parseBytes(bytes: Uint8Array): { text: string; parsed: ParsedJson } | Issue {
  try {
    const text = textOf(bytes);
    if (text.trim() === "") return issue("empty", "");
    const parsed = parseJson(text);
    withoutHollow(parsed.value);
    return { text, parsed };
  } catch (error) {
    if (!(error instanceof JsonRefused)) throw error;
    return issue(error.fault, "", `character ${error.at}`);
  }
}

function opened({ text, parsed }: { text: string; parsed: ParsedJson }, value: Resource): Opened {
  const bundle = value.resourceType === "Bundle" ? value : null;
  const entries =
    bundle === null
      ? [{ fullUrl: "", resource: value, path: value.resourceType, request: undefined }]
      : (bundle.entry ?? []).flatMap(({ fullUrl = "", resource, request }, i) =>
          resource === undefined ? [] : [{ fullUrl, resource, path: `Bundle.entry[${i}].resource`, request }],
        );
  return { text, parsed, bundle, entries, references: new References(entries) };
}

function isResource(value: unknown): value is Resource {
  return typeof value === "object" && value !== null && typeof (value as { resourceType?: unknown }).resourceType === "string";
}
