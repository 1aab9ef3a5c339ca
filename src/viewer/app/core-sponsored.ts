/** Whose keys stand in no roster, but for some hours under a colleague's signature. */
import { inForce, openSponsorship, type Sponsorship } from "../../shared/audit/sponsorship.ts";
import { equalBytes } from "../../shared/bytes.ts";
import { importVerifyKey } from "../../shared/crypto/sign.ts";
import { codeOf } from "../../shared/error.ts";
import { staffRoles } from "../../shared/protocol/enrolment.ts";
import type { RosterMember } from "../../shared/protocol/roster.ts";
import type { SlotRow } from "../vault/db.ts";
import type { Context } from "./core-context.ts";

/**
 * Sponsorships of these slots that a member of the roster (never the envelope) signed for this device, by slot id. A sponsor who was
 * removed vouches for nobody any more. Whether the time has come or is over: `sponsoredMember`.
 */
export async function sponsorshipsOf(
  { device, trust }: Pick<Context, "device" | "trust">,
  slots: readonly SlotRow[],
): Promise<ReadonlyMap<string, Sponsorship>> {
  const found = new Map<string, Sponsorship>();
  const vouched = slots.flatMap(({ id, staff, sign, sponsorship }) => (sponsorship ? [{ id, staff, sign, sponsorship }] : []));
  const members = (trust?.roster?.members ?? []).filter(({ envelope }) => envelope !== true);
  if (!device || vouched.length === 0 || members.length === 0) return found;
  const keys = await Promise.all(members.map(async ({ id, sign }) => ({ id, key: await importVerifyKey(sign) })));
  for (const slot of vouched) {
    try {
      const keysOf = (sponsor: string) => keys.filter(({ id }) => id === sponsor).map(({ key }) => key);
      const { sponsorship } = await openSponsorship(slot.sponsorship, device.device, keysOf);
      if (sponsorship.id === slot.staff && equalBytes(sponsorship.sign, slot.sign)) found.set(slot.id, sponsorship);
    } catch (error) {
      if (codeOf(error) !== "sponsorship-bad") throw error;
    }
  }
  return found;
}

/** The sponsored with these keys, as a roster would name them, while the sponsorship is in force by trusted time. */
export function sponsoredMember(
  { keys, time }: Pick<Context, "keys" | "time">,
  slot: Pick<SlotRow, "staff" | "sign">,
): RosterMember | null {
  for (const sponsorship of keys.sponsored.values()) {
    if (sponsorship.id !== slot.staff || !equalBytes(sponsorship.sign, slot.sign) || !inForce(sponsorship, time.now())) continue;
    const role = staffRoles.find((each) => each === sponsorship.role);
    const { id, name, sign, seal } = sponsorship;
    return role === undefined ? null : { id, name, kana: name, role, sign, seal };
  }
  return null;
}
