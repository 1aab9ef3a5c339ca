/** The policy: which reasons open what, for how long, for which roles. Signed by the policy key; without one nothing opens. */
import { type Bytes, equalBytes } from "../bytes.ts";
import type { Signer } from "../crypto/cose.ts";
import { type PackKind, packKinds } from "../crypto/derive.ts";
import { TomoshibiError } from "../error.ts";
import { type StaffRole, staffRoles } from "./enrolment.ts";
import type { HubKeys } from "./keys.ts";
import { shapeOf } from "./shape.ts";
import { openObject, signObject } from "./signed.ts";

export interface PolicyReason {
  readonly id: string;
  readonly ja: string;
  readonly en: string;
  readonly phase: 1 | 2;
  readonly purpose: "ETREAT" | "BTG" | "TREAT";
}

export interface Policy {
  readonly hub: Bytes;
  readonly seq: number;
  readonly reasons: readonly PolicyReason[];
  readonly grantMinutes: number;
  /** How protected classes stand on the strip. */
  readonly protected: "shown" | "masked" | "withheld";
  /** What each role may open; a role that is not named may open nothing. */
  readonly roles: Readonly<Partial<Record<StaffRole, Readonly<Record<PackKind, boolean>>>>>;
}

const context = "tomoshibi/policy/1";
const shape = shapeOf("policy-malformed");

export async function signPolicy(policy: Policy, signer: Signer): Promise<Bytes> {
  return signObject(context, policy, signer);
}

/** Errors: policy-malformed (also another hub's), cose-*. */
export async function openPolicy(bytes: Bytes, { hub, keys }: HubKeys): Promise<Policy> {
  const policy = parsePolicy(await openObject(context, "policy-malformed", bytes, keys.policy));
  if (!equalBytes(policy.hub, hub)) throw new TomoshibiError("policy-malformed", { field: "hub" });
  return policy;
}

function parsePolicy(value: unknown): Policy {
  const map = shape.map(value, ["hub", "seq", "reasons", "grantMinutes", "protected", "roles"], "policy");
  const grantMinutes = shape.uint(map.grantMinutes, "grantMinutes");
  if (grantMinutes < 1 || grantMinutes > 24 * 60) throw new TomoshibiError("policy-malformed", { field: "grantMinutes" });
  return {
    hub: shape.bytes(map.hub, 16, "hub"),
    seq: shape.uint(map.seq, "seq"),
    reasons: shape.list(map.reasons, 64, "reasons").map(parseReason),
    grantMinutes,
    protected: shape.oneOf(map.protected, ["shown", "masked", "withheld"] as const, "protected"),
    roles: parseRoles(map.roles),
  };
}

function parseReason(value: unknown): PolicyReason {
  const map = shape.map(value, ["id", "ja", "en", "phase", "purpose"], "reason");
  const phase = shape.uint(map.phase, "reason.phase");
  if (phase !== 1 && phase !== 2) throw new TomoshibiError("policy-malformed", { field: "reason.phase" });
  return {
    id: shape.text(map.id, 64, "reason.id"),
    ja: shape.text(map.ja, 200, "reason.ja"),
    en: shape.text(map.en, 200, "reason.en"),
    phase,
    purpose: shape.oneOf(map.purpose, ["ETREAT", "BTG", "TREAT"] as const, "reason.purpose"),
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
