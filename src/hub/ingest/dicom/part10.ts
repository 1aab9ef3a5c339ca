import { constants, inflateRawSync } from "node:zlib";
import dicomParser, { type DataSet } from "dicom-parser";
import type { WarningCode } from "../../record/record.ts";
import { decodeText } from "./charset.ts";
import {
  factsOf,
  type Header,
  type InstanceFacts,
  isRefused,
  type NameGroups,
  type Noted,
  type Refused,
  splitName,
  written,
} from "./facts.ts";

/** Reads `length` bytes from `from`, fewer at the end of the file. */
export type ReadAt = (from: number, length: number) => Uint8Array;

/** A header is looked for in so many bytes first, in more when it goes on, and never beyond the last. */
const windows = [256 << 10, 4 << 20, 32 << 20];

/** Deflated data can grow a thousandfold: so much of it is opened, and never more than that comes out. */
const deflatedInput = 64 << 10;
const inflatedMost = 72 << 20;

/** All that is read of an instance lies up to this group; what follows may be cut without harm. */
const lastGroup = "x0020ffff";
const pixelData = "x7fe00010";

/**
 * The header of one Part 10 file (any transfer syntax, deflated too); pixel data are never read. `size`: of the whole file.
 * Refused as `not-dicom`, `truncated` (cut inside the header), `too-large` (a header over 32 MB), `field-missing`, `number-malformed`.
 * Never throws on what a file holds; errors of `readAt` pass.
 */
export function readInstance(readAt: ReadAt, size: number): InstanceFacts | Refused {
  const read = readDataSet(readAt, size, true);
  if ("reason" in read) return read;
  const facts = factsOf(headerOf(read.dataSet));
  if (isRefused(facts) || !isCut(read, size)) return facts;
  return { ...facts, warnings: [...facts.warnings, { code: "truncated", tag: "", seen: "" }] };
}

export interface DataSetRead {
  readonly dataSet: DataSet;
  /** The file ends before its elements do. */
  readonly cut: boolean;
}

/**
 * A whole data set without pixel data (a DICOMDIR), or the part of it that tells who and what (`header`).
 * Refusals as above.
 */
export function readDataSet(readAt: ReadAt, size: number, header: boolean): DataSetRead | Refused {
  const magic = readAt(0, 132);
  if (magic.length < 132 || Buffer.from(magic.subarray(128)).toString("latin1") !== "DICM") return refused("not-dicom");
  for (const window of windows) {
    const bytes = readAt(0, Math.min(window, size));
    const parsed = parse(bytes);
    if (parsed === null) {
      if (bytes.length >= size) return refused("not-dicom");
      continue;
    }
    const whole = parsed.ended && (bytes.length >= size || parsed.dataSet.elements[pixelData] !== undefined);
    if (whole || (header && Object.keys(parsed.dataSet.elements).some((tag) => tag > lastGroup)))
      return { dataSet: parsed.dataSet, cut: !parsed.ended && bytes.length >= size };
    if (bytes.length >= size) return refused("truncated");
  }
  return refused("too-large");
}

function refused(reason: WarningCode): Refused {
  return { reason, tag: "" };
}

/** Null: not even the meta information can be read. `ended` false: the library stopped before the end, `dataSet` holds what came before. */
function parse(bytes: Uint8Array): { dataSet: DataSet; ended: boolean } | null {
  try {
    return { dataSet: dicomParser.parseDicom(bytes, { untilTag: pixelData, inflater }), ended: true };
  } catch (error) {
    const partial = typeof error === "object" && error !== null && "dataSet" in error ? error.dataSet : null;
    return partial === null ? null : { dataSet: partial as DataSet, ended: false };
  }
}

/** The library wants meta information and inflated data set in one array, offsets as in the file. */
function inflater(bytes: Uint8Array, position: number): Uint8Array {
  const input = bytes.subarray(position, position + deflatedInput);
  const inflated = inflateRawSync(input, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: inflatedMost });
  return Buffer.concat([bytes.subarray(0, position), inflated]);
}

/** Reads elements as bytes and decodes them here: the library knows no character sets. */
function headerOf(dataSet: DataSet): Header {
  const warnings: Noted[] = [];
  const raw = (tag: string): Uint8Array => {
    const element = dataSet.elements[`x${tag.toLowerCase()}`];
    if (element === undefined) return new Uint8Array();
    return new Uint8Array(dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length));
  };
  const charsets = Buffer.from(raw("00080005")).toString("latin1").replaceAll("\0", "").split("\\");
  const value = (tag: string): string => {
    const { text, warning } = decodeText(raw(tag), charsets);
    const first = (text.split("\\")[0] ?? "").replaceAll("\0", "").trim();
    if (warning !== null && !warnings.some((one) => one.tag === written(tag)))
      warnings.push({ code: undeclared(warning, charsets), tag: written(tag), seen: first.slice(0, 60) });
    return first;
  };
  return { warnings, text: value, names: (tag): NameGroups => splitName(value(tag)) };
}

function undeclared(warning: "charset-fallback" | "undecodable-byte", charsets: readonly string[]): WarningCode {
  return warning === "charset-fallback" && charsets.every((term) => term.trim() === "") ? "charset-undeclared" : warning;
}

/** Cut after the header: what it is stands above the cut, so it is kept and said. Encapsulated pixels do not tell their length. */
function isCut({ dataSet, cut }: DataSetRead, size: number): boolean {
  const pixels = dataSet.elements[pixelData];
  const deflated = dataSet.string("x00020010") === "1.2.840.10008.1.2.1.99";
  return cut || (pixels !== undefined && !deflated && pixels.hadUndefinedLength !== true && pixels.dataOffset + pixels.length > size);
}
