/**
 * The sealed envelope on the device. Its account stands in the signed roster; its private keys are on paper alone. It opens while a
 * disaster is in force here, and for one emergency: once another begins after that one ended, it is spent until the operator renews it.
 */
import { equalBytes } from "../../shared/bytes.ts";
import { envelopeKeys } from "../../shared/crypto/envelope.ts";
import type { StaffKeys } from "../../shared/crypto/staff.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { parseEnvelopeSecret } from "../../shared/protocol/envelope.ts";
import type { RosterMember } from "../../shared/protocol/roster.ts";
import { beginTry, clearTries } from "../vault/tries.ts";
import { vaultKeyOf } from "../vault/unlock.ts";
import { type Context, freshen, needDevice } from "./core-context.ts";
import { disasterInForce, lookAgain } from "./core-disaster.ts";
import { bindEnvelopes, envelopesOf, isSpent } from "./core-emergency.ts";
import { writeAsLocked } from "./core-journal.ts";
import { enter } from "./core-unlock.ts";
import { openSettled } from "./core-vault.ts";

/** none: the site has no envelope · closed: no disaster is in force · ready: the secret opens, unless it is spent. */
export type EnvelopeStanding = "none" | "closed" | "ready";

export function envelopeStanding(context: Context): EnvelopeStanding {
  if (envelopesOf(context).length === 0) return "none";
  return disasterInForce(context) ? "ready" : "closed";
}

/** Members who may say that it is they who use it. */
export function envelopeUsers(context: Context): readonly RosterMember[] {
  const people = new Map((context.trust?.roster?.members ?? []).filter(({ envelope }) => envelope !== true).map((each) => [each.id, each]));
  return [...people.values()].sort((a, b) => (a.kana < b.kana ? -1 : 1));
}

/**
 * Unlocks by the printed secret; `userId`: who uses it, of the roster. Every wrong secret is counted across restarts and journalled.
 * Errors: "envelope-malformed" (a typing error: not counted), "unlock-throttled", "envelope-unknown" (renewed, of another site, or VK was
 * never sealed to it here), "envelope-closed" (no disaster), "envelope-spent", "staff-unknown".
 */
export async function unlockByEnvelope(context: Context, typed: string, userId: string): Promise<void> {
  await freshen(context);
  await lookAgain(context, true);
  const { binding } = needDevice(context);
  const user = envelopeUsers(context).find(({ id }) => id === userId);
  if (!user) throw new TomoshibiError("staff-unknown");
  const { member, keys } = await envelopeOf(context, typed);
  const allowed = await mayOpen(context, member);
  if (allowed !== null) {
    await writeAsLocked(context, "unlock-failed", { staff: member.id, what: allowed, note: userId });
    throw new TomoshibiError(allowed);
  }
  const who = { staff: member.id, member: member.id, sponsorship: null, envelope: { id: user.id, name: user.name } };
  const vaultKey = await vaultKeyOf(context.db, binding, { member: member.id, staffKeys: keys }).catch((cause: unknown) => {
    throw new TomoshibiError("envelope-unknown", { reason: "not sealed here" }, { cause });
  });
  await enter(context, await openSettled(context, who, keys, vaultKey));
}

/**
 * The account of this secret as the roster names it now, and its keys: also one half of a local declaration. Errors: as above, but for the
 * disaster.
 */
export async function envelopeOf(context: Context, typed: string): Promise<{ readonly member: RosterMember; readonly keys: StaffKeys }> {
  const { row } = needDevice(context);
  const secret = await parseEnvelopeSecret(typed);
  await beginTry(context.db, "envelope", context.deps.clock.now());
  const keys = await envelopeKeys(secret, row.siteId);
  const member = envelopesOf(context).find(({ sign, seal }) => equalBytes(sign, keys.signPublic) && equalBytes(seal, keys.sealPublic));
  if (!member) {
    await writeAsLocked(context, "unlock-failed", { staff: "", what: "envelope" });
    throw new TomoshibiError("envelope-unknown");
  }
  await clearTries(context.db, "envelope");
  return { member, keys };
}

async function mayOpen(context: Context, { id }: RosterMember): Promise<"envelope-closed" | "envelope-spent" | null> {
  if (!disasterInForce(context)) return "envelope-closed";
  await bindEnvelopes(context);
  return (await isSpent(context, id)) ? "envelope-spent" : null;
}
