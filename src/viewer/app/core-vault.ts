/** Who should have VK, compared with who has it: at each unlock VK is sealed to the envelope, and changed when somebody must lose it. */
import { equalBytes } from "../../shared/bytes.ts";
import type { StaffKeys } from "../../shared/crypto/staff.ts";
import { codeOf } from "../../shared/error.ts";
import type { MemberRow, SlotRow } from "../vault/db.ts";
import { stored } from "../vault/failure.ts";
import { type Recipient, ROTATE_DUE, rotateVault, sealedTo } from "../vault/rotate.ts";
import { memberKey } from "../vault/slots.ts";
import { openSession, type Session, type Who } from "../vault/unlock.ts";
import { type Context, needDevice, refreshSlots, rosterMember } from "./core-context.ts";
import { bindEnvelopes } from "./core-emergency.ts";
import { writeAsMember } from "./core-journal.ts";

interface Standing {
  /** Each with the key that the roster, or a colleague in the roster, vouches for. */
  readonly recipients: readonly Recipient[];
  /** Slots that count, or that a roster may still come to name. */
  readonly keep: ReadonlySet<string>;
  /** Rows of `members`, and slots, of who must lose VK. */
  readonly gone: readonly string[];
  readonly rotate: boolean;
  /** Envelopes that VK is not sealed to yet. */
  readonly missing: readonly Recipient[];
}

/**
 * Session of somebody whose keys and VK are open, after VK went to all who should have it and to nobody else. A rotation that cannot be
 * written (a full disk) keeps nobody from care: it is told in keyHealth() and tried again at the next unlock.
 */
export async function openSettled(context: Context, who: Who, staffKeys: StaffKeys, vaultKey: Uint8Array<ArrayBuffer>): Promise<Session> {
  const { binding } = needDevice(context);
  const session = await openSession(context.db, binding, who, staffKeys, vaultKey);
  try {
    const settled = await settle(context, session, staffKeys, vaultKey);
    context.keys.fault = null;
    return settled;
  } catch (error) {
    context.keys.fault = codeOf(error);
    return session;
  }
}

async function settle(context: Context, session: Session, staffKeys: StaffKeys, vaultKey: Uint8Array<ArrayBuffer>): Promise<Session> {
  const { binding } = needDevice(context);
  await bindEnvelopes(context);
  const standing = await standingOf(context);
  if (!standing) return session;
  if (!standing.rotate) {
    for (const each of standing.missing) {
      const row = await sealedTo(binding, vaultKey, each);
      await stored(() => context.db.members.put(row));
    }
    return session;
  }
  await writeAsMember(context, session, "members", {
    what: `gone ${standing.gone.length === 0 ? "earlier" : standing.gone.join(" ")}`.slice(0, 200),
    note: `kept ${standing.recipients.length}`,
  });
  const next = await rotateVault(context.db, binding, vaultKey, standing.recipients, standing.keep);
  const moved = await openSession(context.db, binding, session, staffKeys, next);
  await refreshSlots(context);
  return moved;
}

/** null without a roster: who should have VK is then unknown, and nothing is taken from anybody. */
async function standingOf(context: Context): Promise<Standing | null> {
  const { db } = context;
  const roster = needDevice(context).trust.roster;
  if (!roster) return null;
  const [slots, members, due] = await stored(() =>
    db.transaction("r", db.slots, db.members, db.facts, () =>
      Promise.all([db.slots.toArray(), db.members.toArray(), db.facts.get(ROTATE_DUE)]),
    ),
  );
  const recipients = new Map<string, Recipient>();
  const keep = new Set<string>();
  const waiting = new Set<string>();
  for (const slot of slots) {
    const member = rosterMember(context, slot);
    if (member) recipients.set(memberKey(slot), { member: memberKey(slot), seal: member.seal });
    else if (mayStillCome(slot, roster.seq)) waiting.add(memberKey(slot));
    else continue;
    keep.add(slot.id);
  }
  const envelopes = roster.members.flatMap(({ id, seal, envelope }) => (envelope === true ? [{ member: id, seal }] : []));
  for (const each of envelopes) recipients.set(each.member, each);
  const rows = new Map(members.map((row) => [row.staff, row]));
  const gone = [
    ...members.filter((row) => !waiting.has(row.staff) && !isFor(row, recipients.get(row.staff))).map(({ staff }) => staff),
    ...slots.filter(({ id }) => !keep.has(id)).map(({ id }) => id),
  ];
  return {
    recipients: [...recipients.values()],
    keep,
    gone: [...new Set(gone)],
    rotate: gone.length > 0 || due !== undefined,
    missing: envelopes.filter((each) => !rows.has(each.member)),
  };
}

/** Written before the hub was asked, and its answer was lost: only a roster newer than the one known then can tell. */
function mayStillCome({ since, sponsorship }: SlotRow, seq: number): boolean {
  return sponsorship === undefined && since !== undefined && seq <= since;
}

function isFor(row: MemberRow, recipient: Recipient | undefined): boolean {
  return recipient !== undefined && (row.seal === undefined || equalBytes(row.seal, recipient.seal));
}
