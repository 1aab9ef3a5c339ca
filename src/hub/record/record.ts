/**
 * The source record: the one type that every hospital format becomes.
 * A record states what one hospital said in one message, in its own words; nothing is merged, judged or dropped here.
 */
import type { Base, ClinicalDate, Concept, Quantity } from "./base.ts";
import type { FileIdentity } from "./file.ts";
import type { Warning } from "./warning.ts";
import type {
  AbsenceRecord,
  CareLevelRecord,
  DeviceRecord,
  DialysisRecord,
  DocumentRecord,
  ImmunizationRecord,
  OrderRecord,
  PregnancyRecord,
  StudyRecord,
  VitalRecord,
  WishRecord,
} from "./wider.ts";

export type * from "./base.ts";
export type { FileIdentity } from "./file.ts";
export { type Warning, type WarningCode, warningCodes } from "./warning.ts";
export type * from "./wider.ts";

export interface PatientName {
  readonly family: string;
  readonly given: string;
  readonly representation: "ideographic" | "phonetic" | "alphabetic" | "unknown";
}
export interface Telecom {
  readonly number: string;
  readonly use: string;
}
export interface Address {
  readonly text: string;
  readonly postal: string;
  readonly kind: "home" | "business" | "other";
}
export interface Insurance {
  readonly kind: string;
  readonly insurer: string;
  readonly symbol: string;
  readonly number: string;
  readonly branch: string;
  readonly from: ClinicalDate | null;
  readonly to: ClinicalDate | null;
  readonly relation: string;
}
export interface Contact {
  readonly name: string;
  readonly relation: string;
  readonly telecoms: readonly Telecom[];
  readonly address: string;
}

/**
 * What one message's PID says. Every file carries one, so a person without ADT-00 still has a name; ADT-00's is the fullest
 * (contacts, insurances and disabilities come from it and ADT-22 alone), so readers prefer the file of that type.
 */
export interface PatientRecord extends Base {
  readonly kind: "patient";
  readonly names: readonly PatientName[];
  readonly birthDate: ClinicalDate | null;
  /** HL7 table 0001 letter as sent: M F O U A N, or "" . */
  readonly sex: string;
  readonly addresses: readonly Address[];
  readonly telecoms: readonly Telecom[];
  readonly insurances: readonly Insurance[];
  readonly contacts: readonly Contact[];
  /** DB1: kind code and Y/N as sent. */
  readonly disabilities: readonly { readonly kind: Concept; readonly present: string }[];
}

/** Height, weight, blood group of ADT-00: registration data. */
export interface RegistrationRecord extends Base {
  readonly kind: "registration";
  readonly what: "height" | "weight" | "abo" | "rh" | "other";
  readonly test: Concept;
  readonly value: string;
  readonly unit: string;
}

export interface AllergyRecord extends Base {
  readonly kind: "allergy";
  readonly origin: "AL1" | "IAM";
  /** HL70127 letter as sent (DA FA MA MC EA AA PA LA). */
  readonly category: Concept;
  readonly substance: Concept;
  /** HL70128 SV MO MI U as sent, or "". */
  readonly severity: string;
  readonly reactions: readonly string[];
  /** IAM-6 A D U, or "". */
  readonly action: string;
  /** IAM-7: names one statement within its hospital, or "". */
  readonly instance: string;
  /** IAM-9 AD AL CT IN SE, or "". */
  readonly sensitivity: string;
  readonly onset: ClinicalDate | null;
  readonly onsetText: string;
  /** IAM-17 C D E I P S U, R for what FHIR calls refuted, or "". */
  readonly status: string;
  readonly reportedAt: ClinicalDate | null;
  readonly informant: string;
  readonly verifiedBy: string;
  readonly verifierRole: string;
  readonly verifiedAt: ClinicalDate | null;
}

export interface MedicineRecord extends Base {
  readonly kind: "medicine";
  readonly stage: "ordered" | "given" | "dispensed";
  /** True for OMP-02 / OMP-12: the drugs stand in RXC, RXE-2 is only the kind of injection. */
  readonly injection: boolean;
  readonly injectionKind: Concept | null;
  readonly orderNo: string;
  /** ORC-1 as sent (NW; CA or DC = withdrawn …), or "": a withdrawn order may stand in a valid file. */
  readonly orderControl: string;
  /** ORC-29 (HL70482), else PV1-2: I inpatient, O outpatient, or "". */
  readonly orderType: string;
  /** Lines of one prescription group (RP) share it; "" when not sent. */
  readonly group: string;
  readonly drug: Concept;
  /** RXE-3, RXC-3; of an injection given RXA-6. Never the amount handed out. */
  readonly dosePerIntake: Quantity | null;
  readonly dosePerDay: Quantity | null;
  /** RXE-10; of what was dispensed RXA-6. */
  readonly total: Quantity | null;
  readonly form: string;
  readonly usage: Concept | null;
  readonly usageText: string;
  readonly days: string;
  readonly times: string;
  readonly start: ClinicalDate | null;
  /** TQ1-8: end of the order. */
  readonly end: ClinicalDate | null;
  /** RXA-4: when handing out or giving ended; says nothing of how long a supply lasts. */
  readonly actEnd: ClinicalDate | null;
  readonly route: Concept | null;
  readonly categories: readonly Concept[];
  readonly rate: Quantity | null;
  /** RXA-20 CP PA RE NA, or "". */
  readonly completion: string;
  readonly department: Concept | null;
  readonly prescriber: string;
  readonly note: string;
}

export interface DiagnosisRecord extends Base {
  readonly kind: "diagnosis";
  readonly disease: Concept;
  readonly icd10: Concept | null;
  readonly prefixes: readonly Concept[];
  readonly suffixes: readonly Concept[];
  readonly text: string;
  /** PRB-1 as sent. */
  readonly action: string;
  /** PRB-13 (JHSD0005) "1^疑い": as sent. */
  readonly certainty: Concept | null;
  /** PRB-14. */
  readonly outcome: Concept | null;
  readonly onset: ClinicalDate | null;
  readonly entered: ClinicalDate | null;
  readonly end: ClinicalDate | null;
  readonly expectedEnd: ClinicalDate | null;
  /** PRB-18 "1^主診断". */
  readonly rank: Concept | null;
  /** PRB-10 comp 4/5: 外来時, 入院時 … */
  readonly phase: string;
  readonly instance: string;
  /** PRB-25 (HL70177) as sent: V very restricted, R restricted, U usual, or "". */
  readonly confidentiality: string;
  readonly department: Concept | null;
}

export interface LabRecord extends Base {
  readonly kind: "lab";
  readonly orderNo: string;
  /** ORC-1 as sent (SC; CA or DC = withdrawn …), or "". */
  readonly orderControl: string;
  readonly panel: Concept | null;
  readonly test: Concept;
  readonly specimen: Concept | null;
  readonly collected: ClinicalDate | null;
  /** OBX-2. */
  readonly valueType: string;
  /** OBX-5 as sent, spaces kept. */
  readonly value: string;
  /** OBX-5 where it is coded (CWE). */
  readonly valueConcept: Concept | null;
  readonly unit: string;
  readonly range: string;
  /** OBX-8 repetitions as sent. */
  readonly flags: readonly string[];
  /** OBX-11 F P C X D O. */
  readonly resultStatus: string;
  readonly subId: string;
  readonly notes: readonly string[];
  /** Which list it belongs to where the source says so; laboratory otherwise. */
  readonly group?: "laboratory" | "infection" | "checkup";
}

export interface ProcedureRecord extends Base {
  readonly kind: "procedure";
  readonly what: "radiology" | "endoscopy" | "physiology" | "surgery" | "treatment" | "rehabilitation" | "transfusion" | "other";
  readonly stage: "performed" | "result";
  readonly orderNo: string;
  /** ORC-1 as sent (NW, PA parent, CH child; CA or DC = withdrawn …), or "". */
  readonly orderControl: string;
  readonly name: Concept;
  readonly modality: string;
  readonly accession: string;
  readonly studyUid: string;
  readonly findings: readonly { readonly test: Concept; readonly value: string; readonly unit: string; readonly status: string }[];
  readonly materials: readonly string[];
  readonly department: Concept | null;
}

export interface VisitRecord extends Base {
  readonly kind: "visit";
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
  /** The message takes the event back (ADT^A11, A13 …) though its file is valid. */
  readonly cancelled: boolean;
  /** PV1-2 I O E as sent. */
  readonly patientClass: string;
  readonly department: Concept | null;
  readonly ward: string;
  readonly room: string;
  readonly doctor: string;
  readonly admitted: ClinicalDate | null;
  readonly discharged: ClinicalDate | null;
  /** PV1-36. */
  readonly disposition: string;
}

/** What we could not place: kept as sent, counted, never dropped. */
export interface RawRecord extends Base {
  readonly kind: "raw";
  readonly text: string;
}

export type SourceRecord =
  | PatientRecord
  | RegistrationRecord
  | AllergyRecord
  | MedicineRecord
  | DiagnosisRecord
  | LabRecord
  | ProcedureRecord
  | VisitRecord
  | OrderRecord
  | DocumentRecord
  | VitalRecord
  | StudyRecord
  | DeviceRecord
  | ImmunizationRecord
  | DialysisRecord
  | WishRecord
  | PregnancyRecord
  | CareLevelRecord
  | AbsenceRecord
  | RawRecord;

/** Records of one valid file, as identity and summarize get them. */
export interface FiledRecords {
  readonly file: FileIdentity;
  /** Instant the hub took it in (ISO 8601, UTC). */
  readonly received: string;
  readonly records: readonly SourceRecord[];
  readonly warnings: readonly Warning[];
}
