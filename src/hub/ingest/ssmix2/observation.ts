import type { Concept, LabRecord } from "../../record/record.ts";
import type { Segment } from "./message.ts";
import type { Report } from "./report.ts";
import { clean, component, concept, first, label, personName, repetitions, text } from "./values.ts";

const valueTypes = new Set([
  "",
  "NM",
  "ST",
  "CWE",
  "CE",
  "CNE",
  "SN",
  "TX",
  "FT",
  "TS",
  "DT",
  "TM",
  "XCN",
  "XPN",
  "ZRD",
  "ED",
  "RP",
  "CX",
  "CQ",
  "ID",
  "IS",
  "SI",
  "EI",
  "XAD",
  "XTN",
  "MO",
  "CF",
  "HD",
  "PN",
]);
const number = /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)\s*$/;

export type Observed = Pick<LabRecord, "valueType" | "value" | "valueConcept" | "unit" | "resultStatus">;

/**
 * OBX-2, -5, -6, -11 → a value as a person reads it. Spaces are kept (「  +-」 and 「 2 +」 differ); SN is put together
 * (`>^10` → ">10"); coded values give their text; NM that is no number is kept and said.
 */
export function observedValue(obx: Segment, report: Report): Observed {
  const valueType = text(obx.field(2));
  const resultStatus = text(obx.field(11));
  const sent = obx.field(5);
  if (!valueTypes.has(valueType)) report.warn(valueTypes.has(text(obx.field(3))) ? "field-shifted" : "code-unknown", obx, 2, valueType);
  if (!/^[CDFINOPRSUWX]?$/.test(resultStatus))
    report.warn(resultStatus.length > 1 ? "field-shifted" : "code-unknown", obx, 11, resultStatus);
  if (valueType === "NM" && sent !== "" && sent !== '""' && !number.test(sent)) report.warn("number-malformed", obx, 5, sent);
  return {
    valueType,
    value: readable(valueType, sent),
    valueConcept: codedValue(valueType, sent),
    unit: label(obx.field(6)),
    resultStatus,
  };
}

function readable(valueType: string, sent: string): string {
  if (sent === "" || sent === '""') return "";
  const parts = repetitions(sent);
  switch (valueType) {
    case "SN":
      return parts.map((one) => [1, 2, 3, 4].map((n) => text(one, n)).join("")).join("\n");
    case "CWE":
    case "CE":
    case "CNE":
      return parts.map((one) => label(one)).join("\n");
    case "XCN":
      return parts.map((one) => personName(one, 2)).join("\n");
    case "XPN":
      return parts.map((one) => personName(one, 1)).join("\n");
    case "ZRD":
      return parts.map(materialOf).join("\n");
    default:
      // Text may hold "^" unescaped; every part of it is kept.
      return parts.map((one) => clean(one)).join("\n");
  }
}

function codedValue(valueType: string, sent: string): Concept | null {
  return valueType === "CWE" || valueType === "CE" || valueType === "CNE" ? concept(first(sent)) : null;
}

/** ZRD: code^name^system^amount^unit&text&system → "name amount unit". */
export function materialOf(one: string): string {
  const unit = concept(component(one, 5), "&")?.text ?? "";
  return [label(one), `${text(one, 4)}${unit}`].filter(Boolean).join(" ");
}
