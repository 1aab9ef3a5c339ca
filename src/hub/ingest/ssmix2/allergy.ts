import type { AllergyRecord, Concept } from "../../record/record.ts";
import type { Message, Segment } from "./message.ts";
import type { Report } from "./report.ts";
import { clean, concept, first, label, personName, repetitions, text } from "./values.ts";

const none: Concept = { text: "", codings: [] };

/** AL1 of any message and IAM of ADT-61 → allergy records. A text such as 「なし」 is kept as sent; nothing is judged here. */
export function readAllergies(message: Message, report: Report): void {
  for (const segment of message.segments) {
    if (segment.id !== "AL1" && segment.id !== "IAM") continue;
    const substance = concept(first(segment.field(3)));
    if (substance === null) {
      report.warn("field-missing", segment, 3, segment.text);
      report.keepRaw(segment);
      continue;
    }
    segment.taken = true;
    report.records.push(segment.id === "AL1" ? fromAl1(segment, substance, report) : fromIam(segment, substance, report));
  }
}

function fromAl1(segment: Segment, substance: Concept, report: Report): AllergyRecord {
  const onset = report.date(segment, 6);
  return {
    kind: "allergy",
    origin: "AL1",
    date: onset,
    segment: segment.label,
    category: concept(first(segment.field(2))) ?? none,
    substance,
    severity: text(segment.field(4)),
    reactions: reactions(segment),
    action: "",
    instance: "",
    sensitivity: "",
    onset,
    onsetText: "",
    status: "",
    reportedAt: null,
    informant: "",
    verifiedBy: "",
    verifierRole: "",
    verifiedAt: null,
  };
}

function fromIam(segment: Segment, substance: Concept, report: Report): AllergyRecord {
  const onset = report.date(segment, 11);
  const reportedAt = report.date(segment, 13);
  const action = text(segment.field(6));
  if (action !== "" && !/^[ADUX]$/.test(action)) report.warn("code-unknown", segment, 6, action);
  return {
    kind: "allergy",
    origin: "IAM",
    date: onset ?? reportedAt,
    segment: segment.label,
    category: concept(first(segment.field(2))) ?? none,
    substance,
    severity: text(segment.field(4)),
    reactions: reactions(segment),
    action,
    instance: text(segment.field(7)),
    sensitivity: text(segment.field(9)),
    onset,
    onsetText: text(segment.field(12)),
    status: text(segment.field(17)),
    reportedAt,
    informant: personName(segment.field(14), 1),
    verifiedBy: personName(segment.field(18), 2),
    // The prefix or degree of the person, else the organization that verified.
    verifierRole: text(segment.field(18), 6) || text(segment.field(18), 7) || label(segment.field(19)),
    verifiedAt: report.date(segment, 20),
  };
}

/** AL1-5, IAM-5: text, one per repetition; some senders code it. */
function reactions(segment: Segment): readonly string[] {
  return repetitions(segment.field(5)).flatMap((one) => label(one) || clean(one).trim() || []);
}
