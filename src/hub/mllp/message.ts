/** HL7 v2 as these queries need it: segments, fields, repetitions, components, with the standard delimiters only. */

export interface Segment {
  readonly id: string;
  /** As sent. */
  readonly text: string;
  /** Field n as HL7 counts; MSH-1 is the delimiter. "" when not sent. */
  field(n: number): string;
}

export interface Message {
  readonly header: Segment;
  /** First segment of this name, or null. */
  find(id: string): Segment | null;
}

const mostSegments = 200;

/** Null: no message, other delimiters, or more segments than any query has. */
export function parseMessage(text: string): Message | null {
  const lines = text.split(/[\r\n]+/).filter((line) => line !== "");
  const [first = ""] = lines;
  if (!/^MSH\|\^~\\&/.test(first) || lines.length > mostSegments) return null;
  const segments = lines.map(segmentOf);
  return { header: segmentOf(first), find: (id) => segments.find((one) => one.id === id) ?? null };
}

function segmentOf(text: string): Segment {
  const fields = text.split("|");
  const id = fields[0] ?? "";
  const shift = id === "MSH" ? 1 : 0;
  return { id, text, field: (n) => (id === "MSH" && n === 1 ? "|" : (fields[n - shift] ?? "")) };
}

export function repetitions(field: string): readonly string[] {
  return field === "" ? [] : field.split("~");
}

/** Component n (1-based), as sent. */
export function component(repetition: string, n: number): string {
  return repetition.split("^")[n - 1] ?? "";
}

export function subcomponent(text: string, n: number): string {
  return text.split("&")[n - 1] ?? "";
}

const escapes: Readonly<Record<string, string>> = { F: "|", S: "^", T: "&", R: "~", E: "\\" };

/** Leaf text: escapes undone, spaces around it removed; the explicit null is empty. */
export function plain(leaf: string): string {
  if (leaf === '""') return "";
  return leaf.replace(/\\([FSTRE])\\/g, (_, name: string) => escapes[name] ?? "").trim();
}

/** A value as a leaf of an answer: delimiters escaped; what would end a segment or a frame becomes a space. */
export function leaf(value: string): string {
  const names: Readonly<Record<string, string>> = { "|": "F", "^": "S", "&": "T", "~": "R", "\\": "E" };
  return [...value]
    .map((letter) => (names[letter] === undefined ? (letter < " " || letter === "\u007f" ? " " : letter) : `\\${names[letter]}\\`))
    .join("");
}

/** YYYYMMDDHHMMSS in Japan. */
export function stampOf(ms: number): string {
  return new Date(ms + 9 * 3_600_000).toISOString().replace(/\D/g, "").slice(0, 14);
}
