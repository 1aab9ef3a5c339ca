/** What an operator should know before a policy is signed, and how two policies differ: pure, the same on the page and at the hub. */
import { packKinds } from "../crypto/derive.ts";
import { staffRoles } from "./enrolment.ts";
import { type OpeningPath, openingPaths, type Policy } from "./policy.ts";

/** A policy without its hub and sequence: what an operator writes. */
export type PolicyBody = Omit<Policy, "hub" | "seq">;

/** Never signed: everybody locked out, a part that a role may open and no reason leads to, or everything open to clerks. */
export const policyFaults = ["nobody-opens", "no-emergency-reason", "no-reason-for-rest", "clerk-everything", "reason-twice"] as const;
export type PolicyFault = (typeof policyFaults)[number];

/** Signed only when the operator has seen it. */
export const policyWarnings = [
  "no-physician",
  "clerk-opens",
  "rest-without-strip",
  "nobody-opens-rest",
  "nobody-opens-protected",
  "second-for-strip",
  "second-alone",
  "no-hourly-limit",
  "hourly-limit-low",
  "grant-long",
  "protected-shown",
  "protected-withheld",
  "no-outage-reason",
  "region-closed",
] as const;
export type PolicyWarning = (typeof policyWarnings)[number];

export interface Judgement {
  readonly faults: readonly PolicyFault[];
  readonly warnings: readonly PolicyWarning[];
}

export function judgePolicy(policy: PolicyBody): Judgement {
  const { roles, reasons, locks } = policy;
  const may = (role: (typeof staffRoles)[number], part: (typeof packKinds)[number]) => roles[role]?.[part] === true;
  const anybody = (part: (typeof packKinds)[number]) => staffRoles.some((role) => may(role, part));
  const has = (phase: 1 | 2, path?: OpeningPath) =>
    reasons.some((reason) => reason.phase === phase && (path === undefined || (reason.path ?? "emergency") === path));
  const seconds = (part: (typeof packKinds)[number]) => staffRoles.filter((role) => locks.secondPerson[role]?.includes(part) === true);
  const faults: Readonly<Record<PolicyFault, boolean>> = {
    "nobody-opens": !anybody("strip"),
    "no-emergency-reason": !has(1, "emergency"),
    "no-reason-for-rest": (anybody("rest") || anybody("protected")) && !has(2),
    "clerk-everything": packKinds.every((part) => may("clerk", part)),
    "reason-twice": new Set(reasons.map(({ id }) => id)).size !== reasons.length,
  };
  const warnings: Readonly<Record<PolicyWarning, boolean>> = {
    "no-physician": !may("physician", "strip"),
    "clerk-opens": packKinds.some((part) => may("clerk", part)),
    "rest-without-strip": staffRoles.some((role) => !may(role, "strip") && (may(role, "rest") || may(role, "protected"))),
    "nobody-opens-rest": !anybody("rest"),
    "nobody-opens-protected": !anybody("protected"),
    "second-for-strip": seconds("strip").length > 0,
    "second-alone": staffRoles.filter((role) => may(role, "strip")).length === 1 && packKinds.some((part) => seconds(part).length > 0),
    "no-hourly-limit": locks.hourlyLimit === 0,
    "hourly-limit-low": locks.hourlyLimit > 0 && locks.hourlyLimit < 5,
    "grant-long": policy.grantMinutes > 240,
    "protected-shown": policy.protected === "shown",
    "protected-withheld": policy.protected === "withheld",
    "no-outage-reason": !has(1, "outage"),
    "region-closed": !locks.region,
  };
  return { faults: policyFaults.filter((fault) => faults[fault]), warnings: policyWarnings.filter((warning) => warnings[warning]) };
}

/** One line of a policy: what it is about, and what it says. */
export interface PolicyLine {
  /** "role ROLE PART", "second ROLE PART", "reason ID", or the name of a figure. */
  readonly about: string;
  readonly says: string;
}

/** Everything a policy says, one line each, in a fixed order. */
export function policyLines(policy: PolicyBody): readonly PolicyLine[] {
  const { roles, reasons, locks } = policy;
  const line = (about: string, says: string | number | boolean): PolicyLine => ({ about, says: String(says) });
  return [
    ...staffRoles.flatMap((role) => packKinds.map((part) => line(`role ${role} ${part}`, roles[role]?.[part] === true))),
    ...staffRoles.flatMap((role) =>
      packKinds.map((part) => line(`second ${role} ${part}`, locks.secondPerson[role]?.includes(part) === true)),
    ),
    line("protected", policy.protected),
    line("grantMinutes", policy.grantMinutes),
    line("hourlyLimit", locks.hourlyLimit),
    line("softLockMinutes", locks.softLockMinutes),
    line("disasterGrantMinutes", locks.disaster.grantMinutes),
    line("disasterLocalHours", locks.disaster.localHours),
    line("outageHours", locks.outageHours),
    line("region", locks.region),
    ...openingPaths.flatMap((path) =>
      reasons
        .filter((reason) => (reason.path ?? "emergency") === path)
        .map(({ id, ja, en, phase, purpose }) => line(`reason ${id}`, `${ja} / ${en} (${path}, ${phase}, ${purpose})`)),
    ),
  ];
}

export interface PolicyChange {
  readonly about: string;
  /** "" where there was, or is, none. */
  readonly before: string;
  readonly after: string;
}

/** What a later policy says otherwise than an earlier one; before the first there was nothing. */
export function comparePolicies(before: PolicyBody | null, after: PolicyBody): readonly PolicyChange[] {
  const old = new Map((before === null ? [] : policyLines(before)).map(({ about, says }) => [about, says]));
  const now = new Map(policyLines(after).map(({ about, says }) => [about, says]));
  return [...new Set([...now.keys(), ...old.keys()])]
    .map((about) => ({ about, before: old.get(about) ?? "", after: now.get(about) ?? "" }))
    .filter((change) => change.before !== change.after);
}
