import type { DocumentRecord } from "../../../record/record.ts";
import type { Report } from "../report.ts";

type Section = DocumentRecord["sections"][number];

/** Letters of text kept of one document; of a hostile one the rest is counted. */
const textLimit = 400_000;

/** Text up to the limit; what is cut off is said. */
export function bounded(sections: readonly Section[], report: Report): Section[] {
  let left = textLimit;
  const kept = sections.map((section) => {
    const text = section.text.slice(0, left);
    left -= text.length;
    return text.length === section.text.length ? section : { ...section, text };
  });
  const total = sections.reduce((sum, section) => sum + section.text.length, 0);
  if (total > textLimit) report.say("too-large", "", "", `${total} letters`);
  return kept;
}
