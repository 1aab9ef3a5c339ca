import type { WarningCode } from "../../record/record.ts";
import type { Decoded } from "./decode.ts";
import type { Message, Segment } from "./message.ts";
import type { Report } from "./report.ts";
import { clean, component, repetitions, text } from "./values.ts";

/** Bytes; no SS-MIX2 message comes near, and the summary of one file must fit a person's memory budget. */
export const sizeLimit = 8 * 1024 * 1024;

/** Last field that the standard requires of a segment that may end a message: an unended one that stops before it was cut. */
const required: Readonly<Record<string, number>> = {
  PV1: 2,
  NK1: 1,
  DB1: 4,
  OBX: 11,
  AL1: 3,
  IN1: 2,
  IAM: 6,
  ORC: 2,
  RXR: 1,
  RXC: 4,
  IPC: 3,
  ZE1: 3,
};

/** Where that field is coded, its three components must be there: "1" may be the beginning of "106824501^…^HOT9". */
const coded = new Set(["AL1", "IAM", "RXC", "ZE1"]);

/**
 * Segments that the standard never lets stand last, because what qualifies them follows: the days after a drug, the suspicion
 * after a disease, the refusal after a dose. ORC is last in PPR-01 only.
 */
const neverLast = new Set(["MSH", "EVN", "PID", "PRB", "ZPR", "RXE", "RXA", "TQ1", "SPM", "OBR"]);

/**
 * True when a file was cut inside a segment: it ends inside a two-byte stretch, holds a block of NUL, or its last segment has no end and is not whole.
 * A cut between segments cannot be told by this; groups left without their drug or result are warned of by their readers.
 */
export function isTruncated(message: Message, decoded: Decoded, type: string): boolean {
  if (decoded.open || message.zeros) return true;
  const last = message.segments.at(-1);
  if (message.ended || last === undefined) return false;
  if (last.text.length <= 3 || message.joined.includes(last.label)) return true;
  if (neverLast.has(last.id) || (last.id === "ORC" && type !== "PPR-01")) return true;
  const least = required[last.id] ?? 0;
  return last.size < least || (last.size === least && coded.has(last.id) && component(last.field(least), 3) === "");
}

/**
 * Whose message it is. Every PID of the file must carry the PID of the path: the first identifier, or one typed PI; leading
 * zeros count. Anything else is another person's record in this person's folder, and is never read.
 */
export function checkPerson(message: Message, report: Report): WarningCode | null {
  const pids = message.segments.filter((one) => one.id === "PID");
  if (pids.length === 0) {
    report.warn("segment-missing", null, 0, "PID");
    return "segment-missing";
  }
  for (const pid of pids) {
    const sent = identifiers(pid);
    if (sent.length > 0 && sent.every((one) => one === report.file.pid)) continue;
    const code = sent.length === 0 ? "field-missing" : "pid-differs";
    report.warn(code, pid, 3, pid.field(3));
    return code;
  }
  return null;
}

/** Identifiers typed PI; without any, the first. */
function identifiers(pid: Segment): readonly string[] {
  const sent = repetitions(pid.field(3)).map((one) => ({ id: clean(component(one, 1)).trim(), type: text(one, 5) }));
  const typed = sent.filter((one) => one.type === "PI" && one.id !== "");
  return (typed.length > 0 ? typed : sent.filter((one) => one.id !== "").slice(0, 1)).map((one) => one.id);
}
