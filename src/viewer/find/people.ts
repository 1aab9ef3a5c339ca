/**
 * The searchable population in memory: the folded text and the unparsed JSON of every row, straight from the opened shards.
 * Nothing is parsed at unlock; a row's JSON is read only when it is shown.
 */
import { TomoshibiError } from "../../shared/error.ts";
import { parseRow } from "../vault/row.ts";
import type { Hit } from "./hit.ts";

/** Fields of a row's folded text are joined by this: kanji name, kana name, birth date digits, then identifiers and address. */
export const FIELD = "\u0001";

export interface People {
  /** What search matches, row by row. */
  readonly folded: readonly string[];
  /** The same rows as JSON, unparsed. */
  readonly rows: readonly string[];
}

/** Rows of opened shard texts (`folded\tJSON\n`, shared/pack/shard.ts). "shard-malformed" when a line has no tab. */
export function peopleOf(texts: readonly string[]): People {
  const folded: string[] = [];
  const rows: string[] = [];
  for (const text of texts) {
    let at = 0;
    while (at < text.length) {
      const end = text.indexOf("\n", at);
      if (end < 0) throw new TomoshibiError("shard-malformed", { reason: "no line end" });
      const tab = text.indexOf("\t", at);
      if (tab < 0 || tab > end) throw new TomoshibiError("shard-malformed", { reason: "no tab" });
      folded.push(text.slice(at, tab));
      rows.push(text.slice(tab + 1, end));
      at = end + 1;
    }
  }
  return { folded, rows };
}

const sexes = { m: "male", f: "female", o: "other", u: "unknown" } as const;

/** The Hit of one row; "shard-malformed" when the row is not what the hub seals. */
export function hitOf(json: string, alike: Hit["alike"]): Hit {
  const row = parseRow(json);
  const [strip, rest, guarded] = row.p;
  return {
    personRef: row.r,
    kanji: row.k && { family: row.k[0], given: row.k[1] },
    kana: row.n && { family: row.n[0], given: row.n[1] },
    birthDate: row.b,
    sex: sexes[row.s],
    address: row.a,
    identifiers: row.i.map(([facility, pid]) => ({ facility, pid })),
    hospitals: row.h,
    packs: { strip, rest, protected: guarded === "" ? null : guarded },
    alike,
  };
}

/** Row of a person reference, or -1. The table is made at the first call. */
export function makeLookup(people: People): (personRef: string) => number {
  let byRef: Map<string, number> | null = null;
  return (personRef) => {
    byRef ??= new Map(people.rows.map((row, i) => [refOf(row), i]));
    return byRef.get(personRef) ?? -1;
  };
}

/** The hub writes the reference first (22 letters); anything else is parsed. */
function refOf(row: string): string {
  return row.startsWith('{"r":"') && row[28] === '"' ? row.slice(6, 28) : parseRow(row).r;
}
