/**
 * The console's exchanges, JSON on the console's own origin. Signed in by an HttpOnly, SameSite=Strict cookie; whatever changes something
 * also carries `tomoshibi-csrf`, the token that the session was told. No answer holds clinical content.
 */
import { type Bytes, utf8 } from "../bytes.ts";
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

export const reviewStates = ["open", "accepted", "question", "escalated"] as const;
export type ReviewState = (typeof reviewStates)[number];
export const deviceStates = ["pending", "approved", "refused", "revoked"] as const;
export type DeviceState = (typeof deviceStates)[number];

export interface Session {
  readonly name: string;
  readonly csrf: string;
}

export interface SignIn {
  readonly name: string;
  readonly passphrase: string;
}

/** One opening or what followed it, in the order of the chain. */
export interface ReviewStep {
  readonly kind: string;
  /** ms, the device's trusted time. */
  readonly at: number;
  readonly what: string;
  readonly reason: string;
  readonly note: string;
}

export interface ReviewItem {
  readonly id: string;
  /** ms of the first opening. */
  readonly opened: number;
  readonly staff: { readonly id: string; readonly name: string; readonly role: string };
  /** null: the hub no longer knows the person of this reference. */
  readonly person: { readonly name: string; readonly kana: string; readonly birthDate: string; readonly sex: string } | null;
  readonly device: { readonly id: string; readonly name: string };
  readonly purpose: string;
  readonly steps: readonly ReviewStep[];
  readonly state: ReviewState;
  readonly note: string;
  readonly reviewer: string;
  /** ms; 0 while open. */
  readonly decided: number;
  /** Why it stands where it stands: "out-of-hours", "unconfirmed", "repeated", "rest-opened", "protected-opened". */
  readonly marks: readonly string[];
  readonly rank: number;
}

export interface ReviewDecision {
  readonly state: Exclude<ReviewState, "open">;
  readonly note: string;
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

/** note: up to 2,000 letters, line breaks allowed; a question or an escalation must say why. */
export function parseDecision(body: Uint8Array): ReviewDecision {
  const map = shape.map(shape.json(body, limit), ["state", "note"], "decision");
  const state = shape.oneOf(map.state, ["accepted", "question", "escalated"] as const, "state");
  const lines = typeof map.note === "string" ? map.note.replace(/\r\n/g, "\n") : "";
  if (typeof map.note !== "string" || (state !== "accepted" && lines.trim() === "")) shape.text("", 0, "note");
  for (const line of lines.split("\n")) if (line !== "") shape.text(line, 2000, "note");
  if (lines.length > 2000) shape.text("", 0, "note");
  return { state, note: lines };
}

export function parseNewStaff(body: Uint8Array): NewStaff {
  const map = shape.map(shape.json(body, limit), ["name", "kana", "role"], "staff");
  return {
    name: shape.text(map.name, 120, "name"),
    kana: shape.text(map.kana, 120, "kana"),
    role: shape.oneOf(map.role, staffRoles, "role"),
  };
}
