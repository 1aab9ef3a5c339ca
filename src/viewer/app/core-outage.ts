/**
 * The outage session: one member declares that the site's own systems are down; each of its own patients then takes one tap. The declaration
 * is signed, kept on disk and believed again only while it verifies, its start stands in the journal and no end does.
 */
import { openOutage, signOutage } from "../../shared/audit/outage.ts";
import { fromBase64Url } from "../../shared/bytes.ts";
import { importVerifyKey } from "../../shared/crypto/sign.ts";
import { codeOf, TomoshibiError } from "../../shared/error.ts";
import { outageFacts } from "../journal/since.ts";
import { stored } from "../vault/failure.ts";
import type { Session } from "../vault/unlock.ts";
import { type Context, mayOpenPart, memberOf, needDevice, needSession } from "./core-context.ts";
import { writeAsMember } from "./core-journal.ts";
import { type Locks, markStale } from "./core-locks.ts";

export interface OutageView {
  /** ms of trusted time. */
  readonly from: number;
  readonly until: number;
  readonly by: string;
  /** Name of the member who declared it. */
  readonly byName: string;
  readonly openings: number;
}

export interface CoreOutage {
  /** The outage session that runs here, or null. */
  outage(): OutageView | null;
  /** Errors: forbidden (a role that opens nothing, a sponsored member), policy-missing, journal-write-failed. */
  startOutage(note: string): Promise<void>;
  /** Any member may end it. */
  endOutage(): Promise<void>;
}

export function outageOf(context: Context): CoreOutage {
  return {
    outage: () => outageView(context),
    startOutage: (note) => start(context, note),
    endOutage: () => end(context, "by hand"),
  };
}

/** By trusted time: the end comes by itself. */
export function outageRuns({ locks, time }: Context): boolean {
  return locks.outage !== null && time.now() < locks.outage.declared.until && time.now() >= locks.outage.declared.from;
}

export function outageView(context: Context): OutageView | null {
  const { locks, trust } = context;
  if (!locks.outage || !outageRuns(context)) return null;
  const { declared, openings } = locks.outage;
  const name = trust?.roster?.members.find(({ id }) => id === declared.by)?.name ?? declared.by;
  return { from: declared.from, until: declared.until, by: declared.by, byName: name, openings };
}

/** One more of its openings is in the journal. */
export function countOutageOpening({ locks, changed }: Context): void {
  if (locks.outage) locks.outage = { ...locks.outage, openings: locks.outage.openings + 1 };
  changed();
}

async function start(context: Context, note: string): Promise<void> {
  const session = needSession(context);
  const { row, trust } = needDevice(context);
  if (!trust.policy) throw new TomoshibiError("policy-missing");
  const member = memberOf(context, session);
  if (!member || session.sponsorship !== null || session.envelope !== null || !mayOpenPart(context, member, "strip"))
    throw new TomoshibiError("forbidden");
  if (outageRuns(context)) return;
  // Marked like an opening: the device keeps the entry while the session may still be believed (journal/keeping.ts).
  const kept = { counts: "outage", outage: false, elsewhere: async () => markStale(context.locks) };
  const written = await writeAsMember(context, session, "outage-start", { purpose: "TREAT", note }, kept);
  const from = context.time.now();
  const declared = {
    device: row.device,
    site: row.siteId,
    from,
    until: from + trust.policy.locks.outageHours * 3_600_000,
    by: session.staff,
    chain: written.chain,
    seq: written.seq,
  };
  const bytes = await signOutage(declared, session.staffSigner.key);
  await stored(() => context.db.signed.put({ what: "outage", bytes }));
  context.locks.outage = { declared, openings: 0 };
  context.changed();
}

async function end(context: Context, why: string): Promise<void> {
  const session = needSession(context);
  const { outage } = context.locks;
  if (!outage) return;
  // Over first: an end that cannot be written must not leave it running.
  context.locks.outage = null;
  context.changed();
  await writeAsMember(context, session, "outage-end", { what: `${why}, ${outage.openings} openings` });
  await stored(() => context.db.signed.delete("outage"));
}

/** Now and then: what has run out gets its entry. */
export async function expireOutage(context: Context): Promise<void> {
  if (context.session && context.locks.outage && !outageRuns(context)) await end(context, "by itself");
}

/**
 * At unlock, and after another page wrote. null: there is none, or what lies on the disk is not believed: then it is taken away. One that ran
 * out while locked is given back, so that its end gets an entry.
 */
export async function loadOutage(context: Context, session: Session): Promise<Locks["outage"]> {
  const { row, trust } = needDevice(context);
  const kept = await stored(() => context.db.signed.get("outage"));
  if (!kept) return null;
  try {
    const members = trust.roster?.members ?? [];
    const keysOf = (staff: string) => Promise.all(members.filter(({ id }) => id === staff).map(({ sign }) => importVerifyKey(sign)));
    const declared = await openOutage(kept.bytes, { device: row.device, site: row.siteId }, keysOf);
    if (fromBase64Url(declared.chain) === null) throw new TomoshibiError("outage-malformed", { field: "chain" });
    const facts = await stored(() => outageFacts(context.journal, declared));
    if (facts.startedBy === declared.by && !facts.ended) return { declared, openings: facts.openings };
  } catch (error) {
    if (codeOf(error) !== "outage-malformed") throw error;
  }
  // Its start or its end is in the journal or it never was: nothing is lost with this row.
  await stored(() => context.db.signed.where("what").equals("outage").delete());
  if (session === context.session) context.changed();
  return null;
}
