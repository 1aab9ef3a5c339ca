/** Parting a summary into the three packs. */
import { type ProtectedRules, projectProtected, protectedAs } from "./protected.ts";
import type { Rules } from "./rules.ts";
import { mapSections } from "./sections.ts";
import { strip } from "./strip.ts";
import { type Item, type ProtectedPart, type RestPart, type Section, type StripPart, SUMMARY_VERSION, type Summary } from "./summary.ts";

export interface Parts {
  readonly strip: StripPart;
  readonly rest: RestPart;
  readonly protected: ProtectedPart;
}

/**
 * Protected items go to the protected part, with strip lines of their own; strip and rest are made as if those items did not exist,
 * `unjudged` included. What tells only that something is protected is `masked`; then every empty section of strip and rest
 * that would say 記録なし says 取得不可, whichever section the protected item stands in, so that none is told apart and none lies.
 * Hospitals and hospital numbers stay: that a person is known to a hospital is no protected fact here.
 */
export function splitSummary(summary: Summary, rules: Rules, protectedRules: ProtectedRules = projectProtected): Parts {
  const categories = new Set<string>();
  const hidden = new Set<Item>();
  for (const item of Object.values(summary.sections).flatMap((section: Section<Item>) => section.items)) {
    const found = protectedAs(item, protectedRules);
    for (const category of found) categories.add(category);
    if (found.length > 0) hidden.add(item);
  }
  const isProtected = (item: Item): boolean => hidden.has(item);
  const closed = mapSections(summary.sections, (section) => keepWhere(section, isProtected, "notRecorded"));
  const masked = categories.size > 0;
  const open = mapSections(summary.sections, (section) =>
    keepWhere(section, (item) => !isProtected(item), masked ? "unavailable" : "notRecorded"),
  );
  const { version, identity, sources, asOf } = summary;
  return {
    strip: { part: "strip", version: SUMMARY_VERSION, identity, sources, asOf, strip: { ...strip({ sections: open }, rules), masked } },
    rest: { part: "rest", version: SUMMARY_VERSION, summary: { version, identity, sources, asOf, sections: open } },
    protected: {
      part: "protected",
      version: SUMMARY_VERSION,
      categories: [...categories].sort(),
      strip: strip({ sections: closed }, rules),
      sections: mapSections(closed, withoutCounts),
    },
  };
}

/** The section without the items that are not kept; `whenEmpty` is its state when none is left. */
export function keepWhere<T extends Item>(
  section: Section<T>,
  keep: (item: T) => boolean,
  whenEmpty: "notRecorded" | "unavailable",
): Section<T> {
  const items = section.items.filter(keep);
  const state = items.length === 0 && (section.state === "present" || section.state === "notRecorded") ? whenEmpty : section.state;
  return { ...section, state, items };
}

/** Windows and counts belong to the open part: protected items are never cut. */
function withoutCounts<T extends Item>(section: Section<T>): Section<T> {
  return { ...section, confirmed: null, window: null, more: 0 };
}
