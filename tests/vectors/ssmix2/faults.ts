import type { WarningCode } from "../../../src/hub/record/record.ts";
import { bytesOf, inCharset, joined, pidSegment } from "./build.ts";
import { messages, type ReadType } from "./messages.ts";

export interface Fault {
  readonly name: string;
  readonly type: ReadType;
  readonly bytes: Uint8Array;
  readonly reason: WarningCode;
}

const omp = messages["OMP-01"];
const whole = bytesOf(omp, "");
const replaced = (type: ReadType, from: string, to: string) => bytesOf(messages[type].map((line) => line.replace(from, to)));

/** Files that must be quarantined, named by their fault. */
export const faults: readonly Fault[] = [
  { name: "empty file", type: "OMP-01", bytes: new Uint8Array(0), reason: "not-hl7" },
  { name: "only framing", type: "OMP-01", bytes: joined("\r\n\u000b\u001c"), reason: "not-hl7" },
  { name: "an XML document", type: "OMP-01", bytes: bytesOf(['<?xml version="1.0"?>', "<ClinicalDocument/>"]), reason: "not-hl7" },
  { name: "random bytes", type: "OMP-01", bytes: Uint8Array.from({ length: 400 }, (_, i) => (i * 167 + 13) & 255), reason: "not-hl7" },
  { name: "other delimiters declared", type: "OMP-01", bytes: replaced("OMP-01", "MSH|^~\\&|", "MSH|$~\\&|"), reason: "not-hl7" },
  { name: "batch header before the message", type: "OMP-01", bytes: bytesOf(["FHS|^~\\&|HIS", ...omp]), reason: "not-hl7" },
  { name: "more than 8 MiB", type: "OMP-01", bytes: new Uint8Array(8 * 1024 * 1024 + 1).fill(0x41), reason: "too-large" },
  { name: "cut inside a two-byte letter run", type: "OMP-01", bytes: whole.slice(0, lastEscape(whole) - 1), reason: "truncated" },
  { name: "cut inside a segment name", type: "OMP-01", bytes: bytesOf([...omp, "RX"], ""), reason: "truncated" },
  { name: "cut before the dose", type: "OMP-01", bytes: bytesOf([...omp, "RXE||108665201^abc"], ""), reason: "truncated" },
  {
    name: "cut before the result status",
    type: "OML-11",
    bytes: bytesOf([...messages["OML-11"], "OBX|2|NM|2B100^Fib^JC10||2"], ""),
    reason: "truncated",
  },
  {
    name: "a tail of zeros, as a power cut leaves it",
    type: "OMP-01",
    bytes: joined(...omp.map((line) => `${line}\r`), "RXE||108665201^abc", Array(64).fill(0)),
    reason: "truncated",
  },
  {
    name: "a block of zeros inside",
    type: "ADT-12",
    bytes: joined(...messages["ADT-12"].slice(0, 2).map((line) => `${line}\r`), Array(64).fill(0), `${pidSegment}\r`),
    reason: "truncated",
  },
  { name: "more than 10,000 segments", type: "OMP-01", bytes: bytesOf([...omp, ...Array(10_001).fill("NTE|1||x")]), reason: "too-large" },
  { name: "no PID segment", type: "OMP-01", bytes: bytesOf(omp.filter((line) => !line.startsWith("PID"))), reason: "segment-missing" },
  { name: "PID-3 empty", type: "OMP-01", bytes: replaced("OMP-01", "0000012345^^^^PI", ""), reason: "field-missing" },
  {
    name: "PID-3 of another person",
    type: "OMP-01",
    bytes: replaced("OMP-01", "0000012345^^^^PI", "0000012346^^^^PI"),
    reason: "pid-differs",
  },
  {
    name: "PID-3 without the leading zeros",
    type: "OMP-01",
    bytes: replaced("OMP-01", "0000012345^^^^PI", "12345^^^^PI"),
    reason: "pid-differs",
  },
  {
    name: "the right number only as another kind",
    type: "OMP-01",
    bytes: replaced("OMP-01", "0000012345^^^^PI", "777^^^^PI~0000012345^^^^NH"),
    reason: "pid-differs",
  },
  {
    name: "a second PID of another person",
    type: "OMP-01",
    bytes: bytesOf([...omp, pidSegment.replace("0000012345", "0000099999")]),
    reason: "pid-differs",
  },
  {
    name: "PID-3 with an undecodable byte",
    type: "ADT-12",
    bytes: withByteIn(bytesOf(messages["ADT-12"]), "0000012345"),
    reason: "pid-differs",
  },
  { name: "UTF-16", type: "ADT-12", bytes: utf16(messages["ADT-12"].join("\r")), reason: "not-hl7" },
  {
    name: "another person's file in Shift_JIS",
    type: "ADT-12",
    bytes: inCharset(messages["ADT-12"].join("\r").replace("0000012345", "1"), "SJIS"),
    reason: "pid-differs",
  },
];

function lastEscape(bytes: Uint8Array): number {
  return bytes.lastIndexOf(0x1b);
}

/** The third letter of the identifier made an 8-bit byte. */
function withByteIn(bytes: Uint8Array, id: string): Uint8Array {
  const at = Buffer.from(bytes).indexOf(id);
  const out = bytes.slice();
  out[at + 2] = 0xfd;
  return out;
}

function utf16(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "utf16le"));
}
