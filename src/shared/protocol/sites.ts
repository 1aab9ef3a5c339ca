/** The console's exchanges about sites, their members and devices, cohorts and epoch keys: JSON on the console's origin, no clinical content. */
import type { DeviceItem } from "./console.ts";
import { type StaffRole, staffRoles } from "./enrolment.ts";
import { shapeOf } from "./shape.ts";

export const siteKinds = ["hospital", "clinic", "ambulance"] as const;
export type SiteKind = (typeof siteKinds)[number];

export const sitePaths = {
  sites: "/api/sites",
  /** …/ID, …/ID/remove, …/ID/enrolments, …/ID/staff. */
  site: (id: string, verb: "" | "/remove" | "/enrolments" | "/staff" = ""): string => `/api/sites/${encodeURIComponent(id)}${verb}`,
  member: (id: string, verb: "" | "/remove" | "/code" = ""): string => `/api/staff/${encodeURIComponent(id)}${verb}`,
  cohorts: "/api/cohorts",
  cohort: (id: string, verb: "" | "/remove" | "/rotate" = ""): string => `/api/cohorts/${encodeURIComponent(id)}${verb}`,
} as const;

export interface SiteWords {
  readonly name: string;
  readonly kind: SiteKind;
  readonly telephone: string;
  /** Codes of the facilities whose patients are its own. */
  readonly facilities: readonly string[];
  readonly cohort: string;
}

export interface SiteItem extends SiteWords {
  readonly id: string;
  readonly staff: number;
  readonly devices: number;
  readonly pending: number;
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface SitesAnswer {
  readonly sites: readonly SiteItem[];
  readonly closed: readonly (Named & { readonly removed: number })[];
  readonly facilities: readonly Named[];
  readonly cohorts: readonly Named[];
}

export interface MemberItem {
  readonly id: string;
  readonly name: string;
  readonly kana: string;
  readonly role: StaffRole;
  readonly registered: boolean;
  /** ms; 0: no unused code. */
  readonly codeUntil: number;
  /** Named for declaring a disaster. */
  readonly declares: boolean;
}

export interface ChangeItem {
  readonly at: number;
  readonly by: string;
  /** Name of who or what was changed. */
  readonly subject: string;
  readonly kind: string;
  readonly before: string;
  readonly after: string;
}

export interface SiteAnswer {
  readonly devices: readonly DeviceItem[];
  readonly staff: readonly MemberItem[];
  readonly former: readonly { readonly id: string; readonly name: string; readonly role: string; readonly removed: number }[];
  /** Newest first. */
  readonly history: readonly ChangeItem[];
}

export interface MemberChange {
  readonly name: string;
  readonly kana: string;
  readonly role: StaffRole;
  readonly declares: boolean;
}

export interface CohortWords {
  readonly name: string;
  readonly everybody: boolean;
  readonly facilities: readonly string[];
  readonly areas: readonly string[];
  readonly rotateDays: number;
}

export interface CohortItem extends CohortWords {
  readonly id: string;
  /** Names of the sites at work that have it. */
  readonly sites: readonly string[];
  /** Of the manifest in force; null: not published. */
  readonly published: { readonly people: number; readonly epoch: number; readonly at: number } | null;
}

export interface RotationItem {
  readonly cohort: string;
  readonly why: string;
  readonly by: string;
  readonly asked: number;
  /** ms; 0: waits for the next publication. */
  readonly done: number;
}

export interface CohortsAnswer {
  readonly cohorts: readonly CohortItem[];
  /** Newest first. */
  readonly rotations: readonly RotationItem[];
  readonly facilities: readonly Named[];
}

const limit = 64 * 1024;
const shape = shapeOf("bad-request");
const most = 2_000;

export function parseSiteWords(body: Uint8Array): SiteWords {
  const map = shape.map(shape.json(body, limit), ["name", "kind", "telephone", "facilities", "cohort"], "site");
  return {
    name: shape.text(map.name, 120, "name"),
    kind: shape.oneOf(map.kind, siteKinds, "kind"),
    telephone: line(map.telephone, 40, "telephone"),
    facilities: shape.list(map.facilities, most, "facilities").map((code) => shape.text(code, 20, "facilities")),
    cohort: shape.text(map.cohort, 64, "cohort"),
  };
}

export function parseMemberChange(body: Uint8Array): MemberChange {
  const map = shape.map(shape.json(body, limit), ["name", "kana", "role", "declares"], "member");
  return {
    name: shape.text(map.name, 120, "name"),
    kana: shape.text(map.kana, 120, "kana"),
    role: shape.oneOf(map.role, staffRoles, "role"),
    declares: shape.flag(map.declares, "declares"),
  };
}

export function parseCohortWords(body: Uint8Array): CohortWords {
  const map = shape.map(shape.json(body, limit), ["name", "everybody", "facilities", "areas", "rotateDays"], "cohort");
  return {
    name: shape.text(map.name, 120, "name"),
    everybody: shape.flag(map.everybody, "everybody"),
    facilities: shape.list(map.facilities, most, "facilities").map((code) => shape.text(code, 20, "facilities")),
    areas: shape.list(map.areas, most, "areas").map((area) => shape.text(area, 200, "areas")),
    rotateDays: shape.uint(map.rotateDays, "rotateDays"),
  };
}

/** May be empty, has no control letters. */
function line(value: unknown, longest: number, field: string): string {
  return value === "" ? "" : shape.text(value, longest, field);
}
