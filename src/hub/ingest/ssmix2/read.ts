import type { FileIdentity, SourceRecord, Warning, WarningCode } from "../../record/record.ts";
import { readAllergies } from "./allergy.ts";
import { warnCharset, warnFraming } from "./charset.ts";
import { decode } from "./decode.ts";
import { isExtended, isMessage, readContent } from "./extended/content.ts";
import type { Whole } from "./extended/media.ts";
import { contentKind, type Kind, kinds } from "./kinds.ts";
import { type Message, parseMessage, type Segment } from "./message.ts";
import { readPatient } from "./patient.ts";
import { checkPerson, cutOf, sizeLimit } from "./refuse.ts";
import { Report } from "./report.ts";
import { text } from "./values.ts";
import { cancelling } from "./visit.ts";

export interface ReadResult {
  readonly disposition: "accepted" | "quarantined";
  /** Why nothing of a quarantined file may be used; null when accepted. The warnings name segment and field. */
  readonly reason: WarningCode | null;
  readonly records: readonly SourceRecord[];
  readonly warnings: readonly Warning[];
  /** What was kept raw because nothing reads it yet, by segment id and by data type. */
  readonly unknown: { readonly segments: Readonly<Record<string, number>>; readonly types: Readonly<Record<string, number>> };
}

/**
 * One valid file of standardized storage → its records and warnings. Pure and synchronous; never throws, whatever the bytes.
 * The folder's type decides how it is read, not MSH-9. A file that may be another person's, or was cut, is quarantined whole;
 * everything else is kept, with a warning where it is odd, and raw where no reader knows it. `whole`: size and hash of a file that is
 * only kept, where its beginning alone is at hand.
 */
export function readFile(bytes: Uint8Array, file: FileIdentity, whole?: Whole): ReadResult {
  const report = new Report(file);
  const reason = readInto(bytes, report, whole);
  if (reason === null) return finish("accepted", null, report);
  if (!report.warnings.some((one) => one.code === reason)) report.warn(reason, null);
  report.records.length = 0;
  return finish("quarantined", reason, report);
}

/** The reading itself; a code means quarantine. */
function readInto(bytes: Uint8Array, report: Report, whole?: Whole): WarningCode | null {
  if (isExtended(report.file.type) && !isMessage(report.file.name, bytes)) return readContent(bytes, report, whole);
  if (bytes.length > sizeLimit) return "too-large";
  const decoded = decode(bytes);
  const message = parseMessage(decoded.text);
  if (message === null) return "not-hl7";
  if (message.tooLong) return "too-large";
  const cut = cutOf(message, decoded, report.file.type);
  if (cut === "yes") return refuseCut(message, report);
  const refused = checkPerson(message, report);
  if (refused !== null) return refused;
  warnCharset(message, decoded, bytes, report);
  warnFraming(message, decoded, report);
  readByType(message, report);
  if (cut === "maybe") warnMaybeCut(message, report);
  keepRest(message, report);
  return null;
}

function refuseCut(message: Message, report: Report): WarningCode {
  const last = message.segments.at(-1) ?? null;
  report.warn("truncated", last, last?.size ?? 0, last?.text.slice(-60) ?? "");
  return "truncated";
}

/** Said of the record that the unended segment belongs to: a usage qualifies the drug, modifiers the disease before it. */
function warnMaybeCut(message: Message, report: Report): void {
  const last = message.segments.at(-1) ?? null;
  const owner = last?.id === "ZPR" ? "PRB" : last?.id === "TQ1" ? "RXE" : last?.id;
  const owned = message.segments.findLast((one) => one.id === owner) ?? last;
  report.warn("truncated", owned, 0, last?.text.slice(-60) ?? "");
}

function readByType(message: Message, report: Report): void {
  const kind = kindFor(message, report);
  const msh = message.segments[0] ?? null;
  const pid = message.segments.find((one) => one.id === "PID") ?? null;
  const pv1 = message.segments.find((one) => one.id === "PV1") ?? null;
  const sent = msh?.field(9) ?? "";
  // A delete message in a valid ADT-00 takes the person back: nothing of it may stand as fact.
  const takenBack = report.file.type === "ADT-00" && cancelling.has(text(sent, 2));
  if (takenBack || (kind && !kind.family.test(sent))) report.warn("message-type-differs", msh, 9, sent);
  if (takenBack) return;
  kind?.read(message, pv1, report);
  if (kind) readAllergies(message, report);
  if (pid !== null) readPatient(message, pid, report);
}

/** By the folder; in the extended storage, whose folders name no message, by what the message says it is. */
function kindFor(message: Message, { file }: Report): Kind | undefined {
  return isExtended(file.type) ? contentKind(message.segments[0]?.field(9) ?? "") : kinds[file.type];
}

/** Segments of the standard: those that no reader took are kept raw; others are unknown, and said too. */
const standard = new Set(
  "MSH EVN PID NK1 PV1 PV2 DB1 OBX AL1 IN1 IAM PRB ZPR ZPD ZI1 ORC TQ1 ODS ODT RXE RXR RXA RXC NTE CTI SPM OBR IPC ZE1 ZE2 DSC".split(" "),
);

function keepRest(message: Message, report: Report): void {
  const { type } = report.file;
  const read = kindFor(message, report) !== undefined;
  if (!read) report.warn("type-unknown", null, 0, type);
  message.segments.forEach((segment, at) => {
    if (segment.taken) return;
    if (!standard.has(segment.id) || (segment.id === "MSH" && at > 0)) {
      report.warn("segment-unknown", segment, 0, segment.text);
      report.segments.set(segment.id, (report.segments.get(segment.id) ?? 0) + 1);
    } else if (read && isFrame(segment)) return;
    report.keepRaw(segment);
  });
}

/** Header and encounter of a message whose readers took what they state; of types without a reader these are kept raw as well. */
function isFrame(segment: Segment): boolean {
  return segment.id === "MSH" || segment.id === "EVN" || segment.id === "PV1";
}

function finish(disposition: ReadResult["disposition"], reason: WarningCode | null, report: Report): ReadResult {
  report.closeWarnings();
  const { type } = report.file;
  const types = disposition === "accepted" && kinds[type] === undefined && !isExtended(type) ? { [type]: 1 } : {};
  return {
    disposition,
    reason,
    records: report.records,
    warnings: report.warnings,
    unknown: { segments: Object.fromEntries(report.segments), types },
  };
}
