/** People found by something other than typed words: their reference, a hospital's number, or that they are alike to somebody. */
import { foldForSearch } from "../../shared/summary/fold.ts";
import type { Alike } from "./alike.ts";
import type { Hit } from "./hit.ts";
import { makeHospitals } from "./hospitals.ts";
import { FIELD, hitOf, makeLookup, type People } from "./people.ts";

export interface Seek {
  readonly people: People;
  readonly alike: Alike;
  /** With the warnings of search; null when nobody here has this reference. */
  one(personRef: string): Hit | null;
  /** Everybody who bears this number at some hospital; leading zeros count for nothing, since scanners and records disagree on them. */
  withNumber(value: string): readonly Hit[];
  /** Name of the hospital with this code, as far as it is certain. */
  hospital(facility: string): string | null;
  /** This person first, then everybody who is easily taken for them, at most ten. */
  namesakes(personRef: string): readonly Hit[];
}

const namesakesMost = 10;

export function makeSeek(people: People, alike: Alike): Seek {
  const rowOf = makeLookup(people);
  const hit = (row: number) => hitOf(people.rows[row] ?? "", alike.marks(row));
  return {
    people,
    alike,
    one(personRef) {
      const row = rowOf(personRef);
      return row < 0 ? null : hit(row);
    },
    withNumber(value) {
      const wanted = plain(value);
      if (wanted === "") return [];
      const found: Hit[] = [];
      people.folded.forEach((folded, row) => {
        // Cheap first: a number stands whole between field marks, but for its zeros.
        if (!folded.includes(wanted)) return;
        if (!folded.split(FIELD).some((field) => plain(field) === wanted)) return;
        const each = hit(row);
        if (each.identifiers.some(({ pid }) => plain(pid) === wanted)) found.push(each);
      });
      return found;
    },
    hospital: makeHospitals(people),
    namesakes(personRef) {
      const row = rowOf(personRef);
      return row < 0 ? [] : [row, ...alike.others(row)].slice(0, namesakesMost).map(hit);
    },
  };
}

const plain = (number: string): string => foldForSearch(number).replace(/^0+(?=.)/u, "");
