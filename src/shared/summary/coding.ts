/** Names of the national code systems, however a sender writes them, and codes that were derived from another one by a code master. */

const names: readonly (readonly [string, RegExp])[] = [
  ["HOT", /^HOT(?:7|9|11|13)?$|master-HOT(?:7|9|11|13)$|200119\.4\.40[23]\.\d$|100495\.20\.[12]\.74$/i],
  ["YJ", /^(?:YJ|MYAK)|YJ-code$|100495\.20\.[12]\.73$/i],
  ["JC10", /^JC10|master-JLAC10-17digits$|JP_CLINS_ObsLabResult_(?:CoreLabo|InfectionLabo)_CS$|200119\.4\.504$/i],
  ["MDCDX2", /^MDCDX2$|master-disease-(?:keyNumber|exCode)$|masterB-disease$|200119\.4\.101\.[26]$/i],
  ["I10", /^(?:I10|ICD-?10)|ICD10-2013-full$/i],
  ["J-FAGY", /^J-?FAGY$|Jfagy(?:Food|NonFoodNonMedication|Medication)Allergen_CS$/i],
];

/** HOT, YJ, JC10, MDCDX2, I10 or J-FAGY by its SS-MIX2 name, URL or OID; "" for any other system, local ones above all. */
export function standardSystem(system: string): string {
  return names.find(([, pattern]) => pattern.test(system))?.[0] ?? "";
}

const mark = " ← ";
const sources: Readonly<Record<string, string>> = { hot: "HOT", yj: "YJ", jlac10: "JLAC10", byomei: "MDCDX2", jfagy: "J-FAGY" };

/** System of a code that a master of this kind and day gave, e.g. "YJ ← HOT 2026-10-31": a reader sees that nobody sent it. */
export function derivedFrom(system: string, master: string, date: string): string {
  return `${system}${mark}${sources[master] ?? master} ${date}`;
}

export function isDerived(system: string): boolean {
  return system.includes(mark);
}
