import type { RegistrationRecord } from "../../record/record.ts";
import type { Message } from "./message.ts";
import { observedValue } from "./observation.ts";
import type { Report } from "./report.ts";
import { concept, first } from "./values.ts";

/** OBX of ADT-00 and ADT-22: height, weight, blood group. What a clerk registered, never a crossmatch. */
export function readRegistrations(message: Message, report: Report): void {
  for (const obx of message.segments) {
    if (obx.id !== "OBX") continue;
    const test = concept(first(obx.field(3)));
    if (test === null) {
      report.warn("field-missing", obx, 3, obx.text);
      report.keepRaw(obx);
      continue;
    }
    const { value, unit } = observedValue(obx, report);
    obx.taken = true;
    report.records.push({
      kind: "registration",
      date: report.date(obx, 14),
      segment: obx.label,
      what: whatOf(test.codings[0]),
      test,
      value,
      unit,
    });
  }
}

/** JLAC10 analyte codes; a local code is "other", whatever its name says. */
function whatOf(coding: { code: string; system: string } | undefined): RegistrationRecord["what"] {
  if (coding === undefined || !/^JC10/.test(coding.system)) return "other";
  const { code } = coding;
  if (code.startsWith("9N001")) return "height";
  if (code.startsWith("9N006")) return "weight";
  if (code.startsWith("5H010")) return "abo";
  return code.startsWith("5H020") ? "rh" : "other";
}
