import type { Coding, Concept, DocumentRecord } from "../../../record/record.ts";

/** What a type folder `localcode^localname^localsys^stdcode^stdname^stdsys` says; either three may be empty. */
export interface DocumentKind {
  readonly what: DocumentRecord["what"];
  readonly type: Concept;
}

/** LOINC, and the one JMIX code that referrals carry. */
const standard: Readonly<Record<string, DocumentRecord["what"]>> = {
  "18842-5": "dischargeSummary",
  "11506-3": "progressNote",
  "34112-3": "progressNote",
  "34108-1": "outpatientNote",
  "57133-1": "referral",
  MD0020730: "referral",
  "53576-5": "checkup",
  "18776-5": "plan",
};

/** Names of kinds where no standard code was sent. */
const names: readonly (readonly [RegExp, DocumentRecord["what"]])[] = [
  [/J-?SPEED/i, "jspeed"],
  [/退院.*サマリ/, "dischargeSummary"],
  [/紹介状|診療情報提供書/, "referral"],
  [/健診|健康診断/, "checkup"],
  [/計画/, "plan"],
  [/外来.*(?:記録|診療録)/, "outpatientNote"],
  [/経過記録|入院.*(?:記録|診療録)/, "progressNote"],
];

/** Kind of a document from its folder, `more`: codes that the document itself carries. Local codes name nothing beyond their hospital. */
export function kindOf(folder: string, more: readonly Coding[] = []): DocumentKind {
  const parts = folder.split("^").map((part) => part.trim());
  const part = (n: number): string => parts[n] ?? "";
  const sent: Coding[] = [{ code: part(3), text: part(4), system: part(5) }, { code: part(0), text: part(1), system: part(2) }, ...more];
  const codings = sent.filter(
    ({ code, system }, i) => code !== "" && sent.findIndex((other) => other.code === code && other.system === system) === i,
  );
  const text = [part(1), part(4), ...more.map((coding) => coding.text), part(0), part(3)].find((one) => one !== "") ?? "";
  return { what: whatOf(codings, sent), type: { text, codings } };
}

function whatOf(codings: readonly Coding[], sent: readonly Coding[]): DocumentRecord["what"] {
  if (codings.some(({ code, system }) => code === "L-JSPEED" && system === "99ZL01")) return "jspeed";
  const coded = codings.find(({ code, system }) => (system === "LN" || system === "JMIX") && standard[code] !== undefined);
  if (coded) return standard[coded.code] ?? "other";
  return names.find(([pattern]) => sent.some(({ text }) => pattern.test(text)))?.[1] ?? "other";
}
