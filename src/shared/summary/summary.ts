/**
 * The emergency summary of one person: what is sealed, and what the screen draws.
 * Deterministic: the same source records give the same Summary, byte for byte (encode.ts); no clock is read.
 */

import type { CareLevel, Checkup, Device, Dialysis, Document, Image, Immunization, Infection, Pregnancy, Vital, Wish } from "./wider.ts";

export const SUMMARY_VERSION = 3;

/** As sent, precision kept: "2011", "2011-07", "2011-07-01", "2011-07-01T22:46" (hospital local time, JST). */
export type ClinicalDate = string;

/** clinical-safety.md §1: 「なし」 stands for confirmedNone only. */
export const absenceStates = ["present", "confirmedNone", "notAsked", "notRecorded", "unavailable"] as const;
export type AbsenceState = (typeof absenceStates)[number];

export const sourceKinds = ["chart", "claim", "ePrescription", "dispensing", "checkup", "self"] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** A hospital (or pharmacy …) that contributed; items point here by position. */
export interface Source {
  /** 10-digit facility code. */
  readonly facility: string;
  readonly name: string;
  readonly kind: SourceKind;
  /** Telephone of the facility, "" when unknown. */
  readonly telephone: string;
  /** Identifier of the person there. */
  readonly pid: string;
}

export interface Code {
  readonly system: string;
  readonly code: string;
  readonly text: string;
}

/** What a person reads, and the codes behind it. `local`: codes of one hospital only, never compared across hospitals. */
export interface Coded {
  readonly text: string;
  readonly codes: readonly Code[];
  readonly local: boolean;
}

export interface Quantity {
  readonly value: string;
  readonly unit: string;
}

/** On every item: date of the fact, source, time received, and what a reader must know. */
export interface Item {
  readonly date: ClinicalDate | null;
  /** Position in Summary.sources. */
  readonly source: number;
  /** Instant the hub received it (ISO 8601 UTC). */
  readonly received: string;
  /** Warning codes kept with the record. */
  readonly warnings: readonly string[];
  /** Other statements of the same thing that were folded into this one: nothing a source said is lost. */
  readonly also: readonly { readonly source: number; readonly date: ClinicalDate | null; readonly received: string }[];
}

export interface Allergy extends Item {
  readonly substance: Coded;
  readonly category: "drug" | "food" | "environment" | "animal" | "plant" | "pollen" | "misc" | "contraindication" | "unknown";
  readonly contraindication: boolean;
  readonly severity: "severe" | "moderate" | "mild" | "unknown";
  readonly reactions: readonly string[];
  readonly onset: string;
  readonly verification: "confirmed" | "unconfirmed" | "suspected" | "doubted" | "unknown";
  /** confirmed-inactive: shown apart and dated, never as none. */
  readonly resolved: boolean;
  /** Text such as 「なし」 as sent: neither an allergy nor confirmed none. */
  readonly saysNone: boolean;
  readonly verifiedBy: string;
}

/** dose: another daily dose; stopped: ended or withdrawn elsewhere; notDispensed: prescribed and never handed out; route: another route. */
export const conflictKinds = ["dose", "stopped", "notDispensed", "route"] as const;
export type ConflictKind = (typeof conflictKinds)[number];

export interface Medicine extends Item {
  readonly drug: Coded;
  readonly stage: "ordered" | "dispensed" | "given";
  readonly injection: boolean;
  readonly route: string;
  readonly form: string;
  readonly dosePerIntake: Quantity | null;
  readonly dosePerDay: Quantity | null;
  readonly total: Quantity | null;
  readonly usage: string;
  readonly days: number | null;
  readonly times: number | null;
  readonly start: ClinicalDate | null;
  /** Last day of supply: as sent, else start + days − 1; null when it cannot be told. */
  readonly end: ClinicalDate | null;
  readonly setting: "outpatient" | "inpatient" | "unknown";
  readonly completion: "complete" | "partial" | "refused" | "notGiven" | null;
  readonly department: string;
  /** Generic name by which lines of different hospitals and brands are put side by side; "" when none is known. */
  readonly ingredient: string;
  /** Why sources disagree about this medicine, one word each of `conflictKinds`; [] when they do not. */
  readonly conflicts: readonly ConflictKind[];
  /** Same prescription group in one order. */
  readonly group: string;
  readonly note: string;
}

export interface Diagnosis extends Item {
  /** prefix + disease + suffix, as a person reads it. */
  readonly disease: Coded;
  readonly suspected: boolean;
  readonly main: boolean;
  readonly active: boolean;
  readonly phase: string;
  readonly onset: ClinicalDate | null;
  readonly end: ClinicalDate | null;
  readonly outcome: "died" | "recovered" | "recovering" | "unchanged" | "sequelae" | "worse" | "unknown" | null;
}

export interface LabValue {
  readonly value: string;
  readonly unit: string;
  readonly date: ClinicalDate | null;
  readonly source: number;
}

/** An earlier value that may stand in one line with the latest: the same test, specimen and unit. */
export interface LabPoint extends LabValue {
  readonly flag: Lab["flag"];
}

/** Most earlier values beside the latest one. */
export const LAB_HISTORY = 7;

/** Latest value of one test of one specimen; tests of different hospitals stay apart unless their JLAC10 code is the same. */
export interface Lab extends Item {
  readonly test: Coded;
  readonly specimen: string;
  readonly value: string;
  readonly unit: string;
  readonly range: string;
  readonly flag: "HH" | "H" | "N" | "L" | "LL" | "A" | "";
  readonly result: "final" | "preliminary" | "corrected";
  /** The value before, whatever its unit. */
  readonly previous: LabValue | null;
  /** Values before, newest first, of the two years up to this one, at most LAB_HISTORY; of another unit none. */
  readonly history: readonly LabPoint[];
  /** Analyte of clinical-safety.md §7 it is known as, else "". */
  readonly analyte:
    | "Cr"
    | "eGFR"
    | "K"
    | "Na"
    | "Hb"
    | "Plt"
    | "PT-INR"
    | "glucose"
    | "HbA1c"
    | "CRP"
    | "BNP"
    | "NT-proBNP"
    | "troponin"
    | "";
  readonly notes: readonly string[];
}

export interface Procedure extends Item {
  readonly name: Coded;
  readonly what: "radiology" | "endoscopy" | "physiology" | "surgery" | "treatment" | "rehabilitation" | "transfusion" | "other";
  readonly modality: string;
  readonly accession: string;
  readonly studyUid: string;
  readonly findings: readonly string[];
  readonly department: string;
}

export interface Visit extends Item {
  readonly event:
    | "outpatient"
    | "admission"
    | "discharge"
    | "transfer"
    | "leave"
    | "return"
    | "doctorChange"
    | "plannedAdmission"
    | "plannedTransfer"
    | "plannedDischarge";
  readonly department: string;
  readonly ward: string;
  readonly doctor: string;
  readonly admitted: ClinicalDate | null;
  readonly discharged: ClinicalDate | null;
}

export interface Contact extends Item {
  readonly name: string;
  readonly relation: string;
  readonly telephones: readonly string[];
}

/** Height, weight, blood group, disability: registration data, labelled so; a blood group here is never a crossmatch. */
export interface Registration extends Item {
  readonly what: "height" | "weight" | "abo" | "rh" | "disability" | "other";
  readonly text: string;
  readonly unit: string;
}

export interface Section<T> {
  readonly state: AbsenceState;
  /** For confirmedNone: who checked, role, date. */
  readonly confirmed: { readonly by: string; readonly role: string; readonly date: ClinicalDate } | null;
  readonly items: readonly T[];
  /** Stated window, null when nothing was cut by date. */
  readonly window: { readonly from: ClinicalDate; readonly to: ClinicalDate } | null;
  /** Items the hub holds beyond what is sealed here. */
  readonly more: number;
}

export interface PersonName {
  readonly family: string;
  readonly given: string;
}

export interface Identity {
  readonly kanji: PersonName | null;
  readonly kana: PersonName | null;
  readonly alphabetic: PersonName | null;
  /** YYYY-MM-DD, shorter when that is all that was sent, null when unknown or unreadable. */
  readonly birthDate: ClinicalDate | null;
  readonly sex: "male" | "female" | "other" | "unknown";
  readonly address: string;
  readonly telephones: readonly string[];
  /** Every hospital number this person has. */
  readonly identifiers: readonly { readonly source: number; readonly value: string }[];
  /** Other names, birth dates or sexes that hospitals sent, as text: a reason to check who this is. */
  readonly conflicts: readonly string[];
}

export const sectionNames = [
  "allergies",
  "medicines",
  "diagnoses",
  "labs",
  "procedures",
  "visits",
  "contacts",
  "registration",
  "documents",
  "vitals",
  "infections",
  "dialysis",
  "devices",
  "immunizations",
  "wishes",
  "pregnancy",
  "careLevel",
  "checkups",
  "images",
] as const;
export type SectionName = (typeof sectionNames)[number];

export interface Sections {
  readonly allergies: Section<Allergy>;
  readonly medicines: Section<Medicine>;
  readonly diagnoses: Section<Diagnosis>;
  readonly labs: Section<Lab>;
  readonly procedures: Section<Procedure>;
  readonly visits: Section<Visit>;
  readonly contacts: Section<Contact>;
  readonly registration: Section<Registration>;
  readonly documents: Section<Document>;
  readonly vitals: Section<Vital>;
  readonly infections: Section<Infection>;
  readonly dialysis: Section<Dialysis>;
  readonly devices: Section<Device>;
  readonly immunizations: Section<Immunization>;
  readonly wishes: Section<Wish>;
  readonly pregnancy: Section<Pregnancy>;
  readonly careLevel: Section<CareLevel>;
  readonly checkups: Section<Checkup>;
  readonly images: Section<Image>;
}

export interface Summary {
  readonly version: typeof SUMMARY_VERSION;
  readonly identity: Identity;
  readonly sources: readonly Source[];
  /** Newest instant at which the hub received anything of this person: "as of". */
  readonly asOf: string;
  readonly sections: Sections;
}

export * from "./part.ts";
export type * from "./wider.ts";
