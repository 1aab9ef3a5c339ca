/** Doses as clinical-safety.md §3 wants them. Laboratory values are not touched: there a trailing zero is a statement of precision. */

/** "1.0" → "1", ".5" → "0.5", "0.50" → "0.5", 「１．０」 → "1"; what is no plain number stays as sent. */
export function plainNumber(sent: string): string {
  const text = sent.normalize("NFKC").trim();
  const match = /^(\d*)(?:\.(\d*))?$/.exec(text);
  if (match === null || text === "" || text === ".") return sent;
  const whole = (match[1] ?? "").replace(/^0+(?=\d)/, "");
  const fraction = (match[2] ?? "").replace(/0+$/, "");
  return `${whole === "" ? "0" : whole}${fraction === "" ? "" : `.${fraction}`}`;
}

/** ".10*4/uL", the way of ISO+ to write a power → "×10⁴/uL"; every other unit of a laboratory as sent. */
export function labUnit(sent: string): string {
  const match = /^[.x×]?10[*^](\d{1,2})(\/.+)$/.exec(sent.trim());
  if (match === null) return sent;
  const power = [...(match[1] ?? "")].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("");
  return `×10${power}${match[2]}`;
}

export type WrittenUnit = "unit.units" | "unit.internationalUnits" | "unit.microgram" | "unit.millilitre";

const dangerousUnits: Readonly<Record<string, WrittenUnit>> = {
  u: "unit.units",
  iu: "unit.internationalUnits",
  μg: "unit.microgram",
  ug: "unit.microgram",
  mcg: "unit.microgram",
  cc: "unit.millilitre",
};

/** The word to write instead of a unit that is misread (U as 0, μg as mg); null: the unit may stand as sent. */
export function writtenUnit(sent: string): WrittenUnit | null {
  return dangerousUnits[sent.trim().normalize("NFKC").toLowerCase()] ?? null;
}
