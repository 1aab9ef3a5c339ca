/** Kinds of source records beyond the SS-MIX2 core: what documents, FHIR and DICOM state. As in record.ts nothing is merged or judged here. */
import type { Base, ClinicalDate, Concept, Quantity } from "./base.ts";
import type { Telecom } from "./record.ts";

/** What was asked for and not yet done; never a result, never a given drug (OML-01, OMG-01 … 03, OMD, ServiceRequest). */
export interface OrderRecord extends Base {
  readonly kind: "order";
  readonly what: "lab" | "radiology" | "endoscopy" | "physiology" | "diet" | "other";
  readonly orderNo: string;
  /** ORC-1 as sent, or "". */
  readonly orderControl: string;
  readonly name: Concept;
  /** Day it is planned for (TQ1-7), null when not sent. */
  readonly planned: ClinicalDate | null;
  readonly accession: string;
  readonly department: Concept | null;
  readonly note: string;
}

/** A written document: its text by section, what was attached, and where both came from. */
export interface DocumentRecord extends Base {
  readonly kind: "document";
  readonly what: "dischargeSummary" | "progressNote" | "outpatientNote" | "referral" | "checkup" | "jspeed" | "plan" | "other";
  /** Type as sent (LOINC or local). */
  readonly type: Concept;
  readonly title: string;
  readonly author: string;
  readonly department: string;
  /** Plain text, markup removed; lines kept. */
  readonly sections: readonly { readonly code: Concept | null; readonly title: string; readonly text: string }[];
  readonly attachments: readonly {
    readonly name: string;
    /** Media type, by content where it was not sent. */
    readonly type: string;
    readonly size: number;
    /** SHA-256 of the bytes, base64url; "" when the bytes are not with it. */
    readonly hash: string;
  }[];
  /** Names this document over its versions within its hospital, or "". */
  readonly identifier: string;
  /** CDA confidentialityCode as sent, when it is not N: R restricted, V very restricted. */
  readonly confidentiality?: string;
}

/** One measured vital sign. */
export interface VitalRecord extends Base {
  readonly kind: "vital";
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
  readonly test: Concept;
  readonly value: string;
  readonly unit: string;
}

/** An imaging study: what lies in an archive, not its pixels. */
export interface StudyRecord extends Base {
  readonly kind: "study";
  readonly studyUid: string;
  readonly accession: string;
  readonly modalities: readonly string[];
  readonly description: string;
  readonly bodySite: string;
  readonly department: string;
  readonly series: readonly {
    readonly uid: string;
    readonly modality: string;
    readonly number: string;
    readonly description: string;
    readonly instances: number;
    /** False for what is listed but not drawn (SR, RTDOSE, KO, PR …). */
    readonly drawable: boolean;
  }[];
  /** DICOMweb base, or "" when the files came by themselves. */
  readonly endpoint: string;
}

export interface DeviceRecord extends Base {
  readonly kind: "device";
  readonly device: Concept;
  readonly site: string;
  readonly status: "active" | "removed" | "unknown";
  readonly implanted: ClinicalDate | null;
  readonly removed: ClinicalDate | null;
  readonly manufacturer: string;
  readonly model: string;
  /** UDI or serial number as sent, or "". */
  readonly identifier: string;
  readonly note: string;
}

export interface ImmunizationRecord extends Base {
  readonly kind: "immunization";
  readonly vaccine: Concept;
  /** FHIR status as sent: completed, not-done, entered-in-error. */
  readonly status: string;
  readonly dose: string;
  readonly lot: string;
  readonly note: string;
}

/** Dialysis as it is run for this person. */
export interface DialysisRecord extends Base {
  readonly kind: "dialysis";
  /** HD, HDF, CAPD … as sent. */
  readonly modality: Concept;
  readonly access: string;
  readonly schedule: string;
  readonly dryWeight: Quantity | null;
  readonly place: string;
  readonly details: readonly { readonly label: string; readonly value: string }[];
}

/** What the person wishes, or who speaks for them (ACP, DNAR, proxy). */
export interface WishRecord extends Base {
  readonly kind: "wish";
  readonly what: "dnar" | "treatmentLimit" | "acp" | "proxy" | "donation" | "other";
  readonly text: string;
  /** Who stated or recorded it, or "". */
  readonly by: string;
  readonly contacts: readonly { readonly name: string; readonly relation: string; readonly telecoms: readonly Telecom[] }[];
  /** False when it was taken back or replaced. */
  readonly inForce: boolean;
}

export interface PregnancyRecord extends Base {
  readonly kind: "pregnancy";
  readonly status: "pregnant" | "notPregnant" | "postpartum" | "breastfeeding" | "unknown";
  readonly due: ClinicalDate | null;
  readonly text: string;
}

/** 要介護度, 障害支援区分 …: a level granted for a time. */
export interface CareLevelRecord extends Base {
  readonly kind: "careLevel";
  readonly level: Concept;
  readonly from: ClinicalDate | null;
  readonly to: ClinicalDate | null;
}

/** The source says something about a whole section that has no item: checked and none, not asked, or withheld. */
export interface AbsenceRecord extends Base {
  readonly kind: "absence";
  /** Name of the section in the Summary. */
  readonly section: string;
  readonly state: "confirmedNone" | "notAsked" | "notRecorded" | "unavailable";
  /** Who checked; "" when not said: then it is no *confirmed* none. */
  readonly by: string;
  readonly role: string;
  readonly text: string;
}
