import { parseBirthDateQuery } from "../../shared/summary/japaneseDate.ts";
import type { Hit } from "../find/hit.ts";
import { type Scanned, scanned } from "../find/scan.ts";
import type { Core } from "./core.ts";

type Finds = Pick<Core, "person" | "withNumber">;

/** Whom a scanned code means among this device's people. */
export function scanHits(core: Finds, found: Scanned): readonly Hit[] {
  if (found.kind === "number") return core.withNumber(found.value);
  const hit = found.kind === "person" ? core.person(found.personRef) : null;
  return hit === null ? [] : [hit];
}

/**
 * What Enter in the search field means, which ends what a USB scanner types: the one person found, the one who bears the number or whose
 * sheet it is, else the code to be told about; null: nothing more than the search itself. `hits`: what the search has found by the same text.
 */
export function entered(core: Finds, text: string, hits: readonly Hit[]): { readonly hit: Hit } | { readonly code: Scanned } | null {
  const [only] = hits;
  if (only !== undefined && hits.length === 1) return { hit: only };
  const code = scanned(text);
  const coded = scanHits(core, code);
  // Eight digits that are a birth date as well as somebody's number: the list stays.
  const plain = hits.length === 0 || parseBirthDateQuery(text) === null;
  if (coded[0] !== undefined && coded.length === 1 && plain) return { hit: coded[0] };
  if (hits.length > 0 || code.kind === "unknown" || (code.kind === "number" && coded.length === 0)) return null;
  return { code };
}
