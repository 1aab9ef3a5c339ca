/** Items of the sections beyond the core ones; everyone imports them from summary.ts. */
import type { ClinicalDate, Coded, Item, Quantity } from "./summary.ts";

/** A discharge summary, a note, a referral …: its text as written. */
export interface Document extends Item {
  readonly what: "dischargeSummary" | "progressNote" | "outpatientNote" | "referral" | "checkup" | "jspeed" | "plan" | "other";
  readonly title: string;
  readonly author: string;
  readonly department: string;
  readonly sections: readonly { readonly title: string; readonly text: string }[];
  /** Kept at the hub, not sealed here. */
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly size: number }[];
}

/** Newest value of one vital sign at one hospital. */
export interface Vital extends Item {
  readonly what:
    | "systolic"
    | "diastolic"
    | "pulse"
    | "respiration"
    | "temperature"
    | "spo2"
    | "consciousness"
    | "height"
    | "weight"
    | "other";
  readonly test: Coded;
  readonly value: string;
  readonly unit: string;
}

/** An infection that care staff must know of. `result` as the source says it: a negative test is an item too, dated, never 「なし」. */
export interface Infection extends Item {
  readonly agent: Coded;
  readonly result: "positive" | "negative" | "unclear" | "diagnosed";
  readonly text: string;
}

export interface Dialysis extends Item {
  readonly modality: Coded;
  readonly access: string;
  readonly schedule: string;
  readonly dryWeight: Quantity | null;
  readonly place: string;
  readonly details: readonly { readonly label: string; readonly value: string }[];
}

export interface Device extends Item {
  readonly device: Coded;
  readonly site: string;
  readonly status: "active" | "removed" | "unknown";
  readonly implanted: ClinicalDate | null;
  readonly removed: ClinicalDate | null;
  readonly maker: string;
  readonly identifier: string;
  readonly note: string;
}

export interface Immunization extends Item {
  readonly vaccine: Coded;
  readonly dose: string;
  readonly given: boolean;
  readonly note: string;
}

/** What the person wishes, or who speaks for them. Not in force: shown apart, dated. */
export interface Wish extends Item {
  readonly what: "dnar" | "treatmentLimit" | "acp" | "proxy" | "donation" | "other";
  readonly text: string;
  readonly by: string;
  readonly telephones: readonly string[];
  readonly inForce: boolean;
}

export interface Pregnancy extends Item {
  readonly status: "pregnant" | "notPregnant" | "postpartum" | "breastfeeding" | "unknown";
  readonly due: ClinicalDate | null;
  readonly text: string;
}

export interface CareLevel extends Item {
  readonly level: Coded;
  readonly from: ClinicalDate | null;
  readonly to: ClinicalDate | null;
}

/** One finding of a check-up (特定健診 …). */
export interface Checkup extends Item {
  readonly test: Coded;
  readonly value: string;
  readonly unit: string;
  readonly range: string;
  readonly flag: "HH" | "H" | "N" | "L" | "LL" | "A" | "";
}

/** An imaging study that lies in an archive; pixels come apart from it. */
export interface Image extends Item {
  readonly studyUid: string;
  readonly accession: string;
  readonly modalities: readonly string[];
  readonly description: string;
  readonly bodySite: string;
  readonly department: string;
  readonly series: readonly {
    readonly uid: string;
    readonly modality: string;
    readonly description: string;
    readonly instances: number;
    readonly drawable: boolean;
  }[];
}
