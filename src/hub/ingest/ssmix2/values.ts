import type { Coding, Concept, Quantity } from "../../record/record.ts";

/**
 * Readers of HL7 data types over field text. They take one repetition, give cleaned text, and never judge: `""` (the explicit
 * null) and "" (not sent) both give "", since a file states a message whole and is replaced whole.
 */

/** Repetitions of a field; none when it was not sent. */
export function repetitions(field: string): readonly string[] {
  if (field === "") return [];
  return field.includes("~") ? field.split("~") : [field];
}

/** The first repetition. */
export function first(field: string): string {
  const at = field.indexOf("~");
  return at < 0 ? field : field.slice(0, at);
}

/** Component n (1-based) of one repetition, as sent. */
export function component(repetition: string, n: number): string {
  let start = 0;
  for (let i = 1; i < n; i++) {
    const at = repetition.indexOf("^", start);
    if (at < 0) return "";
    start = at + 1;
  }
  const end = repetition.indexOf("^", start);
  return end < 0 ? repetition.slice(start) : repetition.slice(start, end);
}

/** Component n of the first repetition, unescaped and trimmed. */
export function text(field: string, n = 1): string {
  return clean(component(first(field), n)).trim();
}

/** Leaf text: explicit null is empty, escapes are undone, spaces stay. */
export function clean(leaf: string): string {
  if (leaf === '""') return "";
  return leaf.includes("\\") ? unescaped(leaf) : leaf;
}

const escapes: Readonly<Record<string, string>> = { F: "|", S: "^", T: "&", R: "~", E: "\\", H: "", N: "" };
const escapePattern = /\\([^\\]*)\\/g;

/** HL7 escape sequences; what is none stays as sent (see `hasStrayEscape`). */
function unescaped(leaf: string): string {
  return leaf.replace(escapePattern, (whole: string, body: string) => readEscape(body) ?? whole);
}

/** True when a backslash is left that belongs to no known sequence. */
export function hasStrayEscape(field: string): boolean {
  for (let at = field.indexOf("\\"); at >= 0; ) {
    const end = field.indexOf("\\", at + 1);
    if (end < 0 || readEscape(field.slice(at + 1, end)) === null) return true;
    at = field.indexOf("\\", end + 1);
  }
  return false;
}

function readEscape(body: string): string | null {
  if (body === "") return null;
  const plain = escapes[body];
  if (plain !== undefined) return plain;
  if (body === ".br" || body.startsWith(".sp")) return "\n";
  if (body[0] === "X" && /^X(?:[0-9A-Fa-f]{2})+$/.test(body))
    return new TextDecoder("iso-2022-jp").decode(Buffer.from(body.slice(1), "hex"));
  return null;
}

/** A coded value: code^text^system and the alternate triplet; null when nothing was sent. `separator` "&" for one inside a component. */
export function concept(repetition: string, separator: "^" | "&" = "^"): Concept | null {
  if (repetition === "" || repetition === '""') return null;
  const parts = repetition.split(separator);
  const code = partOf(parts, 0);
  const name = partOf(parts, 1);
  const codings: Coding[] = [];
  let label = name;
  if (parts.length > 3) {
    const otherCode = partOf(parts, 3);
    const otherName = partOf(parts, 4);
    label ||= otherName || partOf(parts, 8);
    if (code !== "") codings.push({ code, text: name, system: partOf(parts, 2) });
    if (otherCode !== "" || (otherName !== "" && otherName !== label))
      codings.push({ code: otherCode, text: otherName, system: partOf(parts, 5) });
    label ||= code || otherCode;
  } else {
    if (code !== "") codings.push({ code, text: name, system: partOf(parts, 2) });
    label ||= code;
  }
  return label === "" ? null : { text: label, codings };
}

const partOf = (parts: readonly string[], i: number): string => clean(parts[i] ?? "").trim();

/** All repetitions of a coded field. */
export function concepts(field: string): readonly Concept[] {
  return repetitions(field).flatMap((one) => concept(one) ?? []);
}

/** The concept again with further codings; a coding already there is not doubled. */
export function withCodings(base: Concept, more: readonly Concept[]): Concept {
  const codings = [...base.codings];
  for (const coding of more.flatMap((one) => one.codings)) {
    if (!codings.some((known) => known.code === coding.code && known.system === coding.system)) codings.push(coding);
  }
  return codings.length === base.codings.length ? base : { text: base.text, codings };
}

/** What a person reads of a coded field: the text, else the code. */
export function label(field: string): string {
  return text(field, 2) || text(field, 1);
}

/** An amount and its unit field (code^text^system); null when no amount was sent. */
export function quantity(amount: string, unitField: string): Quantity | null {
  const value = text(amount);
  return value === "" ? null : { value, unit: label(unitField) };
}

/** CQ: amount^code&text&system in one field. */
export function compositeQuantity(field: string): Quantity | null {
  const value = text(field);
  if (value === "") return null;
  return { value, unit: concept(component(first(field), 2), "&")?.text ?? "" };
}

/** XPN or XCN: family and given name as a person reads them; `from` is the component of the family name (1 in XPN, 2 in XCN). */
export function personName(field: string, from: 1 | 2): string {
  const family = clean(component(first(field), from).split("&")[0] ?? "").trim();
  const given = text(field, from + 1);
  if (family !== "" && given !== "") return `${family} ${given}`;
  return family || given || (from === 2 ? text(field, 1) : "");
}
