import type { Concept, DiagnosisRecord } from "../../record/record.ts";
import type { Message, Segment } from "./message.ts";
import type { Report } from "./report.ts";
import { clean, component, concept, concepts, first, text } from "./values.ts";

interface Group {
  readonly prb: Segment;
  readonly zpr: Segment[];
  orc: Segment | null;
}

/** PPR-01: { PRB [ZPR]* … [ORC] } → one diagnosis a PRB; a file holds one problem or many. */
export function readProblems(message: Message, report: Report): void {
  const groups: Group[] = [];
  for (const segment of message.segments) {
    const group = groups.at(-1);
    if (segment.id === "PRB") groups.push({ prb: segment, zpr: [], orc: null });
    else if (segment.id === "ZPR") group?.zpr.push(segment);
    else if (segment.id === "ORC" && group !== undefined) group.orc ??= segment;
  }
  if (groups.length === 0) report.warn("segment-missing", null, 0, "PRB");
  for (const group of groups) diagnosis(group, report);
}

function diagnosis({ prb, zpr, orc }: Group, report: Report): void {
  const disease = concept(first(prb.field(3))) ?? concept(first(zpr[0]?.field(2) ?? ""));
  if (disease === null) {
    report.warn("field-missing", prb, 3, prb.text);
    for (const segment of [prb, ...zpr]) report.keepRaw(segment);
    return;
  }
  for (const segment of [prb, ...zpr]) segment.taken = true;
  if (orc) orc.taken = true;
  const onset = report.date(prb, 16);
  const entered = report.date(prb, 7);
  const acted = report.date(prb, 2);
  const action = text(prb.field(1));
  if (!/^(?:AD|CO|DE|LI|UC|UN|UP|)$/.test(action)) report.warn("code-unknown", prb, 1, action);
  const record: DiagnosisRecord = {
    kind: "diagnosis",
    date: onset ?? entered ?? acted,
    segment: prb.label,
    disease,
    icd10: icd10(prb.field(10)),
    prefixes: modifiers(zpr, 1, 4),
    suffixes: modifiers(zpr, 3, 6),
    text: [clean(first(prb.field(17))).trim(), ...zpr.map((one) => clean(one.field(7)).trim())].filter(Boolean).join(" "),
    action,
    certainty: concept(first(prb.field(13))),
    outcome: concept(first(prb.field(14))),
    onset,
    entered,
    end: report.date(prb, 9),
    expectedEnd: report.date(prb, 8),
    rank: concept(first(prb.field(18))),
    phase: text(prb.field(10), 5) || text(prb.field(10), 4),
    instance: text(prb.field(4)),
    confidentiality: text(prb.field(25)),
    department: orc ? concept(first(orc.field(17))) : null,
  };
  report.records.push(record);
}

/** PRB-10: ICD-10 in components 1 to 3; 4 to 6 are the phase (外来時 …), not a second coding. */
function icd10(field: string): Concept | null {
  const one = first(field);
  return concept([1, 2, 3].map((n) => component(one, n)).join("^"));
}

/** Modifiers by 管理番号 (ZPR-1, -3), or by 交換用コード (ZPR-4, -6) where a segment has only that. */
function modifiers(zpr: readonly Segment[], byNumber: number, byExchange: number): readonly Concept[] {
  return zpr.flatMap((one) => {
    const numbered = concepts(one.field(byNumber));
    return numbered.length > 0 ? numbered : concepts(one.field(byExchange));
  });
}
