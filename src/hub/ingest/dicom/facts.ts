import type { WarningCode } from "../../record/record.ts";

/** The three groups of a person's name (PN), components joined by ^, trailing empty ones removed. */
export interface NameGroups {
  readonly alphabetic: string;
  readonly ideographic: string;
  readonly phonetic: string;
}

export interface Noted {
  readonly code: WarningCode;
  /** (gggg,eeee), or "" for the whole. */
  readonly tag: string;
  /** Shortened; may hold patient data. */
  readonly seen: string;
}

/** What the header of one instance states, as sent but decoded and trimmed; "" for what was not sent. */
export interface InstanceFacts {
  readonly patient: {
    /** Number of this hospital; means nothing without the facility. */
    readonly pid: string;
    readonly names: NameGroups;
    /** DICOM DA as sent. */
    readonly birth: string;
    readonly sex: string;
  };
  readonly study: {
    readonly uid: string;
    readonly date: string;
    readonly time: string;
    readonly accession: string;
    readonly description: string;
    readonly department: string;
  };
  readonly series: {
    readonly uid: string;
    readonly modality: string;
    readonly number: string;
    readonly description: string;
    readonly body: string;
  };
  readonly instance: { readonly uid: string; readonly sopClass: string };
  readonly warnings: readonly Noted[];
}

/** How values of one header are got, whatever it is written in (Part 10 or DICOM JSON). Tags as GGGGEEEE. */
export interface Header {
  /** First value as text, trimmed; "" when absent or empty. */
  text(tag: string): string;
  names(tag: string): NameGroups;
  readonly warnings: readonly Noted[];
}

export type Refused = { readonly reason: WarningCode; readonly tag: string };

const tags = {
  sopClass: "00080016",
  sop: "00080018",
  date: "00080020",
  time: "00080030",
  accession: "00080050",
  modality: "00080060",
  study: "00081030",
  series: "0008103E",
  department: "00081040",
  name: "00100010",
  pid: "00100020",
  birth: "00100030",
  sex: "00100040",
  body: "00180015",
  studyUid: "0020000D",
  seriesUid: "0020000E",
  number: "00200011",
} as const;

/** Without these an instance is nobody's, or cannot be named. */
const needed = [tags.pid, tags.studyUid, tags.seriesUid, tags.sop] as const;
const uids: readonly string[] = [tags.studyUid, tags.seriesUid, tags.sop];

/** Facts of one header, or why it cannot be anybody's: field-missing, number-malformed (a UID that is none). */
export function factsOf(header: Header): InstanceFacts | Refused {
  for (const tag of needed) {
    const value = header.text(tag);
    if (value === "") return { reason: "field-missing", tag: written(tag) };
    if (uids.includes(tag) && !/^[0-9.]{1,64}$/.test(value)) return { reason: "number-malformed", tag: written(tag) };
  }
  const of = (name: keyof typeof tags) => header.text(tags[name]);
  return {
    patient: { pid: of("pid"), names: header.names(tags.name), birth: of("birth"), sex: of("sex") },
    study: {
      uid: of("studyUid"),
      date: of("date"),
      time: of("time"),
      accession: of("accession"),
      description: of("study"),
      department: of("department"),
    },
    series: { uid: of("seriesUid"), modality: of("modality"), number: of("number"), description: of("series"), body: of("body") },
    instance: { uid: of("sop"), sopClass: of("sopClass") },
    warnings: header.warnings,
  };
}

/** (gggg,eeee). */
export function written(tag: string): string {
  return `(${tag.slice(0, 4)},${tag.slice(4)})`;
}

/** The groups of one PN value: alphabetic=ideographic=phonetic. */
export function splitName(value: string): NameGroups {
  const [alphabetic = "", ideographic = "", phonetic = ""] = value.split("=").map((group) => group.replace(/[\s^]+$/, "").trim());
  return { alphabetic, ideographic, phonetic };
}

export function isRefused(read: InstanceFacts | Refused): read is Refused {
  return "reason" in read;
}
