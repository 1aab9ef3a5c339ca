import { parseRow } from "../vault/row.ts";
import type { People } from "./people.ts";

/**
 * Name of the hospital behind a facility code. A row has codes beside its numbers and names beside neither, so a code's name is known only
 * from somebody whose records all come from one hospital: never guessed by order. null: nobody here is such a person.
 */
export function makeHospitals(people: People): (facility: string) => string | null {
  const known = new Map<string, string | null>();
  return (facility) => {
    const before = known.get(facility);
    if (before !== undefined) return before;
    const start = JSON.stringify([facility]).slice(0, -1);
    let name: string | null = null;
    for (const json of people.rows) {
      if (!json.includes(start)) continue;
      const { i, h } = parseRow(json);
      if (h.length !== 1 || i.some(([code]) => code !== facility)) continue;
      name = h[0] ?? null;
      break;
    }
    known.set(facility, name);
    return name;
  };
}
