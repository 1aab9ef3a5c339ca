/** Accepted notes of one patient as a FHIR R4 document: what a hospital's chart takes in. Rules and tests: README.md. */
import type { Composition, CompositionSection, Device, Organization, Patient, Practitioner, Reference, Resource } from "@medplum/fhirtypes";
import type { NoteKind } from "../../shared/note/note.ts";
import { clean, given, loinc, Maker, plain } from "../ips/make.ts";
import { acceptedIn, type Chart, type ChartNote } from "./chart.ts";
import { type Around, resourcesOf } from "./fhir-notes.ts";
import { linesOf, sexWords, subjectLine } from "./said.ts";

export interface FhirOptions {
  /** UUID of the Bundle, lower case. */
  readonly id: string;
  /** Instant it is made (ISO 8601, UTC). */
  readonly at: string;
}

const chapters: readonly { readonly kinds: readonly NoteKind[]; readonly code: string; readonly title: string }[] = [
  { kinds: ["vitals"], code: "8716-3", title: "バイタルサイン" },
  { kinds: ["medication"], code: "29549-3", title: "投与した薬" },
  { kinds: ["treatment"], code: "47519-4", title: "処置" },
  { kinds: ["order"], code: "46209-3", title: "指示" },
  { kinds: ["text", "identified"], code: "34109-9", title: "記録" },
];

/**
 * JSON text of the document Bundle; deterministic. In it stand accepted notes alone: those that no other takes the place of as final, those
 * that were corrected as entered in error, with what corrects them beside them.
 */
export function toFhir(chart: Chart, options: FhirOptions): string {
  const accepted = acceptedIn(chart);
  const make = new Maker(options.id, []);
  const patient = make.add(patientOf(chart));
  const around = aroundOf(make, patient);
  const section = chapters.flatMap(({ kinds, code, title }) => {
    const notes = accepted.filter(({ note }) => kinds.includes(note.content.kind));
    return notes.length === 0 ? [] : [sectionOf(title, code, notes, around)];
  });
  const composition: Composition = {
    resourceType: "Composition",
    status: "final",
    type: loinc("34111-5", "Emergency department Note"),
    subject: patient,
    date: options.at,
    author: [...around.authors()],
    title: "災害時メモ（システム停止中に端末で書かれた記録）",
    section,
  };
  return make.document(options.at, composition);
}

function patientOf({ person, unknown, subject }: Chart): Patient {
  const aliases = unknown.map(({ id, label }) => ({
    system: "urn:tomoshibi:unknown-patient",
    value: id,
    assigner: { display: clean(label) },
  }));
  if (person === null) {
    const [first] = unknown;
    return {
      resourceType: "Patient",
      identifier: aliases,
      name: [{ use: "temp", text: `${clean(first?.label ?? "") || "不明"}（身元不明）` }],
      gender: genderOf(first?.sex ?? ""),
    };
  }
  const kana = clean(person.kana);
  const born = /^\d{4}(-\d\d(-\d\d)?)?$/.exec(person.birthDate)?.[0];
  return {
    resourceType: "Patient",
    identifier: [{ system: "urn:tomoshibi:person", value: subject }, ...aliases],
    name: [{ use: "official", text: clean(person.name) || "不明" }, ...(kana === "" ? [] : [{ use: "official" as const, text: kana }])],
    gender: genderOf(person.sex),
    ...given("birthDate", born),
  };
}

const genders: Readonly<Record<string, Patient["gender"]>> = { 男: "male", 女: "female", その他: "other" };
const genderOf = (sex: string): NonNullable<Patient["gender"]> => genders[sexWords[sex] ?? ""] ?? "unknown";

function sectionOf(title: string, code: string, notes: readonly ChartNote[], around: Around): CompositionSection {
  const entry = notes.flatMap((each) => resourcesOf(each, around));
  return { title, code: loinc(code, title), text: { status: "generated", div: narrative(notes) }, entry: [...entry] };
}

function narrative(notes: readonly ChartNote[]): string {
  const items = notes.map(({ note, correctedBy, siteName, deviceName }) => {
    const lines = linesOf(note).map(escaped).join("<br/>");
    const said = correctedBy === null ? lines : `<del>${lines}</del> （訂正された）`;
    const source = [note.happened.replace("T", " "), note.author.name, siteName, deviceName, subjectLine(note.subject)]
      .map(escaped)
      .join("、");
    return `<li>${said}<br/>${source}</li>`;
  });
  return `<div xmlns="http://www.w3.org/1999/xhtml"><ul>${items.join("")}</ul></div>`;
}

const escaped = (text: string): string => clean(text).replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** Authors, tablets and sites, each a resource once. */
function aroundOf(make: Maker, patient: Reference<Patient>): Around & { authors(): readonly Reference<Practitioner>[] } {
  const known = new Map<string, Reference<Resource>>();
  const once = <R extends Resource>(name: string, resource: () => R): Reference<R> => {
    const found = (known.get(name) as Reference<R> | undefined) ?? make.add(resource());
    known.set(name, found);
    return found;
  };
  const authors = new Set<Reference<Practitioner>>();
  return {
    make,
    patient,
    author({ note: { author } }) {
      const { staff, name } = author;
      const made = once<Practitioner>(`practitioner ${staff} ${name}`, () => ({
        resourceType: "Practitioner",
        identifier: [{ system: "urn:tomoshibi:staff", value: staff }],
        name: [{ text: clean(name) || "不明" }],
      }));
      authors.add(made);
      return made;
    },
    device: ({ note, deviceName, siteName }) => {
      const owner = once<Organization>(`organization ${note.site}`, () => ({
        resourceType: "Organization",
        identifier: [{ system: "urn:tomoshibi:site", value: note.site }],
        name: clean(siteName) || "不明",
      }));
      return once<Device>(`device ${note.device}`, () => ({
        resourceType: "Device",
        identifier: [{ system: "urn:tomoshibi:device", value: note.device }],
        deviceName: [{ name: clean(deviceName) || "不明", type: "user-friendly-name" }],
        type: plain("災害時メモを書いた端末"),
        owner,
      }));
    },
    authors: () => [...authors],
  };
}
