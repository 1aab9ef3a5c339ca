/**
 * The console's exchanges, JSON on the console's own origin. Signed in by an HttpOnly, SameSite=Strict cookie; whatever changes something
 * also carries `tomoshibi-csrf`, the token that the session was told. No answer holds clinical content.
 */
import { type Bytes, utf8 } from "../bytes.ts";
import type { ConsoleRole } from "./account.ts";
import { type StaffRole, staffRoles } from "./enrolment.ts";
import { shapeOf } from "./shape.ts";

export const csrfHeader = "tomoshibi-csrf";
export const consolePaths = {
  signIn: "/api/sign-in",
  signOut: "/api/sign-out",
  session: "/api/session",
  review: "/api/review",
  alerts: "/api/alerts",
  devices: "/api/devices",
  enrolments: "/api/enrolments",
  staff: "/api/staff",
  figures: "/api/figures",
} as const;

export const deviceStates = ["pending", "approved", "refused", "revoked"] as const;
export type DeviceState = (typeof deviceStates)[number];

export interface Session {
  readonly name: string;
  readonly csrf: string;
  readonly roles: readonly ConsoleRole[];
}

export interface SignIn {
  readonly name: string;
  readonly passphrase: string;
}

/** Carries no person: what is wrong with which chain of which device. */
export interface AlertItem {
  readonly id: string;
  readonly at: number;
  readonly kind: string;
  readonly device: string;
  readonly deviceName: string;
  readonly seq: number;
  /** How often the same was seen. */
  readonly count: number;
}

export interface DeviceItem {
  readonly id: string;
  readonly name: string;
  readonly site: string;
  readonly fingerprint: string;
  readonly state: DeviceState;
  readonly created: number;
  /** ms; 0: never. */
  readonly lastSeen: number;
  readonly decidedBy: string;
  /** Of a revoked device: the order to wipe itself; ms, 0: not yet. `done` is the device's own word. */
  readonly wipe: { readonly ordered: number; readonly told: number; readonly done: number } | null;
}

export interface StaffItem {
  readonly id: string;
  readonly name: string;
  readonly kana: string;
  readonly role: StaffRole;
  readonly site: string;
  readonly registered: boolean;
  readonly codeUntil: number;
}

/** What the operator hands over: shown once. */
export interface IssuedCode {
  readonly code: string;
  readonly until: number;
}

export interface NewStaff {
  readonly name: string;
  readonly kana: string;
  readonly role: StaffRole;
}

export interface Figures {
  readonly open: number;
  readonly alerts: number;
  readonly pending: number;
  readonly devices: number;
  readonly staff: number;
}

export function encodeJson(value: unknown): Bytes {
  return utf8(JSON.stringify(value));
}

const limit = 16 * 1024;
const shape = shapeOf("bad-request");

export function parseSignIn(body: Uint8Array): SignIn {
  const map = shape.map(shape.json(body, limit), ["name", "passphrase"], "sign-in");
  return { name: shape.text(map.name, 120, "name"), passphrase: shape.text(map.passphrase, 400, "passphrase") };
}

export function parseNewStaff(body: Uint8Array): NewStaff {
  const map = shape.map(shape.json(body, limit), ["name", "kana", "role"], "staff");
  return {
    name: shape.text(map.name, 120, "name"),
    kana: shape.text(map.kana, 120, "kana"),
    role: shape.oneOf(map.role, staffRoles, "role"),
  };
}
