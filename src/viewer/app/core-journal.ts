/** Journal entries as the core writes them: who signs what, and the count of the outbox after each. */
import { type EntryBody, emptyBody } from "../../shared/audit/body.ts";
import type { EntryKind } from "../../shared/audit/entry.ts";
import { appendEntry, type Written } from "../journal/append.ts";
import { outboxCount } from "../journal/outbox.ts";
import { stored } from "../vault/failure.ts";
import type { Session } from "../vault/unlock.ts";
import { type Context, needDevice, rosterMember } from "./core-context.ts";

type Fields = Partial<Pick<EntryBody, "purpose" | "person" | "what" | "reason" | "note">>;

/** By the member who is unlocked, and the device's open key. */
export async function writeAsMember(context: Context, session: Session, kind: EntryKind, fields: Fields): Promise<Written> {
  const staff = { id: session.staff, key: session.staffSigner.key };
  const role = rosterMember(context, { staff: session.staff, sign: session.staffKeys.signPublic })?.role ?? "";
  return write(context, kind, { ...fields, staff: session.staff, role }, { which: "open", key: session.openSigner.key }, staff);
}

/** By the device alone, with its open key. */
export async function writeAsDevice(context: Context, openKey: CryptoKey, kind: EntryKind, fields: Fields): Promise<Written> {
  return write(context, kind, fields, { which: "open", key: openKey }, null);
}

/** By a locked device: failed unlocks and leases only. */
export async function writeAsLocked(
  context: Context,
  kind: "unlock-failed" | "lease",
  fields: Fields & { readonly staff?: string },
): Promise<Written> {
  return write(context, kind, fields, { which: "locked", key: needDevice(context).row.lockedKey }, null);
}

async function write(
  context: Context,
  kind: EntryKind,
  fields: Partial<EntryBody>,
  signer: { readonly which: "open" | "locked"; readonly key: CryptoKey },
  staff: { readonly id: string; readonly key: CryptoKey } | null,
): Promise<Written> {
  const { row, trust } = needDevice(context);
  const { deps, time } = context;
  const written = await appendEntry(
    { db: context.journal, exclusive: deps.exclusive, randomBytes: deps.randomBytes },
    {
      device: row.device,
      kind,
      body: { ...emptyBody, ...fields },
      at: deps.clock.now(),
      trusted: time.now(),
      auditKey: trust.hubKeys.keys.audit,
      signer,
      staff,
    },
  );
  context.outbox += 1;
  context.changed();
  return written;
}

/** Counts the outbox from the disk: at the start, and after the hub acknowledged. */
export async function countOutbox(context: Context): Promise<void> {
  context.outbox = await stored(() => outboxCount(context.journal));
  context.changed();
}
