import type { AuditEvent, AuditEventAgent, CodeableConcept, Coding, Device, Reference } from "@medplum/fhirtypes";
import { toHex } from "../../shared/bytes.ts";
import { balp, dcmCodes, practitionerRoles, purposeDisplays, systems } from "./codes.ts";
import { discloseTo, openedEntity, patientEntity, placeEntity, type Subject } from "./entities.ts";
import { eventsOfKind, type Shape } from "./kinds.ts";
import { isCode, line } from "./text.ts";

/** A journal entry as an auditor needs it; nothing of it is believed to be well formed but what the hub made itself. */
export interface AuditedEntry {
  /** Hex. */
  readonly chain: string;
  readonly seq: number;
  readonly hash: Uint8Array;
  /** Base64url. */
  readonly device: string;
  readonly kind: string;
  /** ms: the device's clock, its trusted time, and the hub's clock when it came. */
  readonly at: number;
  readonly trusted: number;
  readonly received: number;
  readonly staff: string;
  readonly role: string;
  /** As declared, or that of the grant it belongs to. */
  readonly purpose: string;
  readonly person: string;
  readonly what: string;
  readonly reason: string;
  readonly note: string;
  /** Index of its leaf in the hub's log; null where that is not known. */
  readonly leaf: number | null;
  /** Why it does not stand in its chain; "" when it does. */
  readonly aside?: string;
}

/** Purposes that mean: against the ordinary rule. */
export function isEmergency(purpose: string): boolean {
  return purpose === "ETREAT" || purpose === "BTG";
}

export interface EventContext {
  /** This hub, base64url. */
  readonly hub: string;
  /** Name of the site of a device; "" when none is known. */
  siteOf(device: string): string;
  /** Who a person reference is, as far as consent lets others know of them. */
  subjectOf(person: string): Promise<Subject>;
}

/** Own: the event of the entry itself. Beside: that an emergency override started with it. */
export const parts = ["own", "beside"] as const;
export type Part = (typeof parts)[number];

/** The shape of one part of an entry; null: it has none. */
export function shapeOf(kind: string, emergency: boolean, part: Part): Shape | null {
  const { own, ownInEmergency, beside } = eventsOfKind(kind);
  if (part === "own") return (emergency ? ownInEmergency : undefined) ?? own;
  return emergency ? (beside ?? null) : null;
}

/** FHIR id of an event: where its entry stands; of one kept aside, where it wanted to stand and which it is. */
export function eventId({ chain, seq, hash, aside }: Pick<AuditedEntry, "chain" | "seq" | "hash" | "aside">, part: Part): string {
  if (aside) return `aside.${toHex(new Uint8Array(hash)).slice(0, 40)}${part === "own" ? "" : ".override"}`;
  return part === "own" ? `${chain}-${seq}` : `${chain}-${seq}-override`;
}

/** The counterpart of `eventId`; null: no such id can be. */
export function placeOfId(id: string): { chain: string; seq: number; part: Part } | null {
  const [, chain, seq, beside] = /^([0-9a-f]{32})-([1-9]\d{0,15})(-override)?$/.exec(id) ?? [];
  if (chain === undefined || !Number.isSafeInteger(Number(seq))) return null;
  return { chain, seq: Number(seq), part: beside === undefined ? "own" : "beside" };
}

/** 9999-12-31T23:59:59.999Z: FHIR knows no later instant. */
export const latestInstant = 253_402_300_799_999;

/**
 * One AuditEvent (FHIR R4; IHE BALP where it has a pattern, README.md). "Minimal" in BALP's sense: staff, devices and patients are named by
 * identifiers, never by their names. Its last entity says where the entry stands in the device's chain, with its hash.
 */
export async function auditEvent(entry: AuditedEntry, part: Part, context: EventContext): Promise<AuditEvent | null> {
  const shape = shapeOf(entry.kind, isEmergency(entry.purpose), part);
  if (shape === null) return null;
  const patient = entry.person === "" ? null : patientEntity(entry.person, await context.subjectOf(entry.person));
  const profile = profileOf(shape, patient !== null);
  const purpose = purposeOf(entry);
  return {
    resourceType: "AuditEvent",
    id: eventId(entry, part),
    meta: { lastUpdated: instant(entry.received), ...(profile === null ? {} : { profile: [balp(profile)] }) },
    type: shape.type,
    subtype: [...shape.subtype, ...(entry.aside ? [{ system: systems.aside, code: entry.aside }] : []), kindOf(entry.kind)],
    action: shape.action,
    recorded: instant(entry.trusted),
    outcome: shape.outcome,
    ...(purpose === null ? {} : { purposeOfEvent: [purpose] }),
    agent: [...userOf(entry), ...machines(shape, entry, context)],
    source: {
      ...(line(context.siteOf(entry.device)) === "" ? {} : { site: line(context.siteOf(entry.device)) }),
      observer: deviceReference(entry.device),
      type: [{ system: systems.sourceType, code: "1", display: "User Device" }],
    },
    entity: [...(patient === null ? [] : [patient]), ...openedEntity(shape, entry), placeEntity(entry)],
  };
}

/** What BALP asks for beyond the shape must be there: no claim without it. */
function profileOf({ pattern }: Shape, hasPatient: boolean): string | null {
  if (pattern === "read" || pattern === "hub-read") return hasPatient ? "PatientRead" : "Read";
  return pattern === "disclosure" && hasPatient ? "PrivacyDisclosure.Source" : null;
}

export function instant(ms: number): string {
  return new Date(Math.min(Math.max(0, ms), latestInstant)).toISOString();
}

function kindOf(kind: string): Coding {
  return { system: systems.kind, code: isCode(kind) ? kind : "unknown" };
}

function purposeOf({ purpose, reason }: AuditedEntry): CodeableConcept | null {
  const display = purposeDisplays[purpose];
  const coding: Coding[] = [
    ...(display === undefined ? [] : [{ system: systems.actReason, code: purpose, display }]),
    ...(isCode(reason) ? [{ system: systems.reason, code: reason }] : []),
  ];
  const text = isCode(reason) ? "" : line(reason);
  if (coding.length === 0 && text === "") return null;
  return { ...(coding.length === 0 ? {} : { coding }), ...(text === "" ? {} : { text }) };
}

/** The member, who asked for it; whoever is not told is not made up. */
function userOf({ staff, role }: AuditedEntry): AuditEventAgent[] {
  const id = line(staff);
  if (id === "") return [];
  const known = practitionerRoles[role];
  const roles: CodeableConcept[] = isCode(role)
    ? [{ coding: [...(known === undefined ? [] : [known]), { system: systems.role, code: role }] }]
    : line(role) === ""
      ? []
      : [{ text: line(role) }];
  return [
    {
      type: { coding: [{ system: systems.participation, code: "IRCP", display: "information recipient" }] },
      ...(roles.length === 0 ? {} : { role: roles }),
      who: { type: "Practitioner", identifier: { system: systems.staff, value: id } },
      requestor: true,
    },
  ];
}

function machines(shape: Shape, entry: AuditedEntry, context: EventContext): AuditEventAgent[] {
  const here = { who: deviceReference(entry.device), requestor: entry.staff === "" };
  // What is read lies on the device: no network takes part.
  const inside = { network: { address: "localhost", type: "1" } } as const;
  if (shape.pattern === "read")
    return [
      { type: concept(dcmCodes.destination), ...here, ...inside },
      { type: concept(dcmCodes.source), who: deviceReference(entry.device), requestor: false, ...inside },
    ];
  if (shape.pattern === "hub-read") {
    const hub: Reference<Device> = { type: "Device", identifier: { system: systems.hub, value: context.hub } };
    return [
      { type: concept(dcmCodes.destination), ...here, network: { address: `${systems.device}:${entry.device}`, type: "5" } },
      { type: concept(dcmCodes.source), who: hub, requestor: false, network: { address: `${systems.hub}:${context.hub}`, type: "5" } },
    ];
  }
  if (shape.type === dcmCodes.export) return [{ type: concept(dcmCodes.source), ...here, ...inside }, discloseTo(entry.kind)];
  return [{ type: concept(dcmCodes.agentApplication), ...here }];
}

function deviceReference(device: string): Reference<Device> {
  return { type: "Device", identifier: { system: systems.device, value: device } };
}

function concept(coding: Coding): CodeableConcept {
  return { coding: [coding] };
}
