import type { PatientId } from "../store/patient.ts";
import { component, leaf, plain, subcomponent } from "./message.ts";

/** Patient numbers of a facility: this OID and the facility's ten digits behind it. */
const oid = "1.2.392.100495.20.3.51.1";

/** Facility of an assigning authority (HD in CX-4: namespace&OID&ISO); null: none of ours. */
export function facilityOf(authority: string): string | null {
  const id = plain(subcomponent(authority, 2));
  const code = id.startsWith(oid) ? id.slice(oid.length) : "";
  return /^\d{10}$/.test(code) && ["ISO", ""].includes(plain(subcomponent(authority, 3))) ? code : null;
}

/** A CX as a patient number; facility null when its authority is none of ours. */
export function patientIdOf(cx: string): { readonly facility: string | null; readonly pid: string } {
  return { facility: facilityOf(component(cx, 4)), pid: plain(component(cx, 1)) };
}

export function cxOf({ facility, pid }: PatientId): string {
  return `${leaf(pid)}^^^&${oid}${facility}&ISO^PI`;
}
