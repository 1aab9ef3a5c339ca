/**
 * The signed policy as an honest client carries it out: one pure function over one table's worth of facts. Every refusal is here and
 * nowhere else; what is cryptographic (which key opens what) is not here.
 */
import { TomoshibiError } from "../../shared/error.ts";
import type { PartName } from "../../shared/summary/summary.ts";
import type { Purpose } from "../journal/append.ts";
import { type LeaseState, leaseOpens } from "../vault/lease-machine.ts";

/** Ways to the glass; what they mean: shared/protocol/policy.ts. */
export type Path = "emergency" | "consent" | "relation" | "outage";

export interface GlassReason {
  readonly id: string;
  readonly phase: 1 | 2;
  readonly purpose: Purpose;
  /** "emergency" when absent. */
  readonly path?: Path;
}

export interface GlassRules {
  readonly reasons: readonly GlassReason[];
  readonly grantMinutes: number;
  /** Minutes of a grant while a disaster is in force. */
  readonly disasterMinutes: number;
  /** People whom one member opens within the hour before each further one needs a second person; 0: no limit. */
  readonly hourlyLimit: number;
  /** Whether people outside the cohort may be opened through the hub. */
  readonly region: boolean;
  /** Whether the signed policy lets this role open the part. */
  allows(role: string, part: PartName): boolean;
  /** Whether this role needs a second person for the part. */
  needsSecond(role: string, part: PartName): boolean;
}

/** The device and the member, now. */
export interface Standing {
  readonly role: string;
  readonly rules: GlassRules | null;
  readonly lease: LeaseState;
  readonly disaster: boolean;
  /** An outage session runs. */
  readonly outage: boolean;
}

/** The person who is to be opened. */
export interface About {
  /** A patient of this site; null: this device cannot know. */
  readonly own: boolean | null;
  /** Outside the cohort: only the hub has the packs. */
  readonly region: boolean;
  /** Other people whom this member has opened within the hour, and whether this one is among those opened. */
  readonly others: number;
  readonly again: boolean;
}

export interface Asked {
  readonly part: PartName;
  readonly reasonId: string;
  readonly note: string;
}

/** role: the policy asks for one · limit: this member has opened as many people within the hour as the policy lets one open alone. */
export type WhySecond = "role" | "limit";

export interface Verdict {
  readonly reason: GlassReason;
  /** Of the grant. */
  readonly minutes: number;
  readonly second: WhySecond | null;
}

/**
 * Errors, in this order: lease-expired, policy-missing, reason-missing, forbidden (role), region-closed, path-closed, outage-over,
 * not-own-patient, note-needed.
 */
export function checkAllowed(standing: Standing, about: About, asked: Asked): Verdict {
  const { rules, role, lease } = standing;
  if (!leaseOpens(lease)) throw new TomoshibiError("lease-expired", { state: lease });
  if (!rules) throw new TomoshibiError("policy-missing");
  const reason = reasonFor(rules, asked);
  if (!rules.allows(role, asked.part)) throw new TomoshibiError("forbidden", { part: asked.part });
  checkPath(standing, about, asked, pathOf(reason), rules);
  return {
    reason,
    minutes: standing.disaster ? Math.max(rules.grantMinutes, rules.disasterMinutes) : rules.grantMinutes,
    second: whySecond(rules, role, about, asked.part, pathOf(reason)),
  };
}

export const pathOf = ({ path }: Pick<GlassReason, "path">): Path => path ?? "emergency";

/** Emergency reasons belong to one phase. Who agreed, or is one's own patient, is so for the strip and for the rest alike. */
export function servesPhase(reason: Pick<GlassReason, "phase" | "path">, phase: 1 | 2): boolean {
  return reason.phase === phase || (pathOf(reason) !== "emergency" && reason.phase < phase);
}

function reasonFor({ reasons }: GlassRules, { part, reasonId }: Asked): GlassReason {
  const phase = part === "strip" ? 1 : 2;
  const reason = reasons.find((each) => each.id === reasonId && servesPhase(each, phase));
  if (!reason) throw new TomoshibiError("reason-missing", { phase });
  return reason;
}

function checkPath(standing: Standing, { own, region }: About, { note }: Asked, path: Path, rules: GlassRules): void {
  if (region && !rules.region) throw new TomoshibiError("region-closed");
  if (path === "emergency") return;
  // Outside the cohort, and after the normal lease, only a declared emergency opens; a declared outage is one.
  if (region || (standing.lease !== "normal" && path !== "outage")) throw new TomoshibiError("path-closed", { path });
  if (path === "consent") return;
  if (path === "outage" && !standing.outage) throw new TomoshibiError("outage-over");
  if (own === false) throw new TomoshibiError("not-own-patient");
  if (own === null && note.trim() === "") throw new TomoshibiError("note-needed");
}

/** Own patients of a declared outage take one tap each, however many they are: where it is certain that they are own patients. */
function whySecond(rules: GlassRules, role: string, about: About, part: PartName, path: Path): WhySecond | null {
  if (rules.needsSecond(role, part)) return "role";
  const counted = part === "strip" && !about.again && !(path === "outage" && about.own === true);
  return counted && rules.hourlyLimit > 0 && about.others >= rules.hourlyLimit ? "limit" : null;
}
