import type { ProtectedId } from "../../shared/protocol/consent.ts";
import { makeProtected, type ProtectedRules, projectProtected, protectedAs } from "../../shared/summary/protected.ts";
import { mapSections } from "../../shared/summary/sections.ts";
import { keepWhere } from "../../shared/summary/split.ts";
import type { Item, Summary } from "../../shared/summary/summary.ts";
import type { CategoryStanding, Permission } from "../people/consent.ts";

/** The protected categories as one person, or the region, wants them. */
export interface Guard {
  /** Without the categories that were opened. */
  readonly rules: ProtectedRules;
  /** Without the items of categories that are in no pack at all: nothing of them is counted, named or hinted at. */
  keep(summary: Summary): Summary;
}

/** Guards by what they guard: nearly everybody has the same one. */
export class Guards {
  private readonly known = new Map<string, Guard>();

  of({ categories }: Permission): Guard {
    const key = JSON.stringify(categories);
    const made = this.known.get(key) ?? makeGuard(categories);
    this.known.set(key, made);
    return made;
  }
}

function makeGuard(categories: Permission["categories"]): Guard {
  const withheld = rulesFor(categories, "withheld");
  return {
    rules: Object.values(categories).includes("open") ? rulesFor(categories, "protected") : projectProtected,
    keep: (summary) => (withheld.categories.length === 0 ? summary : withoutThese(summary, withheld)),
  };
}

/** The project's table with the categories that stand so. */
function rulesFor(categories: Permission["categories"], standing: CategoryStanding): ProtectedRules {
  const { version, date, categories: all } = projectProtected;
  return makeProtected({ version, date, categories: all.filter(({ id }: { id: ProtectedId }) => categories[id] === standing) });
}

function withoutThese(summary: Summary, withheld: ProtectedRules): Summary {
  const ids = new Set<string>(withheld.categories.map(({ id }) => id));
  const isOpen = (item: Item): boolean => !protectedAs(item, withheld).some((id) => ids.has(id));
  return { ...summary, sections: mapSections(summary.sections, (section) => keepWhere(section, isOpen, "notRecorded")) };
}
