import type { AuditEventAgent, AuditEventEntity, Coding, Reference } from "@medplum/fhirtypes";
import { toHex } from "../../shared/bytes.ts";
import { dcmCodes, systems } from "./codes.ts";
import type { AuditedEntry } from "./event.ts";
import type { Shape } from "./kinds.ts";
import { line, words } from "./text.ts";

/** A person as the hub's FHIR interface names them. */
export interface Subject {
  /** Of the Patient that the hub's PDQm gives; null: this is no reference of the region. */
  readonly id: string | null;
  /** Numbers at the facilities, as identifiers. */
  readonly numbers: readonly { readonly system: string; readonly value: string }[];
}

type Detail = NonNullable<AuditEventEntity["detail"]>[number];

const entityTypes = {
  person: { system: systems.entityType, code: "1", display: "Person" },
  object: { system: systems.entityType, code: "2", display: "System Object" },
  other: { system: systems.entityType, code: "4", display: "Other" },
} as const;

const roles = {
  patient: { system: systems.objectRole, code: "1", display: "Patient" },
  domainResource: { system: systems.objectRole, code: "4", display: "Domain Resource" },
  securityResource: { system: systems.objectRole, code: "13", display: "Security Resource" },
} as const;

/** BALP's patient: one, by reference; a Reference has room for one identifier, so the facilities' numbers stand in the details. */
export function patientEntity(person: string, { id, numbers }: Subject): AuditEventEntity {
  const what: Reference = {
    ...(id === null ? {} : { reference: `Patient/${id}` }),
    type: "Patient",
    identifier: { system: systems.person, value: line(person) || "unreadable" },
  };
  const detail = numbers.map(({ system, value }): Detail => ({ type: system, valueString: value }));
  return { what, type: entityTypes.person, role: roles.patient, ...(detail.length === 0 ? {} : { detail }) };
}

const names: Readonly<Record<string, string>> = {
  "open-strip": "danger strip",
  "open-rest": "rest of the summary",
  "open-protected": "protected part of the summary",
  "open-region": "parts of a summary, from the hub",
  rescue: "list of people who need rescue",
  pull: "manifest of the site's packs",
};

/** What was opened, printed or handed out. At most one: BALP's `data` slice is told apart by its type, and may be there once. */
export function openedEntity(shape: Shape, entry: AuditedEntry): AuditEventEntity[] {
  const what = line(entry.what);
  const note = words(entry.note);
  const needed = shape.pattern !== "base";
  if (!needed && what === "" && note === "") return [];
  const detail: Detail[] = note === "" ? [] : [{ type: "note", valueString: note }];
  return [
    {
      what: { identifier: { system: systems.opened, value: what === "" ? entry.kind : what } },
      type: entityTypes.object,
      ...(needed ? { role: roles.domainResource } : {}),
      ...(names[entry.kind] === undefined ? {} : { name: names[entry.kind] as string }),
      ...(detail.length === 0 ? {} : { detail }),
    },
  ];
}

/** Where the entry stands: whoever has the journal finds it there, and its hash says whether it is the same. */
export function placeEntity(entry: AuditedEntry): AuditEventEntity {
  const detail = (type: string, valueString: string): Detail => ({ type, valueString });
  return {
    what: { identifier: { system: systems.entry, value: toHex(new Uint8Array(entry.hash)) } },
    type: entityTypes.other,
    role: roles.securityResource,
    detail: [
      detail("chain", entry.chain),
      detail("seq", String(entry.seq)),
      detail("device-clock", String(entry.at)),
      detail("trusted-time", String(entry.trusted)),
      detail("received", String(entry.received)),
      ...(entry.leaf === null ? [] : [detail("log-index", String(entry.leaf))]),
    ],
  };
}

const unknown = [{ url: "http://hl7.org/fhir/StructureDefinition/data-absent-reason", valueCode: "unknown" }];
const receivers: Readonly<Record<string, { readonly who: string; readonly media?: Coding }>> = {
  print: { who: "paper", media: dcmCodes.paper },
  handover: { who: "receiving device, shown in the entry as its certificate was" },
};

/** Who got it, as far as the journal knows: no network takes part that it could name. */
export function discloseTo(kind: string): AuditEventAgent {
  const { who, media } = receivers[kind] ?? { who: "whoever holds the exported file" };
  return {
    type: { coding: [dcmCodes.destination] },
    who: { display: who },
    requestor: false,
    ...(media === undefined ? { network: { extension: unknown } } : { media }),
  };
}
