import { type Decoded, decode } from "./decode.ts";
import type { Message } from "./message.ts";
import type { Report } from "./report.ts";
import { hasStrayEscape } from "./values.ts";

/** Declared and used character sets; every field with an undecodable byte is named, with the bytes of its segment. */
export function warnCharset(message: Message, decoded: Decoded, bytes: Uint8Array, report: Report): void {
  const msh = message.segments[0] ?? null;
  if (decoded.charset !== "ascii" && !/IR\s?87/.test(msh?.field(18) ?? ""))
    report.warn("charset-undeclared", msh, 18, msh?.field(18) ?? "");
  if (decoded.charset !== "ascii" && decoded.charset !== "iso-2022-jp") report.warn("charset-fallback", null, 0, decoded.charset);
  if (decoded.clean) return;
  for (const segment of message.segments) {
    if (!segment.text.includes("\uFFFD")) continue;
    for (let n = 1; n <= segment.size; n++)
      if (segment.field(n).includes("\uFFFD")) report.warn("undecodable-byte", segment, n, segment.field(n));
  }
  for (const line of undecodableLines(bytes)) report.records.push({ kind: "raw", date: null, segment: "", text: line });
}

/** So many lines are searched and kept; a file with more is seen by its warnings. */
const lineLimit = 20_000;
const keptLimit = 100;
const lineLength = 65_536;

/** The lines that hold undecodable bytes, bytes outside printing ASCII written \xHH: nothing of what was sent is lost. */
function undecodableLines(bytes: Uint8Array): readonly string[] {
  const lines: string[] = [];
  let start = 0;
  for (let seen = 0; seen < lineLimit && start < bytes.length && lines.length < keptLimit; seen++) {
    let end = start;
    while (end < bytes.length && bytes[end] !== 0x0d && bytes[end] !== 0x0a) end++;
    const line = bytes.subarray(start, end);
    start = end + 1;
    if (line.some((one) => one === 0x1b || one >= 0x80) && !decode(line).clean) lines.push(written(line.subarray(0, lineLength)));
  }
  return lines;
}

function written(line: Uint8Array): string {
  let out = "";
  for (const one of line)
    out += one >= 0x20 && one < 0x7f && one !== 0x5c ? String.fromCharCode(one) : `\\x${one.toString(16).padStart(2, "0")}`;
  return out;
}

/** Line ends inside a field, and backslashes that begin no known escape. */
export function warnFraming(message: Message, decoded: Decoded, report: Report): void {
  const joined = new Set(message.joined);
  for (const segment of joined.size > 0 ? message.segments : []) {
    if (joined.has(segment.label)) report.warn("escape-malformed", segment, 0, segment.text);
  }
  if (!decoded.text.includes("\\", decoded.text.indexOf("MSH") + 9)) return;
  for (const segment of message.segments) {
    if (!segment.text.includes("\\")) continue;
    for (let n = segment.id === "MSH" ? 3 : 1; n <= segment.size; n++) {
      if (segment.field(n).includes("\\") && hasStrayEscape(segment.field(n)))
        report.warn("escape-malformed", segment, n, segment.field(n));
    }
  }
}
