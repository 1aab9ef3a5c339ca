/** The danger strip and the three parts of a summary that are sealed apart; everyone imports them from summary.ts. */
import type { AbsenceState, ClinicalDate, Identity, Sections, Source, SUMMARY_VERSION, Summary } from "./summary.ts";

export const dangerClasses = [
  "allergy",
  "contraindication",
  "anticoagulant",
  "antiplatelet",
  "insulin",
  "glucoseLowering",
  "systemicSteroid",
  "immunosuppressant",
  "chemotherapy",
  "opioid",
  "antiepileptic",
  "antiarrhythmic",
  "digitalis",
  "betaBlocker",
  "theophylline",
  "lithium",
  "dialysis",
  "homeOxygen",
  "ventilator",
  "implantedDevice",
  "infection",
  "pregnancy",
  "wishes",
] as const;
export type DangerClass = (typeof dangerClasses)[number];

/** One line of the danger strip; `by`: which rule put it there ("code": YJ, ICD-10 …; "name": 名称による判定; "sent": the hospital said so). */
export interface StripItem {
  readonly danger: DangerClass;
  readonly text: string;
  readonly detail: string;
  readonly date: ClinicalDate | null;
  /** Last day of supply for a medicine. */
  readonly end: ClinicalDate | null;
  readonly source: number;
  readonly received: string;
  readonly by: "code" | "name" | "sent";
  readonly rule: string;
}

export interface Strip {
  readonly items: readonly StripItem[];
  /** Medicines and diagnoses no rule could judge. */
  readonly unjudged: number;
  readonly rules: { readonly version: string; readonly date: string };
  readonly allergyState: AbsenceState;
  readonly medicineState: AbsenceState;
  readonly diagnosisState: AbsenceState;
  /** Something stands in the protected part: 「保護対象の項目あり：要確認」. */
  readonly masked: boolean;
}

/** The three packs of a person. Protected items stand in `protected` only. */
export interface StripPart {
  readonly part: "strip";
  readonly version: typeof SUMMARY_VERSION;
  readonly identity: Identity;
  readonly sources: readonly Source[];
  readonly asOf: string;
  readonly strip: Strip;
}
export interface RestPart {
  readonly part: "rest";
  readonly version: typeof SUMMARY_VERSION;
  readonly summary: Summary;
}
export interface ProtectedPart {
  readonly part: "protected";
  readonly version: typeof SUMMARY_VERSION;
  readonly categories: readonly string[];
  readonly strip: Strip;
  readonly sections: Sections;
}
export type Part = StripPart | RestPart | ProtectedPart;
export const partNames = ["strip", "rest", "protected"] as const;
export type PartName = (typeof partNames)[number];
