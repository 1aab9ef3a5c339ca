/** Sections of the summary whose items stand in the strip as sent. A blood group never does: it is registration data and no crossmatch. */
import type { SectionRule } from "../rules.ts";

function stated(
  id: string,
  danger: SectionRule["danger"],
  section: SectionRule["section"],
  states: readonly string[],
  words: readonly string[] = [],
): SectionRule {
  return { id: `section/${id}`, danger, section, states, words };
}

/** A device of which nobody says whether it is still there counts, and says so. */
const there = ["active", "unknown"];

export const sectionRules: readonly SectionRule[] = [
  // A negative or unclear test stands in its section, dated, and is no line.
  stated("infections", "infection", "infections", ["positive", "diagnosed"]),
  stated("devices-ventilator", "ventilator", "devices", there, ["人工呼吸", "NPPV", "TPPV", "BiPAP", "CPAP", "陽圧"]),
  stated("devices-oxygen", "homeOxygen", "devices", there, ["在宅酸素", "酸素濃縮", "液体酸素", "酸素ボンベ", "酸素供給"]),
  stated("devices-dialysis", "dialysis", "devices", there, ["内シャント", "透析用", "ブラッドアクセス", "腹膜透析"]),
  stated("devices", "implantedDevice", "devices", there),
  stated("dialysis", "dialysis", "dialysis", []),
  stated("pregnancy", "pregnancy", "pregnancy", ["pregnant", "postpartum", "breastfeeding"]),
  // Who speaks for the person, and what is given after death, are no line: they change nothing in the first minutes.
  stated("wishes", "wishes", "wishes", ["dnar", "treatmentLimit", "acp", "other"]),
];
