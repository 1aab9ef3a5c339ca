import type { Concept } from "../../record/record.ts";

/** One value of an Observation, its own or a component's. */
export interface Measured {
  readonly test: Concept;
  /** The Observation it is a component of. */
  readonly panel: Concept | null;
  readonly subId: string;
  readonly value: string;
  readonly unit: string;
  /** HL7 v2 type of the value: NM, SN, ST, CWE, DT. */
  readonly valueType: string;
  readonly valueConcept: Concept | null;
  readonly range: string;
  readonly flags: readonly string[];
  readonly notes: readonly string[];
}

export function lineOf({ panel, test, value, unit }: Measured): string {
  return `${panel === null ? "" : `${panel.text} `}${test.text}: ${`${value} ${unit}`.trim()}`;
}
