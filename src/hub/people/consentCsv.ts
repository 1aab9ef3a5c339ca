/**
 * The consent file: CSV, one statement a line, UTF-8 (with or without BOM) or Shift_JIS, headed in Japanese or English. Attacker-controlled:
 * every line gets exactly one disposition, and nothing of it is guessed. A field holds no line break. Rules and their tests: README.md.
 */
import { CsvError, parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { TomoshibiError } from "../../shared/error.ts";
import {
  type ConsentEntry,
  type ConsentStatement,
  consentKinds,
  type EntryFault,
  faultOf,
  statementOf,
} from "../../shared/protocol/consent.ts";
import {
  basisWords,
  categoryWords,
  codeFor,
  columnWords,
  everyWords,
  fold,
  kindWords,
  passedOver,
  regionWords,
  valueWords,
} from "./consentWords.ts";

/** What a line says, or why it cannot be taken; "empty" says nothing. */
export type ReadLine =
  | { readonly line: number; readonly statement: ConsentStatement }
  | { readonly line: number; readonly fault: EntryFault }
  | { readonly line: number; readonly fault: "empty" };

export const fileLimits = { bytes: 32 * 1024 * 1024, lines: 200_000 } as const;

type Column = keyof ConsentStatement;
const columns = ["facility", "pid", "kind", "target", "value", "from", "basis", "by", "note"] as const satisfies readonly Column[];
const needed: readonly Column[] = ["facility", "pid", "kind", "value", "from", "basis"];

/**
 * The lines of a consent file below its heading; line numbers count from 1 as an editor does. `by`: who recorded the lines of a file without
 * that column. Throws "consent-file-bad" for what is no such file: reason encoding, size, empty, or header with the column in question.
 */
export function readConsentFile(bytes: Uint8Array, by = ""): readonly ReadLine[] {
  const lines = linesOf(bytes);
  const at = lines.findIndex((line) => line.trim() !== "");
  if (at < 0) throw new TomoshibiError("consent-file-bad", { reason: "empty" });
  const heading = readHeading(cellsOf(lines[at] ?? "") ?? []);
  return lines.slice(at + 1).map((text, i) => readLine(text, at + 2 + i, heading, by));
}

/**
 * Entries as a file that a spreadsheet opens without running anything of it, and that `readConsentFile` reads back: UTF-8 with BOM, words in
 * Japanese; whatever would begin a formula has a ' before it.
 */
export function writeConsentFile(entries: readonly ConsentEntry[], head = true): string {
  const heading = [...columns.map((column) => columnWords[column][0] ?? column), ...passedOver.slice(0, 5)];
  const rows = entries.map((entry) => [
    ...[entry.facility || (regionWords[0] ?? ""), entry.pid, kindWords[entry.kind][0] ?? entry.kind, targetWord(entry)],
    ...[valueWords[entry.value][0] ?? entry.value, entry.from, basisWords[entry.basis][0] ?? entry.basis, entry.by, entry.note],
    ...[String(entry.seq), new Date(entry.at).toISOString(), entry.entered, entry.batch, entry.undoes],
  ]);
  const text = stringify(head ? [heading, ...rows] : rows, {
    record_delimiter: "windows",
    cast: { string: (value) => ({ value: guarded(value), escape_formulas: false }) },
  });
  return head ? `\ufeff${text}` : text;
}

/** Of either width, and behind spaces: a spreadsheet looks past them. */
const formula = /^['’\s]*[=+\-@＝＋－＠|%\t\r]/u;

function guarded(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

function unguarded(text: string): string {
  return text.startsWith("'") && formula.test(text.slice(1)) ? text.slice(1) : text;
}

function targetWord({ kind, target }: ConsentEntry): string {
  return kind === "category" ? (Object.entries(categoryWords).find(([id]) => id === target)?.[1][0] ?? target) : target;
}

/** Physical lines; the last line break ends the last line. */
function linesOf(bytes: Uint8Array): readonly string[] {
  if (bytes.length > fileLimits.bytes) throw new TomoshibiError("consent-file-bad", { reason: "size", limit: fileLimits.bytes });
  const lines = decode(bytes).split(/\r\n|\n|\r/);
  if (lines.at(-1) === "") lines.pop();
  if (lines.length > fileLimits.lines) throw new TomoshibiError("consent-file-bad", { reason: "size", limit: fileLimits.lines });
  return lines;
}

/** UTF-8, else Shift_JIS as Windows writes it; both strictly. What neither reads would come to wrong words, so it is refused. */
function decode(bytes: Uint8Array): string {
  for (const encoding of ["utf-8", "shift_jis"]) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!text.includes("\0")) return text;
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause;
    }
  }
  throw new TomoshibiError("consent-file-bad", { reason: "encoding" });
}

/** null: its quotes do not fit. */
function cellsOf(line: string): readonly string[] | null {
  if (line === "") return [];
  try {
    const rows: string[][] = parse(line, { relax_column_count: true });
    return rows.length === 1 ? (rows[0] ?? null) : null;
  } catch (cause) {
    if (cause instanceof CsvError) return null;
    throw cause;
  }
}

interface Heading {
  readonly width: number;
  readonly at: ReadonlyMap<Column, number>;
}

function readHeading(cells: readonly string[]): Heading {
  const at = new Map<Column, number>();
  cells.forEach((cell, i) => {
    const column = codeFor(columnWords, cell);
    if (column === null && passedOver.some((other) => fold(other) === fold(cell))) return;
    if (column === null || at.has(column)) throw new TomoshibiError("consent-file-bad", { reason: "header", column: i + 1 });
    at.set(column, i);
  });
  for (const column of needed) if (!at.has(column)) throw new TomoshibiError("consent-file-bad", { reason: "header", missing: column });
  return { width: cells.length, at };
}

function readLine(text: string, line: number, { width, at }: Heading, by: string): ReadLine {
  const cells = cellsOf(text);
  if (cells === null) return { line, fault: "quotes" };
  if (cells.every((cell) => cell.trim() === "")) return { line, fault: "empty" };
  if (cells.length !== width) return { line, fault: "columns" };
  const cell = (column: Column) => unguarded((cells[at.get(column) ?? -1] ?? "").trim());
  const kind = codeFor(kindWords, cell("kind")) ?? "";
  const said = {
    facility: cell("facility").normalize("NFKC"),
    pid: cell("pid").normalize("NFKC"),
    kind,
    target: readTarget(kind, cell("target")),
    value: codeFor(valueWords, cell("value")) ?? "",
    from: readDay(cell("from")),
    basis: codeFor(basisWords, cell("basis")) ?? "",
    by: cell("by") || by,
    note: cell("note"),
  };
  // A rule for everybody must be named so: empty cells are a mistake, not a rule.
  const of = regionWords.some((word) => fold(word) === fold(said.facility)) ? "region" : "patient";
  const whole = of === "region" ? { ...said, facility: "" } : said;
  const fault = faultOf(whole, of);
  return fault === null ? { line, statement: statementOf(whole, of) } : { line, fault };
}

function readTarget(kind: string, written: string): string {
  if (kind === "category") return codeFor(categoryWords, written) ?? written;
  if (kind === consentKinds[2] && everyWords.some((word) => fold(word) === fold(written))) return "*";
  return written.normalize("NFKC");
}

/** 2026-11-01, 2026/11/1, 20261101; nothing that could be read in two ways. */
function readDay(written: string): string {
  const plain = written.normalize("NFKC").trim();
  const found = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(plain) ?? /^(\d{4})()(\d{2})(\d{2})$/.exec(plain);
  return found === null ? plain : `${found[1]}-${found[3]?.padStart(2, "0")}-${found[4]?.padStart(2, "0")}`;
}
