import { createContext } from "react";
import type { Sections } from "../../shared/summary/summary.ts";

/** The id under which an item stands on the page; items that nothing leads to have none. */
export const ItemIdsContext = createContext<ReadonlyMap<object, string>>(new Map());

/** Ids of what the picture of two years leads to; each of these items is drawn once. */
export function itemIdsOf(sections: Sections): ReadonlyMap<object, string> {
  return new Map(
    (["visits", "medicines", "procedures"] as const).flatMap((name) =>
      sections[name].items.map((item: object, at: number): [object, string] => [item, `item-${name}-${at}`]),
    ),
  );
}
