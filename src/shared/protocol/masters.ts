/** What the console shows of the hub's tables: which code masters are in force and of which day, and the danger rules. JSON on the console's own origin. */
import { shapeOf } from "./shape.ts";

/** GET → TablesAnswer. */
export const tablesPath = "/api/tables";

export interface MasterItem {
  readonly kind: string;
  /** Day of the master itself, YYYY-MM-DD. */
  readonly date: string;
  readonly file: string;
  /** ms. */
  readonly imported: number;
  readonly read: number;
  readonly taken: number;
}

export interface TablesAnswer {
  /** Those that are not in force are not in it. */
  readonly masters: readonly MasterItem[];
  readonly rules: { readonly version: string; readonly date: string };
}

const shape = shapeOf("hub-answer-bad");

/** Errors: hub-answer-bad. */
export function parseTables(value: unknown): TablesAnswer {
  const map = shape.map(value, ["masters", "rules"], "tables");
  const rules = shape.map(map.rules, ["version", "date"], "rules");
  return {
    masters: shape.list(map.masters, 100, "masters").map(parseMaster),
    rules: { version: shape.text(rules.version, 64, "rules.version"), date: shape.text(rules.date, 10, "rules.date") },
  };
}

function parseMaster(value: unknown): MasterItem {
  const map = shape.map(value, ["kind", "date", "file", "imported", "read", "taken"], "master");
  return {
    kind: shape.text(map.kind, 64, "kind"),
    date: shape.text(map.date, 10, "date"),
    file: shape.words(map.file, 1_000, "file"),
    imported: shape.uint(map.imported, "imported"),
    read: shape.uint(map.read, "read"),
    taken: shape.uint(map.taken, "taken"),
  };
}
