import type { WarningCode } from "../../record/record.ts";
import { parseDate } from "./date.ts";
import type { Decoded } from "./decode.ts";
import type { Message, Segment } from "./message.ts";
import type { Report } from "./report.ts";
import { clean, component, hasStrayEscape, repetitions, text } from "./values.ts";

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
  ODS: 3,
  ODT: 2,
};

/** Where that field is coded, its three components must be there: "1" may be the beginning of "106824501^…^HOT9". */
const coded = new Set(["AL1", "IAM", "RXC", "ZE1", "ODS"]);

/**
 * Segments that the standard never lets stand last, because what qualifies them follows: the days after a drug, the result after
 * a specimen. ORC is last in PPR-01 only.
 */
const neverLast = new Set(["MSH", "EVN", "PID", "RXE", "SPM", "OBR"]);

/** `maybe`: the last segment has no end and looks whole, but what would have followed may qualify it. */
export type Cut = "no" | "maybe" | "yes";

/**
 * Whether a file was cut inside a segment: it ends inside a two-byte stretch, holds a block of NUL, or its last segment has no end and is not whole.
 * Some hospitals never write the final end: a disease, a dose given or a usage that looks whole is kept then, and said to be `maybe` cut.
 * A cut between segments cannot be told by this; groups left without their drug or result are warned of by their readers.
 */
export function cutOf(message: Message, decoded: Decoded, type: string): Cut {
  if (decoded.open || message.zeros) return "yes";
  const last = message.segments.at(-1);
  if (message.ended || last === undefined) return "no";
  if (last.text.length <= 3 || message.joined.includes(last.label)) return "yes";
  const qualified = qualifiedLater[last.id];
  if (qualified !== undefined) return qualified(last, type) && endsWhole(last) ? "maybe" : "yes";
  return isShort(last, type) ? "yes" : "no";
}

/** Segments that qualify what was said before, or are qualified by later fields: what must be there for them to look whole. */
const qualifiedLater: Readonly<Record<string, (last: Segment, type: string) => boolean>> = {
  // The end of the disease (9) must be past; the disease itself has its three components.
  PRB: (last) => last.size >= 10 && isCode(last.field(3)),
  // The suffix may be "suspected": its field must be reached.
  ZPR: (last) => last.size >= 3 && isCode(last.field(2)),
  // Refused or not given stands in the 20th field.
  RXA: (last) => /^(?:CP|PA|RE|NA)$/.test(last.field(20)) || last.size > 20,
  // The planned time must be reached; what is planned for the beds' sake may lack it.
  PV2: (last, type) => last.size >= (type === "ADT-51" ? 9 : type === "ADT-21" || type === "ADT-41" ? 8 : 1),
  // What an examination order asks for stands last in its message.
  OBR: (last, type) => /^OMG-0/.test(type) && isCode(last.field(4)),
  // Days with their unit; the drugs of an injection would follow.
  TQ1: (last, type) => !/-[01]2$/.test(type) && (last.size > 6 || /^\d+\^[a-z]+$/.test(last.field(6))),
};

/** Coding systems that are known by their whole name, so that a name cut short is seen. */
const systems =
  /^(?:HOT(?:7|9|13)?|YJ|MYAK|JC10|I10|MDCDX2|MR9P|JAMISDP01|HL7\d{4}|ISO\+|JHS[DIP]\d{4}|JSHR(?:00\d)?|JJ1017|LENDO|MML028|J-FAGY|L|99\w+)$/;

const isCode = (field: string): boolean => systems.test(text(field, 3)) || systems.test(text(field, 6));

/** The last field ends as a field can end: a code with its system, a whole day or time, no half escape. */
function endsWhole(last: Segment): boolean {
  const field = last.field(last.size);
  if (hasStrayEscape(field)) return false;
  if (/[\^&]/.test(field)) return isCode(field) || /^\d+\^[a-z]+$/.test(field);
  if (/^\d+$/.test(field)) return [8, 10, 12, 14].includes(field.length) && parseDate(field).sound;
  return true;
}

function isShort(last: Segment, type: string): boolean {
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
