import type { FileIdentity, PatientName, PatientRecord, StudyRecord, Warning } from "../../record/record.ts";
import { parseDate } from "../ssmix2/date.ts";
import type { NameGroups, Noted } from "./facts.ts";
import type { Series, Study } from "./study.ts";

/** Modalities of what is listed and not drawn: reports, doses, plans, structures, states, selections, waveforms, documents. */
const undrawn = new Set(
  "SR KO PR AU DOC ECG EPS HD RESP EEG EMG EOG PLAN REG FID RTDOSE RTPLAN RTSTRUCT RTRECORD RTINTENT RTRAD RTSEGANN SEG RWV SMR STAIN TEXTUREMAP M3D ANN OSS".split(
    " ",
  ),
);

/** SOP classes (below 1.2.840.10008.5.1.4.1.1) whose instances hold no picture, whatever modality their series claims. */
const undrawnClasses = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.(?:9|11|66|67|68|88|104|481\.[2-9]|481\.1\d|200)(?:\.|$)/;

export interface ReadStudy {
  readonly file: FileIdentity;
  readonly records: readonly [PatientRecord, StudyRecord];
  readonly warnings: readonly Warning[];
}

/**
 * Records of a stored study; null when the bytes are none of ours. The identity is (facility, PatientID): a patient number means nothing
 * outside its hospital. Study UID and accession number stand as sent, for whoever links orders by them.
 */
export function readStudy(body: Uint8Array, facility: string): ReadStudy | null {
  const study = decodeStudy(body);
  if (study === null) return null;
  const { patient, study: facts } = study;
  const file: FileIdentity = {
    facility,
    pid: patient.pid,
    day: /^\d{8}$/.test(facts.date) ? facts.date : "-",
    type: "DICOM",
    orderNo: facts.accession,
    stamp: `${/^\d{8}$/.test(facts.date) ? facts.date : "00000000"}${(/^\d{1,6}/.exec(facts.time)?.[0] ?? "").padEnd(9, "0")}`,
    department: "-",
    flag: "1",
    name: `${facts.uid}@${patient.pid}`,
  };
  const segment = `Study/${facts.uid}`;
  const warnings: Noted[] = [...study.warnings];
  const dated = (value: string, tag: string) => {
    const { date, sound } = parseDate(value.replaceAll(".", ""));
    if (!sound) warnings.push({ code: "date-malformed", tag, seen: value.slice(0, 60) });
    return date;
  };
  const when = dated(/^\d{8}$/.test(facts.date) ? `${facts.date}${wholeTime(facts.time)}` : facts.date, "(0008,0020)");
  const person: PatientRecord = {
    kind: "patient",
    date: null,
    segment,
    names: namesOf(patient.names),
    birthDate: dated(patient.birth, "(0010,0030)"),
    sex: patient.sex,
    addresses: [],
    telecoms: [],
    insurances: [],
    contacts: [],
    disabilities: [],
  };
  const record: StudyRecord = {
    kind: "study",
    date: when,
    segment,
    studyUid: facts.uid,
    accession: facts.accession,
    modalities: distinct(study.series.map(({ modality }) => modality)),
    description: facts.description,
    bodySite: distinct(study.series.map(({ body }) => body)).join(", "),
    department: facts.department,
    series: study.series.map((one) => ({
      uid: one.uid,
      modality: one.modality,
      number: one.number,
      description: one.description,
      instances: one.instances.length,
      drawable: isDrawable(one),
    })),
    endpoint: study.endpoint,
  };
  return { file, records: [person, record], warnings: warnings.map((one) => warningOf(one, file.name)) };
}

/** Bytes of the content table → study; null when they are not one. They are the hub's own, so shape is trusted behind the version. */
export function decodeStudy(body: Uint8Array): Study | null {
  try {
    const study = JSON.parse(Buffer.from(body).toString("utf8")) as Study;
    return study.version === 1 ? study : null;
  } catch {
    // Not JSON: the answer that was asked for.
    return null;
  }
}

function warningOf({ code, tag, seen }: Noted, file: string): Warning {
  return { code, file, segment: "DICOM", field: tag, seen };
}

/** HH, HHMM or HHMMSS of a TM; a time of odd length is left out, the day stays. */
function wholeTime(time: string): string {
  const digits = /^\d*/.exec(time.replaceAll(":", ""))?.[0] ?? "";
  return digits.slice(0, Math.min(6, digits.length - (digits.length % 2)));
}

/**
 * One name per group that was sent. What the first group holds is told by its letters: devices put kana there, and wrongly declared ones
 * kanji; it comes last, so that the group made for it is found before it.
 */
function namesOf(groups: NameGroups): PatientName[] {
  return (["ideographic", "phonetic", "alphabetic"] as const).flatMap((group) => {
    const [family = "", ...given] = groups[group].split("^").map((part) => part.trim());
    const name = { family, given: given.slice(0, 2).filter(Boolean).join(" ") };
    const representation = group === "alphabetic" ? kindOf(groups[group]) : group;
    return name.family + name.given === "" ? [] : [{ ...name, representation }];
  });
}

function kindOf(text: string): PatientName["representation"] {
  if (/\p{Script=Han}/u.test(text)) return "ideographic";
  return /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text) ? "phonetic" : "alphabetic";
}

function isDrawable({ modality, instances }: Series): boolean {
  return !undrawn.has(modality) && !(instances.length > 0 && instances.every(({ sopClass }) => undrawnClasses.test(sopClass)));
}

function distinct(list: readonly string[]): string[] {
  return [...new Set(list.filter((one) => one !== ""))];
}
