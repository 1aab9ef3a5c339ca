/** The small types every source record is made of. */

/**
 * As sent, precision kept: "2011", "2011-07", "2011-07-01", "2011-07-01T22", "2011-07-01T22:46", "2011-07-01T22:46:03"
 * (hospital local time, JST). The form with the hour alone is real: TQ1-7 "2011070100".
 */
export type ClinicalDate = string;

export interface Coding {
  readonly code: string;
  readonly text: string;
  /** As sent (HOT9, YJ, JC10, I10, MDCDX2, MR9P, JAMISDP01, 99xxx, L …); "" when none was sent. */
  readonly system: string;
}

/** One thing in up to several codings; `text` is what a person reads, as sent. */
export interface Concept {
  readonly text: string;
  readonly codings: readonly Coding[];
}

export interface Quantity {
  /** As sent, e.g. "1", "0.5". */
  readonly value: string;
  readonly unit: string;
}

/** Where a statement was made; a hospital's own chart unless it is said. */
export type Channel = "chart" | "claim" | "ePrescription" | "dispensing" | "checkup" | "self";

export interface Base {
  /** Date of the fact; null when none was sent. */
  readonly date: ClinicalDate | null;
  /** Segment or resource it came from, e.g. "RXE[1]", "Condition/abc": with the file name, the way back to the source. */
  readonly segment: string;
  readonly channel?: Channel;
  /** 未告知 / 未提供: the patient has not been told. Staff see a banner; nothing a patient holds may have it. */
  readonly disclosure?: "uninformed" | "undelivered";
}
