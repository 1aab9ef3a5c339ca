/** The bytes of a code master → its entries and a count of what was refused. Rules and their tests: README.md. */
import { TomoshibiError } from "../../../shared/error.ts";
import type { MasterEntry, MasterKind } from "../../record/master.ts";
import { decode } from "../ssmix2/decode.ts";
import { parseTable } from "./csv.ts";
import { type Columns, columnsOf, HEADING_WITHIN } from "./layouts.ts";

export const refusals = ["code", "name", "target", "unreadable"] as const;
export type Refusal = (typeof refusals)[number];

export interface MasterRead {
  /** One for each code, in order of the codes. */
  readonly entries: readonly MasterEntry[];
  /** Lines of data; read = taken + refused. */
  readonly read: number;
  readonly taken: number;
  /** Why, how many, and the first such line of data, counted from 1. */
  readonly refused: readonly { readonly reason: Refusal; readonly count: number; readonly line: number }[];
  readonly charset: string;
}

/**
 * Reads a master as its publisher gives it out: CSV in UTF-8 or Shift_JIS, columns by heading or by the known order. A line is taken or refused
 * as a whole. Errors: master-malformed with reason "cut", "columns" (what this file is cannot be told) or "nothing-taken".
 */
export function readMaster(bytes: Uint8Array, kind: MasterKind): MasterRead {
  const { text, charset } = decode(bytes);
  const table = parseTable(text.replace(/^\uFEFF/, ""));
  const head = take(table, HEADING_WITHIN);
  const found = columnsOf(kind, head);
  if (found === null) throw new TomoshibiError("master-malformed", { kind, reason: "columns" });
  const counts = new Map<Refusal, { count: number; line: number }>();
  const byCode = new Map<string, MasterEntry>();
  let read = 0;
  let taken = 0;
  for (const row of chain(head.slice(found.first), table)) {
    read++;
    const entries = readLine(kind, row, found.columns);
    if (typeof entries === "string") {
      const known = counts.get(entries);
      counts.set(entries, { count: (known?.count ?? 0) + 1, line: known?.line ?? read });
      continue;
    }
    taken++;
    for (const entry of entries) {
      const known = byCode.get(entry.code);
      byCode.set(entry.code, known === undefined ? entry : both(kind, known, entry));
    }
  }
  if (taken === 0) throw new TomoshibiError("master-malformed", { kind, reason: "nothing-taken", read });
  return {
    entries: [...byCode.values()]
      .map((entry) => (entry.target === DISAGREED ? { ...entry, target: "" } : entry))
      .sort((a, b) => (a.code < b.code ? -1 : 1)),
    read,
    taken,
    refused: refusals.flatMap((reason) => {
      const known = counts.get(reason);
      return known === undefined ? [] : [{ reason, ...known }];
    }),
    charset,
  };
}

function take<T>(from: Iterator<T>, most: number): T[] {
  const taken: T[] = [];
  while (taken.length < most) {
    const { done, value } = from.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}

function* chain<T>(first: readonly T[], rest: Iterable<T>): Generator<T> {
  yield* first;
  yield* rest;
}

const codeShapes: Readonly<Record<MasterKind, RegExp>> = {
  hot: /^(?:\d{7}|\d{9}|\d{11}|\d{13})$/,
  yj: /^\d{7}[A-Z]\d{4}$/,
  jlac10: /^\d[A-Z][0-9A-Z]{3}(?:[0-9A-Z]{4}(?:[0-9A-Z]{3}(?:[0-9A-Z]{3}(?:[0-9A-Z]{2})?)?)?)?$/,
  byomei: /^\d{8}$/,
  jfagy: /^(?:[0-9A-Z]{3}|[0-9A-Z]{8,20})$/,
};

const targetShapes: Readonly<Partial<Record<MasterKind, RegExp>>> = { hot: codeShapes.yj, byomei: /^[A-Z]\d{2}[0-9A-Z]{0,2}$/ };

function readLine(kind: MasterKind, row: readonly string[], { codes, others, names, target }: Columns): MasterEntry[] | Refusal {
  const cell = (column: number) => (row[column] ?? "").trim();
  const code = plain(codes.map(cell).join(""));
  const name = names.map(cell).find((one) => one !== "") ?? "";
  const to = target < 0 ? "" : plain(cell(target)).replace(".", "");
  if (!codeShapes[kind].test(code)) return "code";
  if (name === "") return "name";
  if (name.includes("\uFFFD")) return "unreadable";
  if (to !== "" && targetShapes[kind]?.test(to) !== true) return "target";
  const more = others.map((column) => plain(cell(column))).filter((other) => /^[0-9A-Z]{4,7}$/.test(other) && !/^[09]+$/.test(other));
  // The HOT master also tells which YJ codes there are.
  if (kind === "hot" && to !== "") more.push(to);
  return [...shortened(kind, code), ...more].map((one) => ({ code: one, name, target: to }));
}

/** Codes as machines write them: no blanks, no hyphens, wide letters narrow. */
const plain = (text: string): string => text.normalize("NFKC").replace(/[\s-]/g, "").toUpperCase();

/** A HOT13 line speaks for its HOT9 and HOT7 too, and a HOT9 line for its HOT7. */
function shortened(kind: MasterKind, code: string): readonly string[] {
  return kind === "hot" ? [13, 9, 7].filter((length) => length <= code.length).map((length) => code.slice(0, length)) : [code];
}

/**
 * Several lines of one code (packages and makers under one HOT number) become one entry that says what all of them say: the beginning that their
 * names share, and of their YJ codes the beginning down to the ingredient (7 digits). What they do not agree on is left out.
 */
function both(kind: MasterKind, a: MasterEntry, b: MasterEntry): MasterEntry {
  const name = shared(a.name, b.name);
  return {
    code: a.code,
    name: name.length >= 2 ? name.replace(/「[^」]*$/, "").trim() : a.name,
    target: sharedTarget(kind, a.target, b.target),
  };
}

/** Stands for targets that disagree, until all lines are read: a third line must not settle it. */
const DISAGREED = "?";

/** A line without a target says nothing of it. */
function sharedTarget(kind: MasterKind, a: string, b: string): string {
  if (a === "" || b === "") return a || b;
  const target = shared(a, b);
  return target.length >= (kind === "hot" ? 7 : 3) ? target : DISAGREED;
}

function shared(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}
