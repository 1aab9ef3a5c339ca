import type { Bundle, Composition, CompositionSection, Patient, Resource } from "@medplum/fhirtypes";
import { type Issue, isPlan, type Known, openInput, planInput, readUnit, type Unit } from "../../../../src/hub/ingest/fhir/index.ts";
import type { SourceRecord } from "../../../../src/hub/record/record.ts";

/** People and hospitals that do not exist. */
export const facility = "1310000001";
export const nobody: Known = { patients: new Map(), supports: new Map() };
export const patientUrl = "urn:uuid:11111111-1111-4111-8111-111111111111";
const received = "2026-01-02T03:04:05.000Z";

const represented = (code: string) => [{ url: "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation", valueCode: code }];
export const numberSystem = `urn:oid:1.2.392.100495.20.3.51.1${facility}`;
export const memberSystem = "http://jpfhir.jp/fhir/clins/Idsystem/JP_Insurance_memberID";

export const patient: Patient = {
  resourceType: "Patient",
  id: "lighthouse",
  identifier: [
    { system: numberSystem, value: "0000000701" },
    { system: memberSystem, value: "00999999:灯:７０１:02" },
  ],
  name: [
    { extension: represented("IDE"), family: "灯台", given: ["試子"] },
    { extension: represented("SYL"), family: "トウダイ", given: ["タメコ"] },
  ],
  gender: "female",
  birthDate: "1950-02-03",
};

export const subject = { reference: patientUrl };

export interface Sent {
  readonly fullUrl?: string;
  readonly resource: Resource | Readonly<Record<string, unknown>>;
  readonly request?: Readonly<Record<string, unknown>>;
}

export const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));

/** A JP-CLINS bundle of the patient above. */
export function clins(
  resources: readonly (Resource | Readonly<Record<string, unknown>>)[],
  change: Readonly<Record<string, unknown>> = {},
) {
  return {
    resourceType: "Bundle",
    type: "collection",
    meta: { profile: ["http://jpfhir.jp/fhir/clins/StructureDefinition/JP_Bundle_CLINS|1"] },
    identifier: { system: "http://jpfhir.jp/fhir/clins/bundle-identifier", value: `${facility}^2026^unit-1` },
    timestamp: "2026-01-02T10:00:00+09:00",
    entry: [
      { fullUrl: patientUrl, resource: patient },
      ...resources.map((resource, i) => ({ fullUrl: `urn:uuid:22222222-2222-4222-8222-${String(i).padStart(12, "0")}`, resource })),
    ],
    ...change,
  };
}

export const authorUrl = "urn:uuid:33333333-3333-4333-8333-333333333333";
export const doctor = {
  resourceType: "Practitioner",
  name: [{ text: "見本 医師夫" }],
  qualification: [{ code: { text: "医師" } }],
} as const;

/** A document of the patient above; `composition` changes what its Composition says. */
export function documentOf(
  section: readonly CompositionSection[],
  others: readonly Sent[] = [],
  composition: Partial<Composition> = {},
  author: Resource | Readonly<Record<string, unknown>> = doctor,
) {
  return {
    resourceType: "Bundle",
    type: "document",
    identifier: { system: "urn:ietf:rfc:3986", value: "urn:uuid:44444444-4444-4444-8444-444444444444" },
    timestamp: "2026-01-02T10:00:00+09:00",
    entry: [
      {
        fullUrl: "urn:uuid:55555555-5555-4555-8555-555555555555",
        resource: {
          resourceType: "Composition",
          status: "final",
          type: { coding: [{ system: "http://loinc.org", code: "60591-5" }] },
          subject,
          date: "2026-01-02",
          author: [{ reference: authorUrl }],
          title: "試験要約",
          section,
          ...composition,
        },
      },
      { fullUrl: patientUrl, resource: patient },
      { fullUrl: authorUrl, resource: author },
      ...others,
    ],
  };
}

/** The records of one resource with what it refers to. */
export function recordsOf(main: Resource | Readonly<Record<string, unknown>>, ...others: readonly Sent[]): readonly SourceRecord[] {
  return readOf({ resourceType: "Bundle", type: "collection", entry: [{ resource: main }, ...others] });
}

export function readOf(bundle: Bundle | Readonly<Record<string, unknown>>): readonly SourceRecord[] {
  const read = readUnit(bytesOf(bundle), { facility, pid: "0000000701", path: "fhir/Test/1", received });
  if (read === null) throw new Error("not read");
  return read.records;
}

/** The records of a kind. */
export function kindOf<K extends SourceRecord["kind"]>(records: readonly SourceRecord[], kind: K): Extract<SourceRecord, { kind: K }>[] {
  return records.filter((record): record is Extract<SourceRecord, { kind: K }> => record.kind === kind);
}

export async function planOf(value: unknown, known: Known = nobody, at = facility): Promise<readonly Unit[] | readonly Issue[]> {
  const opened = await openInput(value instanceof Uint8Array ? value : bytesOf(value));
  return "references" in opened ? planInput(opened, at, known) : opened.issues;
}

/** Reason and path of each fault; [] when it may be used. */
export async function faultsOf(value: unknown, known: Known = nobody, at = facility): Promise<string[]> {
  const plan = await planOf(value, known, at);
  return isPlan(plan) ? [] : (plan as readonly Issue[]).map(({ reason, path }) => `${reason} ${path}`.trim());
}
