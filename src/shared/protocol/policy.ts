/** The policy: which reasons open what, for how long, for which roles. Signed by the policy key; without one nothing opens. */
import { type Bytes, equalBytes } from "../bytes.ts";
import type { Signer } from "../crypto/cose.ts";
import { type PackKind, packKinds } from "../crypto/derive.ts";
import { TomoshibiError } from "../error.ts";
import { type StaffRole, staffRoles } from "./enrolment.ts";
import type { HubKeys } from "./keys.ts";
import { shapeOf } from "./shape.ts";
import { openObject, signObject } from "./signed.ts";

/**
 * Ways to the same glass. emergency: without consent · consent: the person agrees now · relation: a treatment relation is on record ·
 * outage: a declared outage session, the site's own patients, one tap each.
 */
export const openingPaths = ["emergency", "consent", "relation", "outage"] as const;
export type OpeningPath = (typeof openingPaths)[number];

export interface PolicyReason {
  readonly id: string;
  readonly ja: string;
  readonly en: string;
  readonly phase: 1 | 2;
  readonly purpose: "ETREAT" | "BTG" | "TREAT";
  /** "emergency" when absent. */
  readonly path?: OpeningPath;
}

/** What an honest client holds itself to beyond reasons and roles: policy, not cryptography. */
export interface PolicyLocks {
  /** Parts that need a second member's approval first, by role. */
  readonly secondPerson: Readonly<Partial<Record<StaffRole, readonly PackKind[]>>>;
  /** People whom one member opens within 60 minutes before a second person is asked for each further one; 0: no limit. */
  readonly hourlyLimit: number;
  /** How long a PIN brings a blanked screen back; 0: there is no soft lock. */
  readonly softLockMinutes: number;
  /** Under a declared disaster: minutes of a grant, and hours that a local declaration lasts. */
  readonly disaster: { readonly grantMinutes: number; readonly localHours: number };
  /** Hours that an outage session lasts unless ended. */
  readonly outageHours: number;
  /** Whether an emergency opening reaches people outside the cohort while the hub is reached. */
  readonly region: boolean;
}

/** What a policy without `locks` means. */
export const defaultLocks: PolicyLocks = {
  secondPerson: {},
  hourlyLimit: 20,
  softLockMinutes: 10,
  disaster: { grantMinutes: 240, localHours: 72 },
  outageHours: 12,
  region: true,
};

export interface Policy {
  readonly hub: Bytes;
  readonly seq: number;
  readonly reasons: readonly PolicyReason[];
  readonly grantMinutes: number;
  /** How protected classes stand on the strip. */
  readonly protected: "shown" | "masked" | "withheld";
  /** What each role may open; a role that is not named may open nothing. */
  readonly roles: Readonly<Partial<Record<StaffRole, Readonly<Record<PackKind, boolean>>>>>;
  readonly locks: PolicyLocks;
}

/** A policy to be signed: without `locks` it means the default ones. */
export type PolicyDraft = Omit<Policy, "locks"> & Partial<Pick<Policy, "locks">>;

const context = "tomoshibi/policy/1";
const shape = shapeOf("policy-malformed");

export async function signPolicy(policy: PolicyDraft, signer: Signer): Promise<Bytes> {
  return signObject(context, policy, signer);
}

/** Errors: policy-malformed (also another hub's), cose-*. */
export async function openPolicy(bytes: Bytes, { hub, keys }: HubKeys): Promise<Policy> {
  const policy = parsePolicy(await openObject(context, "policy-malformed", bytes, keys.policy));
  if (!equalBytes(policy.hub, hub)) throw new TomoshibiError("policy-malformed", { field: "hub" });
  return policy;
}

/** Strict, of a decoded value. Errors: policy-malformed. */
export function parsePolicy(value: unknown): Policy {
  const map = shape.map(value, ["hub", "seq", "reasons", "grantMinutes", "protected", "roles"], "policy", ["locks"]);
  const grantMinutes = shape.uint(map.grantMinutes, "grantMinutes");
  within(grantMinutes, 1, 24 * 60, "grantMinutes");
  return {
    hub: shape.bytes(map.hub, 16, "hub"),
    seq: shape.uint(map.seq, "seq"),
    reasons: shape.list(map.reasons, 64, "reasons").map(parseReason),
    grantMinutes,
    protected: shape.oneOf(map.protected, ["shown", "masked", "withheld"] as const, "protected"),
    roles: parseRoles(map.roles),
    locks: map.locks === undefined ? defaultLocks : parseLocks(map.locks),
  };
}

function parseLocks(value: unknown): PolicyLocks {
  const keys = ["secondPerson", "hourlyLimit", "softLockMinutes", "disaster", "outageHours", "region"];
  const map = shape.map(value, keys, "locks");
  const disaster = shape.map(map.disaster, ["grantMinutes", "localHours"], "locks.disaster");
  const number = (given: unknown, least: number, most: number, field: string) => within(shape.uint(given, field), least, most, field);
  return {
    secondPerson: parseSecondPerson(map.secondPerson),
    hourlyLimit: number(map.hourlyLimit, 0, 1000, "locks.hourlyLimit"),
    softLockMinutes: number(map.softLockMinutes, 0, 60, "locks.softLockMinutes"),
    disaster: {
      grantMinutes: number(disaster.grantMinutes, 1, 24 * 60, "locks.disaster.grantMinutes"),
      localHours: number(disaster.localHours, 1, 24 * 14, "locks.disaster.localHours"),
    },
    outageHours: number(map.outageHours, 1, 72, "locks.outageHours"),
    region: shape.flag(map.region, "locks.region"),
  };
}

function parseSecondPerson(value: unknown): PolicyLocks["secondPerson"] {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new TomoshibiError("policy-malformed", { field: "locks.secondPerson" });
  return Object.fromEntries(
    Object.entries(value).map(([role, parts]) => [
      shape.oneOf(role, staffRoles, "locks.secondPerson"),
      shape.list(parts, 3, "locks.secondPerson").map((part) => shape.oneOf(part, packKinds, "locks.secondPerson")),
    ]),
  );
}

function within(value: number, least: number, most: number, field: string): number {
  if (value < least || value > most) throw new TomoshibiError("policy-malformed", { field });
  return value;
}

function parseReason(value: unknown): PolicyReason {
  const map = shape.map(value, ["id", "ja", "en", "phase", "purpose"], "reason", ["path"]);
  const phase = shape.uint(map.phase, "reason.phase");
  if (phase !== 1 && phase !== 2) throw new TomoshibiError("policy-malformed", { field: "reason.phase" });
  return {
    id: shape.text(map.id, 64, "reason.id"),
    ja: shape.text(map.ja, 200, "reason.ja"),
    en: shape.text(map.en, 200, "reason.en"),
    phase,
    purpose: shape.oneOf(map.purpose, ["ETREAT", "BTG", "TREAT"] as const, "reason.purpose"),
    ...(map.path === undefined ? {} : { path: shape.oneOf(map.path, openingPaths, "reason.path") }),
  };
}

function parseRoles(value: unknown): Policy["roles"] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new TomoshibiError("policy-malformed", { field: "roles" });
  return Object.fromEntries(
    Object.entries(value).map(([role, may]) => {
      const map = shape.map(may, packKinds, "role");
      const kinds = packKinds.map((kind) => [kind, shape.flag(map[kind], `role.${kind}`)] as const);
      return [shape.oneOf(role, staffRoles, "roles"), Object.fromEntries(kinds)];
    }),
  );
}
