/** Journal entries as the core writes them: who signs what, and the count of the outbox after each. */
import { type EntryBody, emptyBody } from "../../shared/audit/body.ts";
import type { EntryKind } from "../../shared/audit/entry.ts";
import type { Bytes } from "../../shared/bytes.ts";
import { appendEntry, type Written } from "../journal/append.ts";
import type { NoteRow } from "../journal/db.ts";
import { outboxCount } from "../journal/outbox.ts";
import { markOf } from "../journal/recent.ts";
import { stored } from "../vault/failure.ts";
import type { Session } from "../vault/unlock.ts";
import { type Context, memberOf, needDevice } from "./core-context.ts";
import { markStale } from "./core-locks.ts";

type Fields = Partial<Pick<EntryBody, "purpose" | "person" | "what" | "reason" | "note">>;

/** What goes with an opening besides its entry: see Beside. */
export interface Opening {
  /** Counted as this person for the hourly limit; null: not counted. */
  readonly counts: string | null;
  readonly outage: boolean;
  readonly elsewhere: () => Promise<void>;
}

/** By the member who is unlocked, and the device's open key. `note`: on disk together with the entry that declares it. */
export async function writeAsMember(
  context: Context,
  session: Session,
  kind: EntryKind,
  fields: Fields,
  opening: Opening | null = null,
  note: NoteRow | null = null,
): Promise<Written> {
  const { sponsorship } = session;
  const member = memberOf(context, session);
  // A sponsored key signs nothing after its end: what is left to write then (an end, a lock) is the device's alone.
  const over = sponsorship !== null && member === null;
  const staff = over ? null : { id: session.staff, key: session.staffSigner.key, sponsorship };
  const role = member?.role ?? "";
  const person = opening?.counts ?? null;
  const beside = opening && {
    outage: opening.outage,
    elsewhere: opening.elsewhere,
    markFor: person === null ? null : (times: Parameters<typeof markOf>[2]) => markOf(session.epochWrap, person, times),
  };
  return write(
    context,
    kind,
    { ...fields, staff: session.staff, role },
    { which: "open", key: session.openSigner.key },
    staff,
    beside,
    note,
  );
}

/** By a second member, who has just proven who they are: their signature, the device's open key of the session that stays the first one's. */
export async function writeAsSecond(
  context: Context,
  session: Session,
  second: { readonly id: string; readonly role: string; readonly key: CryptoKey },
  kind: EntryKind,
  fields: Fields,
): Promise<Written> {
  const { id, role, key } = second;
  const device = { which: "open", key: session.openSigner.key } as const;
  return write(context, kind, { ...fields, staff: id, role }, device, { id, key, sponsorship: null });
}

/** By the device alone, with its open key. */
export async function writeAsDevice(context: Context, openKey: CryptoKey, kind: EntryKind, fields: Fields): Promise<Written> {
  return write(context, kind, fields, { which: "open", key: openKey }, null);
}

/** By a locked device: failed unlocks, leases and wipes only. */
export async function writeAsLocked(
  context: Context,
  kind: "unlock-failed" | "lease" | "wipe",
  fields: Fields & { readonly staff?: string },
): Promise<Written> {
  return write(context, kind, fields, { which: "locked", key: needDevice(context).row.lockedKey }, null);
}

async function write(
  context: Context,
  kind: EntryKind,
  fields: Partial<EntryBody>,
  signer: { readonly which: "open" | "locked"; readonly key: CryptoKey },
  staff: { readonly id: string; readonly key: CryptoKey; readonly sponsorship: Bytes | null } | null,
  beside:
    | (Pick<Opening, "outage" | "elsewhere"> & { readonly markFor: ((times: Parameters<typeof markOf>[2]) => Promise<Bytes>) | null })
    | null = null,
  note: NoteRow | null = null,
): Promise<Written> {
  const { row, trust } = needDevice(context);
  const { deps, time } = context;
  const times = { at: deps.clock.now(), trusted: time.now() };
  const written = await appendEntry(
    { db: context.journal, exclusive: deps.exclusive, randomBytes: deps.randomBytes },
    {
      device: row.device,
      kind,
      body: { ...emptyBody, ...fields },
      ...times,
      auditKey: trust.hubKeys.keys.audit,
      signer,
      staff,
    },
    {
      outage: beside?.outage ?? false,
      // What another page wrote is looked at before the next opening, whichever entry it was that met it.
      elsewhere: beside?.elsewhere ?? (async () => markStale(context.locks)),
      mark: beside?.markFor?.(times),
      note: note ?? undefined,
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
