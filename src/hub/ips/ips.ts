/** The International Patient Summary (HL7 FHIR IPS 2.0, R4) of one Summary. Rules and the tests that hold them: README.md. */
import type { Composition, CompositionSection, Patient, Reference, Resource } from "@medplum/fhirtypes";
import { withoutUndisclosed } from "../../shared/summary/disclosed.ts";
import type { Identity, Section, SectionName, Summary } from "../../shared/summary/summary.ts";
import { allergy, diagnosis, medicine, procedure } from "./clinical.ts";
import { clean, dated, given, loinc, Maker, plain } from "./make.ts";
import { careLevel, checkup, infection, lab, pregnancy, registration, vital } from "./measured.ts";
import { noneOf, witness } from "./none.ts";
import { device, dialysis, document, image, immunization, visit, wish } from "./others.ts";

export interface IpsOptions {
  /** UUID of the Bundle, lower case. */
  readonly id: string;
  /** Instant it is made (ISO 8601, UTC). */
  readonly at: string;
  /** Who issues it: the hub's region. */
  readonly author: string;
  /** What a patient may hold has nothing that the patient has not been told; staff get all, tagged. */
  readonly reader: "patient" | "staff";
}

interface Chapter {
  readonly sections: readonly SectionName[];
  readonly code: string;
  readonly title: string;
  /** IPS wants it said even when there is nothing. */
  readonly required?: true;
}

/** In the order of IPS, then what IPS has no section for. */
const chapters: readonly Chapter[] = [
  { sections: ["allergies"], code: "48765-2", title: "アレルギー・禁忌", required: true },
  { sections: ["medicines"], code: "10160-0", title: "薬", required: true },
  { sections: ["diagnoses"], code: "11450-4", title: "病名・既往", required: true },
  { sections: ["immunizations"], code: "11369-6", title: "予防接種" },
  { sections: ["labs"], code: "30954-2", title: "検査" },
  { sections: ["procedures"], code: "47519-4", title: "処置・手術" },
  { sections: ["devices"], code: "46264-8", title: "体内機器" },
  { sections: ["wishes"], code: "42348-3", title: "本人の意思" },
  { sections: ["pregnancy"], code: "10162-6", title: "妊娠" },
  { sections: ["vitals"], code: "8716-3", title: "バイタル" },
  { sections: ["careLevel"], code: "47420-5", title: "介護度・支援区分" },
  { sections: ["infections"], code: "18725-2", title: "感染症" },
  { sections: ["registration"], code: "29762-2", title: "登録情報" },
  { sections: ["checkups"], code: "51898-5", title: "健診" },
  { sections: ["dialysis"], code: "57062-2", title: "透析" },
  { sections: ["images"], code: "18748-4", title: "画像" },
  { sections: ["visits"], code: "46240-8", title: "受診・入院" },
  { sections: ["documents"], code: "11506-3", title: "文書・経過記録" },
];

/**
 * JSON text of the document Bundle: deterministic, the same Summary and options give the same bytes. Silence is `unavailable` or `notasked`,
 * never `nilknown`: only a confirmed none is that.
 */
export function toIps(whole: Summary, options: IpsOptions): string {
  const summary = options.reader === "patient" ? withoutUndisclosed(whole) : whole;
  const make = new Maker(options.id, summary.sources);
  const patient = make.add(patientOf(summary));
  const author = make.add({ resourceType: "Organization", name: clean(options.author) || "不明" });
  const section = chapters.flatMap((chapter) => sectionOf(chapter, summary, patient, make) ?? []);
  const composition: Composition = {
    resourceType: "Composition",
    status: "final",
    type: loinc("60591-5", "Patient summary Document"),
    subject: patient,
    date: options.at,
    author: [author],
    title: "患者サマリー（国際版）",
    section,
  };
  return make.document(options.at, composition);
}

/** How a section that has no item says why. */
const reasons = {
  confirmedNone: "nilknown",
  notAsked: "notasked",
  notRecorded: "unavailable",
  unavailable: "withheld",
  present: "unavailable",
} as const;

function sectionOf(
  { sections, code, title, required }: Chapter,
  summary: Summary,
  patient: Reference<Patient>,
  make: Maker,
): CompositionSection | null {
  const [name] = sections;
  if (name === undefined) return null;
  const section = summary.sections[name];
  if (section.items.length === 0 && section.state === "notRecorded" && required === undefined) return null;
  const confirmed = section.state === "confirmedNone" && section.confirmed !== null ? section.confirmed : null;
  const none = confirmed === null ? null : noneOf(name, confirmed, patient, make);
  const entry = none === null ? resourcesOf(summary, name, patient, make) : [none];
  const said = confirmed === null ? stateWords[section.state] : `なし（確認済 ${confirmed.date} ${confirmed.by} ${confirmed.role}）`;
  const lines = none === null ? entry.map(({ line }) => line) : [said];
  return {
    title,
    code: loinc(code, title),
    text: { status: "generated", div: narrative(lines.length > 0 ? lines : [said]) },
    ...given(
      "entry",
      entry.map(({ reference }) => reference),
    ),
    ...(entry.length > 0
      ? {}
      : {
          emptyReason: {
            coding: [{ system: "http://terminology.hl7.org/CodeSystem/list-empty-reason", code: reasons[section.state] }],
            text: said,
          },
          ...(confirmed === null ? {} : { author: [make.add(witness(confirmed, make))] }),
        }),
  };
}

/** Never 「なし」 but for a confirmed none. */
const stateWords: Readonly<Record<Section<unknown>["state"], string>> = {
  present: "不明（情報を得ていない）",
  confirmedNone: "不明（情報を得ていない）",
  notAsked: "未確認",
  notRecorded: "不明（情報を得ていない）",
  unavailable: "取得不可",
};

export interface Entry {
  readonly reference: Reference<Resource>;
  /** What the narrative says of it. */
  readonly line: string;
}

function resourcesOf({ sections }: Summary, name: SectionName, patient: Reference<Patient>, make: Maker): Entry[] {
  switch (name) {
    case "allergies":
      return sections.allergies.items.map((item) => allergy(item, patient, make));
    case "medicines":
      return sections.medicines.items.map((item) => medicine(item, patient, make));
    case "diagnoses":
      return sections.diagnoses.items.map((item) => diagnosis(item, patient, make));
    case "labs":
      return sections.labs.items.flatMap((item) => lab(item, patient, make));
    case "procedures":
      return sections.procedures.items.map((item) => procedure(item, patient, make));
    case "visits":
      return sections.visits.items.map((item) => visit(item, patient, make));
    case "contacts":
      return [];
    case "registration":
      return sections.registration.items.map((item) => registration(item, patient, make));
    case "documents":
      return sections.documents.items.map((item) => document(item, patient, make));
    case "vitals":
      return sections.vitals.items.map((item) => vital(item, patient, make));
    case "infections":
      return sections.infections.items.map((item) => infection(item, patient, make));
    case "dialysis":
      return sections.dialysis.items.map((item) => dialysis(item, patient, make));
    case "devices":
      return sections.devices.items.map((item) => device(item, patient, make));
    case "immunizations":
      return sections.immunizations.items.map((item) => immunization(item, patient, make));
    case "wishes":
      return sections.wishes.items.map((item) => wish(item, patient, make));
    case "pregnancy":
      return sections.pregnancy.items.map((item) => pregnancy(item, patient, make));
    case "careLevel":
      return sections.careLevel.items.map((item) => careLevel(item, patient, make));
    case "checkups":
      return sections.checkups.items.map((item) => checkup(item, patient, make));
    case "images":
      return sections.images.items.map((item) => image(item, patient, make));
  }
}

function narrative(lines: readonly string[]): string {
  const escaped = lines.map((line) => `<li>${clean(line).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")}</li>`);
  return `<div xmlns="http://www.w3.org/1999/xhtml"><ul>${escaped.join("")}</ul></div>`;
}

const representation = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation";
const genders = { male: "male", female: "female", other: "other", unknown: "unknown" } as const;

function patientOf({ identity, sources, sections }: Summary): Patient {
  const names = namesOf(identity);
  const contact = sections.contacts.items.map(({ name, relation, telephones }) => ({
    ...(relation === "" ? {} : { relationship: [plain(relation)] }),
    name: { text: clean(name) || "不明" },
    ...given(
      "telecom",
      telephones.map((value) => ({ system: "phone" as const, value: clean(value) })),
    ),
  }));
  return {
    resourceType: "Patient",
    ...given(
      "identifier",
      identity.identifiers.map(({ source, value }) => ({
        system: `urn:oid:1.2.392.100495.20.3.51.1${sources[source]?.facility ?? ""}`,
        value: clean(value),
      })),
    ),
    name: names,
    gender: genders[identity.sex],
    ...dated("birthDate", identity.birthDate),
    ...given(
      "telecom",
      identity.telephones.map((value) => ({ system: "phone" as const, value: clean(value) })),
    ),
    ...(identity.address === "" ? {} : { address: [{ text: clean(identity.address) }] }),
    ...given("contact", contact),
  };
}

function namesOf({ kanji, kana, alphabetic }: Identity): NonNullable<Patient["name"]> {
  const names = [
    [kanji, "IDE"],
    [kana, "SYL"],
    [alphabetic, "ABC"],
  ] as const;
  const written = names.flatMap(([name, code]) =>
    name === null
      ? []
      : [
          {
            extension: [{ url: representation, valueCode: code }],
            text: clean(`${name.family} ${name.given}`),
            ...given("family", clean(name.family)),
            ...given("given", name.given === "" ? [] : [clean(name.given)]),
          },
        ],
  );
  return written.length > 0 ? written : [{ text: "氏名不明" }];
}
