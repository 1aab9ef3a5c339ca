import { type Bytes, fromUtf8, utf8 } from "../bytes.ts";
import { TomoshibiError } from "../error.ts";
import { isOlder, lifted } from "./older.ts";
import { MAX_SOURCES, protectedPart, restPart, stripPart } from "./part-shape.ts";
import { malformed } from "./shape.ts";
import { type Part, SUMMARY_VERSION } from "./summary.ts";

/**
 * Canonical bytes of a part: JSON in UTF-8, keys in the order of part-shape.ts, no white space.
 * The same part gives the same bytes whatever object it came in; a part that parsePart would refuse is refused here too
 * (`summary-malformed`), so that nothing unreadable is ever sealed.
 */
export function encodePart(part: Part): Bytes {
  const ordered = orderPart(part);
  checkPart(ordered);
  return utf8(JSON.stringify(ordered));
}

/**
 * A part from bytes that may be hostile. Every field is checked; an unknown, missing or repeated key, another key order,
 * white space, a wrong type or word, a source that does not exist → `summary-malformed`; another version → `summary-version-unknown`.
 * A part of version 2, which a device may still hold when its program is renewed, is read as one of today (older.ts).
 */
export function parsePart(bytes: Uint8Array): Part {
  const { text, value } = readJson(bytes);
  const part = checkPart(isOlder(value) ? lifted(value) : value);
  // Whatever JSON writes in two ways (repeated keys, escapes, -0, 1e0) fails here.
  if (JSON.stringify(value) !== text) malformed("canonical");
  return part;
}

function readJson(bytes: Uint8Array): { text: string; value: unknown } {
  try {
    const text = fromUtf8(bytes);
    return { text, value: JSON.parse(text) };
  } catch (cause) {
    throw new TomoshibiError("summary-malformed", { field: "json" }, { cause });
  }
}

function orderPart(part: Part): unknown {
  switch (part.part) {
    case "strip":
      return stripPart.order(part);
    case "rest":
      return restPart.order(part);
    case "protected":
      return protectedPart.order(part);
  }
}

function checkPart(value: unknown): Part {
  const held = fieldsOf(value);
  if (typeof held.version === "number" && Number.isInteger(held.version) && held.version !== SUMMARY_VERSION)
    throw new TomoshibiError("summary-version-unknown", { version: held.version });
  switch (held.part) {
    case "strip":
      stripPart.check(value, { sources: lengthOf(held.sources) }, "strip");
      break;
    case "rest":
      restPart.check(value, { sources: lengthOf(fieldsOf(held.summary).sources) }, "rest");
      break;
    case "protected":
      protectedPart.check(value, { sources: MAX_SOURCES }, "protected");
      break;
    default:
      malformed("part");
  }
  return value as Part;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) malformed("part");
  return value as Readonly<Record<string, unknown>>;
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}
