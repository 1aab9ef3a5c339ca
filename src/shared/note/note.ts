/**
 * A downtime note: what staff wrote about a person, or about somebody nobody knows yet, while the systems were down. Notes are
 * append-only: a correction is a note of its own that names the one it corrects. Byte format and rules: README.md.
 */
export const noteKinds = ["vitals", "treatment", "medication", "order", "text", "identified"] as const;
export type NoteKind = (typeof noteKinds)[number];

export const noteSexes = ["male", "female", "other", "unknown"] as const;
export type NoteSex = (typeof noteSexes)[number];

export interface Note {
  readonly version: 1;
  /** base64url of 16 random bytes. */
  readonly id: string;
  readonly subject: NoteSubject;
  /** When it was done or seen: hospital's local time, "YYYY-MM-DDTHH:MM", as the writer says. */
  readonly happened: string;
  /** ms: trusted time of the device when it was written. */
  readonly written: number;
  /** The device knew that its clock may be wrong. */
  readonly clockDoubtful: boolean;
  readonly author: NoteAuthor;
  readonly site: string;
  readonly siteName: string;
  /** base64url of 16 bytes. */
  readonly device: string;
  readonly deviceName: string;
  /** Id of the paper form it was copied from, 26 letters of Crockford base32. */
  readonly form: string | null;
  /** Id of the note that this one takes the place of. */
  readonly corrects: string | null;
  readonly content: NoteContent;
}

export interface NoteAuthor {
  /** Staff id. */
  readonly staff: string;
  readonly name: string;
  readonly role: string;
}

export type NoteSubject = KnownSubject | UnknownSubject;

export interface KnownSubject {
  readonly kind: "person";
  /** Person reference, base64url of 16 bytes. */
  readonly person: string;
  readonly name: string;
  /** "" when unknown. */
  readonly kana: string;
  /** YYYY-MM-DD, YYYY-MM or YYYY. */
  readonly birthDate: string | null;
  readonly sex: NoteSex;
}

export interface UnknownSubject {
  readonly kind: "unknown";
  /** base64url of 16 random bytes: all notes of one unknown patient share it. */
  readonly id: string;
  /** What staff call them: 不明A. */
  readonly label: string;
  /** Years, 0 to 130. */
  readonly ageFrom: number | null;
  readonly ageTo: number | null;
  readonly sex: NoteSex;
  readonly features: string;
  /** Where they were found. */
  readonly found: string;
}

export type NoteContent = Vitals | Treatment | MedicationGiven | Order | FreeText | Identified;

/** Each value is decimal text as typed, its zeros kept; null: not measured. At least one is there. */
export interface Vitals {
  readonly kind: "vitals";
  /** mmHg. */
  readonly systolic: string | null;
  readonly diastolic: string | null;
  /** Per minute. */
  readonly pulse: string | null;
  readonly respirations: string | null;
  /** %, at most 100. */
  readonly spo2: string | null;
  /** L/min. */
  readonly oxygen: string | null;
  /** ℃. */
  readonly temperature: string | null;
  /** mg/dL. */
  readonly glucose: string | null;
  /** kg. */
  readonly weight: string | null;
  /** null within: could not be judged (a tube, swollen eyes). */
  readonly gcs: { readonly e: number | null; readonly v: number | null; readonly m: number | null } | null;
  /** "0" to "300", with -R, -I, -A where it applies. */
  readonly jcs: string | null;
  readonly pupils: string;
}

/** The fields of Vitals that are a number. */
export const measuredFields = [
  "systolic",
  "diastolic",
  "pulse",
  "respirations",
  "spo2",
  "oxygen",
  "temperature",
  "glucose",
  "weight",
] as const satisfies readonly (keyof Vitals)[];
export type MeasuredField = (typeof measuredFields)[number];

export interface Treatment {
  readonly kind: "treatment";
  readonly what: string;
  readonly detail: string;
}

/** Given here, not prescribed. */
export interface MedicationGiven {
  readonly kind: "medication";
  readonly drug: string;
  readonly dose: string;
  readonly unit: string;
  readonly route: string;
  readonly note: string;
}

export interface Order {
  readonly kind: "order";
  readonly what: string;
  readonly detail: string;
  readonly urgent: boolean;
}

export interface FreeText {
  readonly kind: "text";
  readonly text: string;
}

/** The subject, an unknown patient, is this person. Taken back by a correction of another kind. */
export interface Identified {
  readonly kind: "identified";
  /** Person reference, base64url of 16 bytes. */
  readonly person: string;
  readonly name: string;
  readonly kana: string;
  readonly birthDate: string | null;
  /** By what: a card, a relative. */
  readonly how: string;
}
