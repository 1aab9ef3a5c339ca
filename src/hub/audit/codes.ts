import type { Coding } from "@medplum/fhirtypes";

/** Code systems as FHIR R4, DICOM PS3.16 (CID 400 to 403) and IHE BALP 1.1 name them, and this hub's own. */
export const systems = {
  dcm: "http://dicom.nema.org/resources/ontology/DCM",
  rest: "http://hl7.org/fhir/restful-interaction",
  auditType: "http://terminology.hl7.org/CodeSystem/audit-event-type",
  lifecycle: "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle",
  actReason: "http://terminology.hl7.org/CodeSystem/v3-ActReason",
  participation: "http://terminology.hl7.org/CodeSystem/v3-ParticipationType",
  practitionerRole: "http://terminology.hl7.org/CodeSystem/practitioner-role",
  sourceType: "http://terminology.hl7.org/CodeSystem/security-source-type",
  entityType: "http://terminology.hl7.org/CodeSystem/audit-entity-type",
  objectRole: "http://terminology.hl7.org/CodeSystem/object-role",
  kind: "urn:tomoshibi:entry-kind",
  aside: "urn:tomoshibi:kept-aside",
  reason: "urn:tomoshibi:reason",
  role: "urn:tomoshibi:staff-role",
  staff: "urn:tomoshibi:staff",
  device: "urn:tomoshibi:device",
  hub: "urn:tomoshibi:hub",
  person: "urn:tomoshibi:person",
  opened: "urn:tomoshibi:opened",
  entry: "urn:tomoshibi:entry-hash",
} as const;

/** Where IHE publishes the profiles that an event may claim. */
export const balp = (name: string): string => `https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.${name}`;

const dcm = (code: string, display: string): Coding => ({ system: systems.dcm, code, display });

export const dcmCodes = {
  application: dcm("110100", "Application Activity"),
  auditLogUsed: dcm("110101", "Audit Log Used"),
  export: dcm("110106", "Export"),
  networkEntry: dcm("110108", "Network Entry"),
  patientRecord: dcm("110110", "Patient Record"),
  query: dcm("110112", "Query"),
  securityAlert: dcm("110113", "Security Alert"),
  authentication: dcm("110114", "User Authentication"),
  login: dcm("110122", "Login"),
  logout: dcm("110123", "Logout"),
  attach: dcm("110124", "Attach"),
  detach: dcm("110125", "Detach"),
  overrideStarted: dcm("110127", "Emergency Override Started"),
  securityConfiguration: dcm("110129", "Security Configuration"),
  restrictedFunction: dcm("110132", "Use of Restricted Function"),
  rolesChanged: dcm("110136", "Security Roles Changed"),
  credentialsChanged: dcm("110137", "User Security Attributes Changed"),
  overrideStopped: dcm("110138", "Emergency Override Stopped"),
  authorizationDecision: dcm("110144", "Authorization Decision"),
  sessionStart: dcm("110145", "Session start"),
  sessionStop: dcm("110146", "Session stop"),
  agentApplication: dcm("110150", "Application"),
  destination: dcm("110152", "Destination Role ID"),
  source: dcm("110153", "Source Role ID"),
  paper: dcm("110031", "Paper Document"),
} as const;

export const rest: Coding = { system: systems.auditType, code: "rest", display: "RESTful Operation" };
export const restRead: Coding = { system: systems.rest, code: "read", display: "read" };
export const disclose: Coding = { system: systems.lifecycle, code: "disclose", display: "Disclose Record Lifecycle Event" };

/** HL7 PurposeOfUse of a journal entry. */
export const purposeDisplays: Readonly<Record<string, string>> = {
  ETREAT: "Emergency Treatment",
  BTG: "break the glass",
  TREAT: "treatment",
};

/** Roles of staff that HL7 has a code for. */
export const practitionerRoles: Readonly<Record<string, Coding>> = {
  physician: { system: systems.practitionerRole, code: "doctor", display: "Doctor" },
  nurse: { system: systems.practitionerRole, code: "nurse", display: "Nurse" },
  pharmacist: { system: systems.practitionerRole, code: "pharmacist", display: "Pharmacist" },
};
