import type { AuditEvent, AuditEventAgent, AuditEventEntity, Coding } from "@medplum/fhirtypes";

/**
 * The required elements of the patterns of IHE BALP 1.1 (https://profiles.ihe.net/ITI/BALP) that the hub claims, written from the
 * constraints that IHE publishes (cardinalities, fixed codes, slices told apart by type): what an event lacks of the patterns it claims.
 */
export function balpFaults(event: AuditEvent): string[] {
  const claimed = (event.meta?.profile ?? []).map((url) => url.split("IHE.BasicAudit.")[1] ?? url);
  return claimed.flatMap((name) => (patterns[name] ?? (() => ["unknown profile"]))(event).map((fault) => `${name}: ${fault}`));
}

export const dcm = "http://dicom.nema.org/resources/ontology/DCM";
const rest = "http://terminology.hl7.org/CodeSystem/audit-event-type";
const interaction = "http://hl7.org/fhir/restful-interaction";
const entityType = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
const objectRole = "http://terminology.hl7.org/CodeSystem/object-role";
const participation = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";

const patterns: Readonly<Record<string, (event: AuditEvent) => string[]>> = {
  Read: read,
  PatientRead: (event) => [...read(event), ...patient(event)],
  "PrivacyDisclosure.Source": disclosure,
};

function read(event: AuditEvent): string[] {
  const reads = (event.subtype ?? []).filter(({ system, code }) => system === interaction && (code === "read" || code === "vread"));
  const data = entitiesOf(event, "2");
  const users = agentsOf(event, participation, "IRCP");
  return faults({
    type: is(event.type, rest, "rest"),
    subtype: reads.length === 1,
    action: event.action === "R",
    outcome: event.outcome === "0",
    agents: event.agent.length >= 2,
    client: isMachine(agentsOf(event, dcm, "110152")),
    server: isMachine(agentsOf(event, dcm, "110153")),
    user: users.length <= 1 && users.every(({ who, requestor, media, network }) => who && requestor === true && !media && !network),
    data: data.length === 1 && data.every(({ what, role }) => what && is(role, objectRole, "4", "3", "20")),
  });
}

function patient(event: AuditEvent): string[] {
  const patients = entitiesOf(event, "1");
  return faults({
    entities: (event.entity ?? []).length >= 2,
    patient: patients.length === 1 && patients.every(({ role, what }) => is(role, objectRole, "1") && what?.type === "Patient"),
  });
}

function disclosure(event: AuditEvent): string[] {
  const disclosed = (event.subtype ?? []).filter(({ system, code }) => /iso-21089-lifecycle$/.test(system ?? "") && code === "disclose");
  const source = agentsOf(event, dcm, "110153");
  return [
    ...faults({
      type: is(event.type, dcm, "110106"),
      subtype: disclosed.length === 1,
      action: event.action === "R",
      outcome: event.outcome !== undefined,
      source: isMachine(source, true),
      self: JSON.stringify(source[0]?.who) === JSON.stringify(event.source.observer),
      recipient: isMachine(agentsOf(event, dcm, "110152"), true),
    }),
    ...patient(event),
  ];
}

function isMachine(agents: readonly AuditEventAgent[], mediaAllowed = false): boolean {
  return agents.length === 1 && agents.every(({ who, network, media }) => who && network && (mediaAllowed || !media));
}

function agentsOf({ agent }: AuditEvent, system: string, code: string): AuditEventAgent[] {
  return agent.filter(({ type }) => type?.coding?.some((one) => is(one, system, code)));
}

export function entitiesOf({ entity = [] }: AuditEvent, code: string): AuditEventEntity[] {
  return entity.filter(({ type }) => is(type, entityType, code));
}

function is(coding: Coding | undefined, system: string, ...codes: string[]): boolean {
  return coding?.system === system && codes.includes(coding.code ?? "");
}

function faults(checks: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(checks).flatMap(([name, holds]) => (holds ? [] : [name]));
}
