/**
 * A second person: another member of the site proves their own credential on this device, and signs. Their keys are opened for that and
 * dropped; who is unlocked stays who was. Works without a network.
 */
import { approvalWords } from "../../shared/audit/approval.ts";
import type { EntryBody } from "../../shared/audit/body.ts";
import type { EntryKind } from "../../shared/audit/entry.ts";
import { codeOf, TomoshibiError } from "../../shared/error.ts";
import type { RosterMember } from "../../shared/protocol/roster.ts";
import type { PartName } from "../../shared/summary/summary.ts";
import type { Hit } from "../find/search.ts";
import type { Written } from "../journal/append.ts";
import { proveSlot, rememberProven } from "../vault/slots.ts";
import type { Credential, DeviceMember } from "./core.ts";
import { type Context, mayOpenPart, needDevice, needSession } from "./core-context.ts";
import { writeAsLocked, writeAsSecond } from "./core-journal.ts";
import { members } from "./core-unlock.ts";

export interface CoreSecond {
  /** Members with credentials here who may approve this part to the member who is unlocked. */
  approvers(part: PartName): readonly DeviceMember[];
  /**
   * The member proves who they are and signs that who is unlocked may open these parts of this person: one opening, within five minutes.
   * Errors: second-person-refused, unlock-wrong (journalled), unlock-throttled, journal-write-failed, the passkey's.
   */
  approve(
    staffId: string,
    credential: Credential,
    what: { readonly hit: Pick<Hit, "personRef">; readonly parts: readonly PartName[] },
  ): Promise<void>;
}

export function secondOf(context: Context): CoreSecond {
  return {
    approvers(part) {
      const { session } = context;
      const can = ({ id }: DeviceMember) => {
        const member = rosterMemberNamed(context, id);
        return member !== null && id !== session?.staff && mayOpenPart(context, member, part);
      };
      return members(context).filter(can);
    },
    approve: (staffId, credential, what) => approve(context, staffId, credential, what),
  };
}

async function approve(
  context: Context,
  staffId: string,
  credential: Credential,
  { hit, parts }: { readonly hit: Pick<Hit, "personRef">; readonly parts: readonly PartName[] },
): Promise<void> {
  const session = needSession(context);
  await asSecond(context, staffId, credential, async (second) => {
    if (parts.length === 0 || !parts.every((part) => mayOpenPart(context, second.member, part)))
      throw new TomoshibiError("second-person-refused", { why: "role" });
    const what = approvalWords({ parts, staff: session.staff });
    const { seq } = await second.write("second-person", { person: hit.personRef, what });
    context.locks.approvals.add({ staff: session.staff, person: hit.personRef, parts, seq });
  });
}

/** A member who has just proven who they are, for as long as one piece of work takes. */
export interface Second {
  readonly member: RosterMember;
  readonly key: CryptoKey;
  /** An entry signed by them and by the device; resolves when it is durable on disk. */
  write(kind: EntryKind, fields: Partial<Pick<EntryBody, "purpose" | "person" | "what" | "reason" | "note">>): Promise<Written>;
}

/**
 * Runs work with another member's signature. Refused (second-person-refused, whose `why` says which): who is unlocked, whoever stands in no
 * roster (removed, or here on a colleague's word), and the account of the sealed envelope. A wrong try is counted and journalled as at the
 * lock screen. Errors besides: unlock-wrong, unlock-throttled, vault-damaged, the passkey's.
 */
export async function asSecond<T>(
  context: Context,
  staffId: string,
  credential: Credential,
  work: (second: Second) => Promise<T>,
): Promise<T> {
  const session = needSession(context);
  if (staffId === session.staff) throw new TomoshibiError("second-person-refused", { why: "same" });
  const member = rosterMemberNamed(context, staffId);
  if (!member || member.envelope) throw new TomoshibiError("second-person-refused", { why: "roster" });
  const slots = context.slots.filter((slot) => slot.staff === staffId && slot.sponsorship === undefined);
  if (slots.length === 0) throw new TomoshibiError("second-person-refused", { why: "roster" });
  const key = await signingKey(context, staffId, slots, credential);
  if (context.session !== session) throw new TomoshibiError("not-unlocked");
  return work({
    member,
    key,
    write: (kind, fields) => writeAsSecond(context, session, { id: staffId, role: member.role, key }, kind, fields),
  });
}

async function signingKey(context: Context, staff: string, slots: Context["slots"], credential: Credential): Promise<CryptoKey> {
  const { db, deps, time } = context;
  try {
    const { slot, keys } = await proveSlot(db, needDevice(context).binding, slots, credential, deps.clock.now(), deps.passkeys);
    await rememberProven(db, slot.id, time.now());
    return keys.sign.privateKey;
  } catch (error) {
    if (codeOf(error) === "unlock-wrong")
      await writeAsLocked(context, "unlock-failed", { staff, what: `${credential.kind} as second person` });
    throw error;
  }
}

/** By the roster alone, with the very keys of a slot that is here: never on a colleague's word. */
function rosterMemberNamed({ trust, slots }: Context, id: string): RosterMember | null {
  const own = slots.filter((slot) => slot.staff === id && slot.sponsorship === undefined).map(({ sign }) => String(sign));
  return trust?.roster?.members.find((member) => member.id === id && own.includes(String(member.sign))) ?? null;
}
