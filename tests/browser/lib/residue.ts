/** Searches a folder (a browser profile, the hub's packs) for words that must not lie there in the clear, in every form we can think of. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, inflateRawSync } from "node:zlib";
import { logRecords, tableBlocks } from "./leveldb.ts";

export interface Residue {
  file: string;
  needle: string;
  form: string;
}

export interface ResidueReport {
  found: Residue[];
  files: number;
  bytes: number;
  tables: number;
  /** Table blocks that could not be decompressed: a search that could not look is no proof. */
  unread: number;
}

/** UTF-8, UTF-16 (both orders), JSON-escaped (both cases) and base64 at its three alignments, standard and URL alphabet. */
export function formsOf(needle: string): { form: string; bytes: Buffer }[] {
  const utf8 = Buffer.from(needle, "utf8");
  const utf16 = Buffer.from(needle, "utf16le");
  const forms = [
    { form: "utf-8", bytes: utf8 },
    { form: "utf-16le", bytes: utf16 },
    { form: "utf-16be", bytes: Buffer.from(utf16).swap16() },
  ];
  const escaped = [...needle]
    .map((letter) => (letter.charCodeAt(0) < 128 ? letter : `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`))
    .join("");
  if (escaped !== needle)
    forms.push(
      { form: "json-escaped", bytes: Buffer.from(escaped) },
      { form: "json-escaped upper", bytes: Buffer.from(escaped.replace(/[a-f0-9]{4}/g, (hex) => hex.toUpperCase())) },
    );
  for (const [name, body] of [
    ["utf-8", utf8],
    ["utf-16le", utf16],
  ] as const) {
    for (let shift = 0; shift < 3; shift++) {
      const whole = Buffer.concat([Buffer.alloc(shift), body]).toString("base64");
      const from = shift === 0 ? 0 : shift + 1;
      const to = Math.floor(((shift + body.length) * 8) / 6);
      const middle = whole.slice(from, to);
      if (middle.length < 6) continue;
      forms.push({ form: `base64 of ${name} +${shift}`, bytes: Buffer.from(middle) });
      const url = middle.replaceAll("+", "-").replaceAll("/", "_");
      if (url !== middle) forms.push({ form: `base64url of ${name} +${shift}`, bytes: Buffer.from(url) });
    }
  }
  return forms;
}

/** Searches every file below the folder, raw and with LevelDB tables, logs and deflated whole files opened. */
export function searchResidue(folder: string, needles: readonly string[]): ResidueReport {
  const report: ResidueReport = { found: [], files: 0, bytes: 0, tables: 0, unread: 0 };
  const patterns = needles.flatMap((needle) => formsOf(needle).map((form) => ({ needle, ...form })));
  for (const path of filesBelow(folder)) {
    const raw = readFileSync(path);
    report.files += 1;
    report.bytes += raw.length;
    const views: Uint8Array[] = [raw];
    const table = tableBlocks(raw);
    if (table !== null) {
      report.tables += 1;
      report.unread += table.unread;
      views.push(...table.blocks);
    }
    if (path.endsWith(".log")) views.push(logRecords(raw));
    const inflated = inflated0(raw);
    if (inflated !== null) views.push(inflated);
    for (const view of views) {
      const bytes = Buffer.from(view.buffer, view.byteOffset, view.byteLength);
      for (const { needle, form, bytes: pattern } of patterns)
        if (bytes.includes(pattern)) report.found.push({ file: path.slice(folder.length + 1), needle, form });
    }
  }
  return report;
}

function inflated0(raw: Buffer): Buffer | null {
  for (const open of [gunzipSync, inflateRawSync]) {
    try {
      return open(raw, { maxOutputLength: 64 * 1024 * 1024 });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
  }
  return null;
}

function filesBelow(folder: string): string[] {
  const out: string[] = [];
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory()) out.push(...filesBelow(path));
    else if (stat?.isFile()) out.push(path);
  }
  return out;
}
