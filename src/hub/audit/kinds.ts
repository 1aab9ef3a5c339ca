import type { Coding } from "@medplum/fhirtypes";
import type { EntryKind } from "../../shared/audit/entry.ts";
import { dcmCodes as dcm, disclose, rest, restRead } from "./codes.ts";

/**
 * One AuditEvent that an entry becomes. pattern: which of IHE BALP's patterns it follows where the entry says enough for it; "base" has
 * no BALP pattern (there is none for alerts, logins and configuration) and keeps to R4 and to BALP's way of naming users and patients.
 */
export interface Shape {
  readonly type: Coding;
  readonly subtype: readonly Coding[];
  readonly action: "C" | "R" | "U" | "D" | "E";
  /** "0" success, "4" minor failure. */
  readonly outcome: "0" | "4";
  readonly pattern: "base" | "read" | "hub-read" | "disclosure";
}

/** own: the event of every entry of this kind. beside: a second one, only of an entry whose purpose is an emergency (ETREAT, BTG). */
export interface KindEvents {
  readonly own: Shape;
  /** Instead of `own` where the purpose is an emergency. */
  readonly ownInEmergency?: Shape;
  readonly beside?: Shape;
}

const shape = (type: Coding, subtype: readonly Coding[], over: Partial<Shape> = {}): Shape => ({
  type,
  subtype,
  action: "E",
  outcome: "0",
  pattern: "base",
  ...over,
});
const alert = (subtype: Coding): Shape => shape(dcm.securityAlert, [subtype]);
const read = (...more: Coding[]): Shape => shape(rest, [restRead, ...more], { action: "R", pattern: "read" });

const started = alert(dcm.overrideStarted);
const stopped = alert(dcm.overrideStopped);
const login = shape(dcm.authentication, [dcm.login]);
const logout = shape(dcm.authentication, [dcm.logout]);
const configured = alert(dcm.securityConfiguration);

/** Every kind there is: a new one does not compile until somebody has said what it is to an auditor. */
export const kindEvents: Readonly<Record<EntryKind, KindEvents>> = {
  enrolled: { own: shape(dcm.networkEntry, [dcm.attach]) },
  unlock: { own: login },
  "unlock-failed": { own: shape(dcm.authentication, [dcm.login], { outcome: "4" }) },
  lock: { own: logout },
  "soft-lock": { own: logout },
  "soft-unlock": { own: login },
  credential: { own: alert(dcm.credentialsChanged) },
  sponsor: { own: alert(dcm.credentialsChanged) },
  envelope: { own: started },
  members: { own: alert(dcm.rolesChanged) },
  pull: { own: shape(rest, [restRead], { action: "R", pattern: "hub-read" }) },
  lease: { own: configured },
  epoch: { own: configured },
  "clock-confirm": { own: alert(dcm.restrictedFunction) },
  wipe: { own: shape(dcm.networkEntry, [dcm.detach], { action: "D" }) },
  // Packs were opened and thrown away unseen: no patient is concerned, but keys were used.
  "self-test": { own: alert(dcm.restrictedFunction) },

  "open-strip": { own: read(), beside: started },
  confirm: { own: shape(dcm.patientRecord, [], { action: "R" }) },
  "open-rest": { own: read() },
  "open-protected": { own: read(dcm.restrictedFunction) },
  "second-person": { own: alert(dcm.authorizationDecision) },
  "grant-end": { own: shape(dcm.application, [dcm.sessionStop]), ownInEmergency: stopped },
  print: { own: shape(dcm.export, [], { action: "R" }) },
  export: { own: shape(dcm.export, [disclose], { action: "R", pattern: "disclosure" }) },
  handover: { own: shape(dcm.export, [disclose], { action: "R", pattern: "disclosure" }) },
  "region-search": { own: shape(dcm.query, []) },
  // The strip that is opened next begins the override.
  "open-region": { own: shape(rest, [restRead], { action: "R", pattern: "hub-read" }) },
  note: { own: shape(dcm.patientRecord, [], { action: "C" }) },
  "open-note": { own: shape(dcm.patientRecord, [], { action: "R" }) },
  forms: { own: shape(dcm.application, []) },

  "outage-start": { own: started },
  "outage-end": { own: stopped },
  declare: { own: started },
  "declare-end": { own: stopped },
  rescue: { own: read(dcm.restrictedFunction), beside: started },
  drill: { own: shape(dcm.application, [dcm.sessionStart]) },
};

/** null: of a kind that an older or newer program wrote. It is told as what it is, never left out. */
export function eventsOfKind(kind: string): KindEvents {
  return isKind(kind) ? kindEvents[kind] : { own: shape(dcm.application, []) };
}

function isKind(kind: string): kind is EntryKind {
  return Object.hasOwn(kindEvents, kind);
}
