import type { Coding, Concept, VitalRecord } from "../../../record/record.ts";
import type { Message, Segment } from "../message.ts";
import { observedValue } from "../observation.ts";
import type { Report } from "../report.ts";
import { concept, first, text } from "../values.ts";

/** Results that do not stand: X cannot be had, D taken back, O a mere order, W wrong patient. */
const standing = /^[^XDOW]?$/;
const withdrawn = new Set(["CA", "DC", "OC"]);

/** ORU^R30 (bedside measurements): { ORC OBR { OBX } } → one vital sign an OBX, at the time it was measured. What does not stand is kept raw. */
export function readVitals(message: Message, report: Report): void {
  const orc = message.segments.find((one) => one.id === "ORC") ?? null;
  if (orc !== null && withdrawn.has(text(orc.field(1)))) return;
  if (orc !== null) orc.taken = true;
  let obr: Segment | null = null;
  for (const segment of message.segments) {
    if (segment.id === "OBR") {
      obr = segment;
      obr.taken = true;
    } else if (segment.id === "TQ1") segment.taken = true;
    else if (segment.id === "OBX" && standing.test(text(segment.field(11)))) vital(segment, obr, report);
  }
}

function vital(obx: Segment, obr: Segment | null, report: Report): void {
  const test = concept(first(obx.field(3)));
  if (test === null) {
    report.warn("field-missing", obx, 3, obx.text);
    report.keepRaw(obx);
    return;
  }
  const { value, unit } = observedValue(obx, report);
  if (value.trim() === "") return;
  obx.taken = true;
  report.records.push({
    kind: "vital",
    date: report.date(obx, 14) ?? (obr ? report.date(obr, 7) : null) ?? report.day,
    segment: obx.label,
    what: whatOf(test),
    test,
    value,
    unit,
  });
}

/** MDM and other documents sent as a message: the text of its OBX, a section each title. */
export function readMessageText(message: Message, report: Report): readonly { code: null; title: string; text: string }[] {
  const sections = new Map<string, string[]>();
  for (const obx of message.segments) {
    if (obx.id !== "OBX" || !/^(?:TX|FT|ST|CWE|NM)$/.test(text(obx.field(2)))) continue;
    const title = concept(first(obx.field(3)))?.text ?? "";
    const { value } = observedValue(obx, report);
    obx.taken = true;
    const lines = sections.get(title) ?? [];
    sections.set(title, lines);
    if (value !== "") lines.push(value);
  }
  return [...sections].map(([title, lines]) => ({ code: null, title, text: lines.join("\n") }));
}

/** JLAC10 by what is measured, not where or how. */
const prefixes: readonly (readonly [string, VitalRecord["what"]])[] = [
  ["9A75", "systolic"],
  ["9A76", "diastolic"],
  ["9P3", "pulse"],
  ["9P2", "respiration"],
  ["9P1", "temperature"],
  ["9N001", "height"],
  ["9N006", "weight"],
];

/** Where only a local code stands, a name that can mean one thing alone. */
const names: readonly (readonly [RegExp, VitalRecord["what"]])[] = [
  [/^(?:収縮期|最高)血圧/, "systolic"],
  [/^(?:拡張期|最低)血圧/, "diastolic"],
  [/^(?:脈拍|心拍)数?/, "pulse"],
  [/^呼吸数/, "respiration"],
  [/^体温/, "temperature"],
  [/^(?:SpO2|SpO₂|経皮的(?:動脈血)?酸素飽和度)/i, "spo2"],
  [/^(?:意識レベル|JCS|GCS)/i, "consciousness"],
  [/^身長/, "height"],
  [/^体重$/, "weight"],
];

function whatOf(test: Concept): VitalRecord["what"] {
  const jlac = test.codings.find(({ system }: Coding) => /^JC10/.test(system));
  const coded = jlac && prefixes.find(([prefix]) => jlac.code.startsWith(prefix));
  return (coded ?? names.find(([name]) => name.test(test.text.normalize("NFKC"))))?.[1] ?? "other";
}
