import { deflateRawSync } from "node:zlib";
import Encoding from "encoding-japanese";

/** A writer of small Part 10 files. All people are made up. */

export type Value = string | Uint8Array | readonly Dataset[];
/** Elements by tag (GGGGEEEE), with their VR: `{ "00100010 PN": "Toudai^Tarou" }`. Bytes go as they are; strings as UTF-8. */
export type Dataset = Readonly<Record<string, Value>>;

const long = new Set(["OB", "OW", "SQ", "UN", "UT"]);

export const syntaxes = {
  explicit: "1.2.840.10008.1.2.1",
  implicit: "1.2.840.10008.1.2",
  big: "1.2.840.10008.1.2.2",
  deflated: "1.2.840.10008.1.2.1.99",
} as const;
export type Syntax = keyof typeof syntaxes;

export function part10(set: Dataset, syntax: Syntax = "explicit", sopClass = "1.2.840.10008.5.1.4.1.1.7"): Uint8Array<ArrayBuffer> {
  const meta = encode(
    {
      "00020001 OB": Uint8Array.of(0, 1),
      "00020002 UI": sopClass,
      "00020003 UI": typeof set["00080018 UI"] === "string" ? set["00080018 UI"] : "2.25.1",
      "00020010 UI": syntaxes[syntax],
      "00020012 UI": "2.25.99",
    },
    "explicit",
  );
  const length = encode({ "00020000 UL": Uint8Array.from([meta.length & 255, meta.length >> 8, 0, 0]) }, "explicit");
  const body = encode(set, syntax);
  return new Uint8Array(
    Buffer.concat([new Uint8Array(128), Buffer.from("DICM"), length, meta, syntax === "deflated" ? deflateRawSync(body) : body]),
  );
}

export function encode(set: Dataset, syntax: Syntax): Buffer {
  const elements = Object.entries(set).sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.concat(elements.map(([name, value]) => element(name.slice(0, 8), name.slice(9), value, syntax)));
}

function element(tag: string, vr: string, value: Value, syntax: Syntax): Buffer {
  const big = syntax === "big";
  const bytes = even(bytesOf(value, syntax), vr);
  const head = Buffer.alloc(4);
  const number = (at: number, n: number) => (big ? head.writeUInt16BE(n, at) : head.writeUInt16LE(n, at));
  number(0, Number.parseInt(tag.slice(0, 4), 16));
  number(2, Number.parseInt(tag.slice(4), 16));
  const size = Buffer.alloc(syntax === "implicit" || long.has(vr) ? 4 : 2);
  if (size.length === 2) size[big ? "writeUInt16BE" : "writeUInt16LE"](bytes.length);
  else size[big ? "writeUInt32BE" : "writeUInt32LE"](bytes.length);
  const type = syntax === "implicit" ? [] : [Buffer.from(vr), ...(long.has(vr) ? [Buffer.alloc(2)] : [])];
  return Buffer.concat([head, ...type, size, bytes]);
}

function bytesOf(value: Value, syntax: Syntax): Uint8Array {
  if (typeof value === "string") return Buffer.from(value);
  if (value instanceof Uint8Array) return value;
  return Buffer.concat(
    value.map((item) => {
      const body = encode(item, syntax);
      const head = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
      head.writeUInt32LE(body.length, 4);
      return Buffer.concat([head, body]);
    }),
  );
}

function even(bytes: Uint8Array, vr: string): Uint8Array {
  if (bytes.length % 2 === 0) return bytes;
  return Buffer.concat([bytes, Uint8Array.of(vr === "UI" || vr === "OB" ? 0 : 0x20)]);
}

export interface Sample {
  readonly pid?: string;
  readonly name?: string | Uint8Array;
  readonly charset?: string;
  readonly study?: string;
  readonly series?: string;
  readonly instance?: string;
  readonly modality?: string;
  readonly accession?: string;
  readonly sopClass?: string;
  readonly birth?: string;
  readonly sex?: string;
  readonly date?: string;
  readonly description?: string | Uint8Array;
}

/** The data set of one small picture. */
export function picture(sample: Sample = {}): Dataset {
  const sopClass = sample.sopClass ?? "1.2.840.10008.5.1.4.1.1.7";
  return {
    "00080005 CS": sample.charset ?? "ISO_IR 192",
    "00080016 UI": sopClass,
    "00080018 UI": sample.instance ?? "2.25.1001",
    "00080020 DA": sample.date ?? "20250102",
    "00080030 TM": "091500.000",
    "00080050 SH": sample.accession ?? "A0001",
    "00080060 CS": sample.modality ?? "CT",
    "00081030 LO": sample.description ?? "胸部CT",
    "00081040 LO": "RAD",
    "0008103E LO": "plain",
    "00100010 PN": sample.name ?? "Toudai^Tarou=灯台^太郎=とうだい^たろう",
    "00100020 LO": sample.pid ?? "0000000001",
    "00100030 DA": sample.birth ?? "19500102",
    "00100040 CS": sample.sex ?? "M",
    "00180015 CS": "CHEST",
    "0020000D UI": sample.study ?? "2.25.10",
    "0020000E UI": sample.series ?? "2.25.100",
    "00200011 IS": "1",
    "00280002 US": Uint8Array.of(1, 0),
    "00280004 CS": "MONOCHROME2",
    "00280010 US": Uint8Array.of(2, 0),
    "00280011 US": Uint8Array.of(2, 0),
    "00280100 US": Uint8Array.of(8, 0),
    "00280101 US": Uint8Array.of(8, 0),
    "00280102 US": Uint8Array.of(7, 0),
    "00280103 US": Uint8Array.of(0, 0),
    "7FE00010 OW": Uint8Array.of(0, 85, 170, 255),
  };
}

/** A DICOMDIR that names these files. */
export function dicomdir(paths: readonly string[]): Uint8Array<ArrayBuffer> {
  const records = paths.map((path): Dataset => ({ "00041430 CS": "IMAGE", "00041500 CS": path.replaceAll("/", "\\") }));
  return part10(
    { "00041130 CS": "SYNTHETIC", "00041220 SQ": [{ "00041430 CS": "PATIENT" }, ...records] },
    "explicit",
    "1.2.840.10008.1.3.10",
  );
}

/** Text in Shift_JIS or ISO-2022-JP, as devices send it. */
export function japanese(text: string, to: "SJIS" | "JIS" | "EUCJP"): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Encoding.convert(Encoding.stringToCode(text), { from: "UNICODE", to }));
}
