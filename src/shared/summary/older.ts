/** Parts of the version before, as a device may hold them when its program is renewed while the hub cannot be reached. */
import { malformed } from "./shape.ts";
import { SUMMARY_VERSION } from "./summary.ts";

const OLDER = 2;

type Fields = Readonly<Record<string, unknown>>;

/** Whether this says that it is of version 2; any other version is left to encode.ts. */
export function isOlder(value: unknown): value is Fields {
  return isFields(value) && value.version === OLDER;
}

/**
 * A part of version 2 as version 3 has it: laboratory values get an empty history, everything else stays. Attacker-controlled:
 * what it cannot read it leaves as it is, for the check that follows; a history in version 2 is `summary-malformed`.
 */
export function lifted(part: Fields): Fields {
  const own = { ...part, version: SUMMARY_VERSION };
  if (part.part === "rest" && isOlder(part.summary))
    return { ...own, summary: { ...part.summary, version: SUMMARY_VERSION, sections: liftedSections(part.summary.sections) } };
  return part.part === "protected" ? { ...own, sections: liftedSections(part.sections) } : own;
}

function liftedSections(sections: unknown): unknown {
  if (!isFields(sections) || !isFields(sections.labs) || !Array.isArray(sections.labs.items)) return sections;
  return { ...sections, labs: { ...sections.labs, items: sections.labs.items.map(liftedLab) } };
}

/** The new key stands where part-shape.ts has it. */
function liftedLab(lab: unknown): unknown {
  if (!isFields(lab)) return lab;
  if ("history" in lab) malformed("history");
  return Object.fromEntries(Object.entries(lab).flatMap((entry) => (entry[0] === "previous" ? [entry, ["history", []]] : [entry])));
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
