/** GET /api/enrolment, signed: where the enrolment stands, and, once approved, the site, the device's certificate and who works there. */
import type { Bytes } from "../bytes.ts";
import { decodeCbor, encodeCbor } from "../crypto/cbor.ts";
import { TomoshibiError } from "../error.ts";
import { shapeOf } from "./shape.ts";

export const enrolmentPath = "/api/enrolment";
export const staffRoles = ["physician", "nurse", "pharmacist", "paramedic", "clerk"] as const;
export type StaffRole = (typeof staffRoles)[number];

export interface SiteStaff {
  readonly id: string;
  readonly name: string;
  readonly kana: string;
  readonly role: StaffRole;
  /** Has keys at the hub, from this device or another. */
  readonly registered: boolean;
}

/** A revoked or refused device gets `device-revoked` or `enrol-refused` instead. */
export type Enrolment =
  | { readonly state: "pending" }
  | {
      readonly state: "approved";
      readonly site: { readonly id: string; readonly name: string };
      /** COSE (shared/protocol/certificate). */
      readonly certificate: Bytes;
      readonly staff: readonly SiteStaff[];
    };

export function encodeResponse(enrolment: Enrolment): Bytes {
  return encodeCbor(enrolment);
}

export function parseResponse(body: Uint8Array): Enrolment {
  const shape = shapeOf("hub-answer-bad");
  if (body.length > 1024 * 1024) throw new TomoshibiError("hub-answer-bad", { field: "enrolment" });
  const value = decodeCbor(body);
  if (typeof value === "object" && value !== null && "state" in value && value.state === "pending") {
    shape.map(value, ["state"], "enrolment");
    return { state: "pending" };
  }
  const map = shape.map(value, ["state", "site", "certificate", "staff"], "enrolment");
  const site = shape.map(map.site, ["id", "name"], "site");
  return {
    state: shape.oneOf(map.state, ["approved"] as const, "state"),
    site: { id: shape.text(site.id, 64, "site.id"), name: shape.text(site.name, 120, "site.name") },
    certificate: shape.bytes(map.certificate, [1, 4096], "certificate"),
    staff: shape.list(map.staff, 2000, "staff").map((item) => {
      const member = shape.map(item, ["id", "name", "kana", "role", "registered"], "staff");
      return {
        id: shape.text(member.id, 64, "staff.id"),
        name: shape.text(member.name, 120, "staff.name"),
        kana: shape.text(member.kana, 120, "staff.kana"),
        role: shape.oneOf(member.role, staffRoles, "staff.role"),
        registered: shape.flag(member.registered, "staff.registered"),
      };
    }),
  };
}
