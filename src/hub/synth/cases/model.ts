/**
 * What a named clinical case is made of: one synthetic person, and what each hospital has of them. Both writers (SS-MIX2, FHIR) read this
 * and nothing else, so that the two forms tell one story. Days are counted back from the day the cases stand at: 0 is today, 3 three days ago.
 */

export type Mark = "A" | "B" | "C" | "D";

export interface CasePerson {
  readonly family: readonly [kanji: string, kana: string];
  readonly given: readonly [kanji: string, kana: string];
  readonly sex: "M" | "F";
  /** YYYYMMDD, or how many days old the person is. */
  readonly born: string | number;
  readonly contact: { readonly given: readonly [kanji: string, kana: string]; readonly relation: readonly [code: string, text: string] };
}

export interface CaseAllergy {
  readonly category: "DA" | "FA" | "MA" | "MC";
  readonly substance: string;
  readonly reaction: string;
  readonly severity: "SV" | "MO" | "MI" | "";
  /** C confirmed, R refuted, S suspected, "" nobody said. */
  readonly status: "C" | "R" | "S" | "";
  /** Days ago, "" for an allergy without any date (AL1). */
  readonly onset: number | "";
  readonly reported: number | "";
}

export interface CaseProblem {
  readonly name: string;
  readonly icd: string;
  /** Days ago. */
  readonly since: number;
  /** Days ago, for what is over. */
  readonly until?: number;
  readonly suspected?: boolean;
  readonly main?: boolean;
}

/** A drug of the tables by its key; what is not given is as in the table. */
export interface CaseDrug {
  readonly key: string;
  readonly dose?: string;
  readonly days?: number;
}

export interface CaseNote {
  readonly sections: readonly (readonly [code: string, title: string, text: string])[];
}

export interface CaseVisit {
  readonly ago: number;
  readonly department: string;
  readonly drugs: readonly CaseDrug[];
  /** Test key (assays.ts) → value as written. */
  readonly labs: Readonly<Record<string, string>>;
  readonly note: CaseNote | null;
  readonly vitals: CaseVitals | null;
}

export interface CaseVitals {
  /** Hour and minute, HHMM. */
  readonly at: string;
  readonly systolic?: string;
  readonly diastolic?: string;
  readonly pulse?: string;
  readonly respiration?: string;
  readonly temperature?: string;
  readonly spo2?: string;
  readonly weight?: string;
}

export interface CaseStay {
  readonly from: number;
  readonly to: number;
  readonly department: string;
  readonly summary: CaseNote;
}

/** What SS-MIX2 standardized storage has no type for: by FHIR in both ways of sending. */
export interface CaseBeside {
  readonly surgery?: readonly { readonly name: string; readonly code: string; readonly ago: number; readonly note: string }[];
  readonly dialysis?: {
    readonly modality: string;
    readonly since: number;
    readonly access: string;
    readonly schedule: string;
    readonly dryWeight: string;
  };
  readonly device?: {
    readonly name: string;
    readonly maker: string;
    readonly model: string;
    readonly serial: string;
    readonly site: string;
    readonly since: number;
    readonly note: string;
  };
  readonly wish?: { readonly title: string; readonly text: string; readonly ago: number };
  /** Days until the expected delivery. */
  readonly pregnancy?: { readonly text: string; readonly stated: number; readonly dueIn: number };
}

export interface CaseSource {
  readonly at: Mark;
  /** Sex and birth date as registered here, where they differ from the person's. */
  readonly sex?: "M" | "F";
  readonly birth?: string;
  readonly registered: number;
  readonly body: { readonly height?: string; readonly weight?: string; readonly abo?: string; readonly rh?: "+" | "-" } | null;
  readonly allergies: readonly CaseAllergy[];
  readonly problems: readonly CaseProblem[];
  readonly visits: readonly CaseVisit[];
  readonly stay: CaseStay | null;
  readonly beside: CaseBeside;
}

export interface Case {
  readonly key: string;
  readonly title: { readonly ja: string; readonly en: string };
  readonly person: CasePerson;
  readonly sources: readonly CaseSource[];
  /** Hospitals that identity does not join by itself, since they disagree on who this is: somebody did. */
  readonly joined: boolean;
}

const nothing = { body: null, allergies: [], problems: [], visits: [], stay: null, beside: {} } as const;

/** A hospital that has what is given, and of everything else nothing. */
export const source = (at: Mark, registered: number, more: Partial<CaseSource>): CaseSource => ({ ...nothing, at, registered, ...more });

export const visit = (ago: number, department: string, more: Partial<CaseVisit> = {}): CaseVisit => ({
  ago,
  department,
  drugs: [],
  labs: {},
  note: null,
  vitals: null,
  ...more,
});

/** Subjective, objective, assessment, plan; what is "" is left out. */
export function soap(s: string, o: string, a: string, p: string): CaseNote {
  const sections = [
    ["61150-9", "S", s],
    ["61149-1", "O", o],
    ["51848-0", "A", a],
    ["18776-5", "P", p],
  ] as const;
  return { sections: sections.filter(([, , text]) => text !== "") };
}

export const discharge = (diagnosis: string, course: string, plan: string): CaseNote => ({
  sections: [
    ["11535-2", "退院時診断", diagnosis],
    ["8648-8", "入院経過", course],
    ["42344-2", "退院後の方針", plan],
  ],
});

/** `"key dose days"` each: `drugs("warfarin 2.5 28", "amlodipine")`. */
export const drugs = (...lines: readonly string[]): readonly CaseDrug[] =>
  lines.map((line) => {
    const [key = "", dose, days] = line.split(" ");
    return { key, ...(dose === undefined ? {} : { dose }), ...(days === undefined ? {} : { days: Number(days) }) };
  });
