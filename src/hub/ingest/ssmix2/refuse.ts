import type { WarningCode } from "../../record/record.ts";
import type { Decoded } from "./decode.ts";
import type { Message, Segment } from "./message.ts";
import type { Report } from "./report.ts";
import { clean, component, repetitions, text } from "./values.ts";

/** Bytes; no SS-MIX2 message comes near, and the summary of one file must fit a person's memory budget. */
export const sizeLimit = 8 * 1024 * 1024;

/** Last field that the standard requires of a segment: an unended last segment that stops before it was cut. */
const required: Readonly<Record<string, number>> = {
  MSH: 12,
  EVN: 2,
  PID: 8,
  NK1: 1,
  PV1: 2,
  DB1: 4,
  OBX: 11,
  AL1: 3,
  IN1: 2,
  IAM: 6,
  PRB: 4,
  ZPR: 2,
  ORC: 2,
  TQ1: 1,
  RXE: 5,
  RXR: 1,
  RXC: 4,
  RXA: 7,
  SPM: 4,
  OBR: 4,
  IPC: 3,
  ZE1: 3,
};

/**
 * True when a file was cut inside a segment: it ends inside a two-byte stretch, or its last segment has no end and stops before
 * the last field required of it. A cut between segments cannot be told by this; missing groups are then warned of.
 */
export function isTruncated(message: Message, decoded: Decoded): boolean {
  if (decoded.open) return true;
  const last = message.segments.at(-1);
  if (message.ended || last === undefined) return false;
  return last.text.length <= 3 || last.size < (required[last.id] ?? 0) || message.joined.includes(last.label);
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
