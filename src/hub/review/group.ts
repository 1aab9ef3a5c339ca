import { randomUUID } from "node:crypto";
import type { EntryKind } from "../../shared/audit/entry.ts";
import type { ReviewKind } from "../../shared/protocol/review.ts";
import type { EntryRow } from "../store/journal.ts";
import {
  addDeed,
  addReview,
  deedsOf,
  endReviews,
  markReview,
  type ReviewMarks,
  type ReviewRow,
  runningReview,
  takeOver,
} from "../store/review.ts";
import { lastOf } from "../store/reviewMore.ts";
import type { Db } from "../store/store.ts";

/** An entry as it is grouped, with what its signature says beyond its row. */
export type GroupedEntry = Omit<EntryRow, "review" | "kind"> & {
  readonly kind: EntryKind;
  /** Name that a sponsorship gives its key; null: a registered key signed, or none. */
  readonly sponsored: string | null;
};

type Group =
  /** Says nothing that a reviewer must look at; counted and kept all the same. */
  | { readonly does: "nothing" }
  /** Ends what cannot outlast a lock. */
  | { readonly does: "closes" }
  /** The strip: begins a review, or joins one that was approved or fetched for it and has no strip yet. */
  | { readonly does: "opens" }
  /** Joins the running review of one of these kinds; without one it begins one of kind `alone` (odd, unless said), or is left (null). */
  | {
      readonly does: "joins";
      readonly kinds: readonly ReviewKind[];
      readonly alone: ReviewKind | null;
      readonly expected?: true;
      /** Also the one of another member: two people declare, one approves what another opens. */
      readonly anybody?: true;
      readonly marks: ReviewMarks;
    };

const nothing: Group = { does: "nothing" };
const follows = (marks: ReviewMarks, kinds: readonly ReviewKind[] = ["opening"]): Group => ({
  does: "joins",
  kinds,
  alone: "opening",
  marks,
});
const alone = (kind: ReviewKind, more: { anybody?: true; never?: true } = {}): Group => ({
  does: "joins",
  kinds: more.never ? [] : [kind],
  alone: kind,
  expected: true,
  ...(more.anybody ? { anybody: true } : {}),
  marks: more.never ? { ended: 1 } : {},
});

/** Every kind of entry: one that is new does not compile until somebody says who must look at it. */
export const groups: Readonly<Record<EntryKind, Group>> = {
  enrolled: nothing,
  unlock: { does: "closes" },
  "unlock-failed": nothing,
  lock: { does: "closes" },
  "soft-lock": nothing,
  "soft-unlock": nothing,
  credential: nothing,
  sponsor: alone("sponsor", { never: true }),
  envelope: alone("envelope", { never: true }),
  members: nothing,
  pull: nothing,
  lease: nothing,
  epoch: nothing,
  "clock-confirm": alone("clock", { anybody: true }),
  wipe: nothing,
  "self-test": nothing,
  "open-strip": { does: "opens" },
  confirm: follows({ confirmed: 1 }),
  "open-rest": follows({ rest: 1 }),
  "open-protected": follows({ protected: 1 }),
  "second-person": { ...alone("opening"), anybody: true } as Group,
  "grant-end": { does: "joins", kinds: ["opening"], alone: null, marks: { ended: 1 } },
  print: follows({}, ["opening", "rescue"]),
  export: follows({}, ["opening", "rescue"]),
  handover: follows({}, ["opening", "rescue"]),
  "region-search": alone("region-search"),
  "open-region": alone("opening"),
  // Written words show nobody anything; those of an unknown patient are the site's own, of a person nobody has named.
  note: { does: "joins", kinds: ["opening"], alone: null, marks: {} },
  "open-note": nothing,
  // Blank paper: a form that bears a person is a print of what is open.
  forms: nothing,
  "outage-start": alone("outage", { anybody: true }),
  "outage-end": { does: "joins", kinds: ["outage"], alone: null, anybody: true, marks: { ended: 1 } },
  declare: alone("declaration", { anybody: true }),
  "declare-end": { does: "joins", kinds: ["declaration"], alone: null, anybody: true, marks: { ended: 1 } },
  rescue: { does: "joins", kinds: [], alone: "rescue", expected: true, marks: {} },
  drill: nothing,
};

/** What a lock ends; an outage or a disaster goes on. A roster runs until then, so that its print joins it. */
const untilLock: readonly ReviewKind[] = ["opening", "rescue", "region-search", "clock"];

/** Loud when used: an alert of its own, beside the review. It names no person and no member. */
export const loud: Readonly<Partial<Record<EntryKind, string>>> = {
  envelope: "envelope-used",
  sponsor: "member-sponsored",
  declare: "disaster-declared",
  rescue: "rescue-opened",
  "clock-confirm": "clock-confirmed",
};

/** Whether an entry of this kind is reviewed although its chain refused it: whoever breaks a chain must not keep it from the reviewer. */
export function isReviewedAside(kind: EntryKind): boolean {
  const group = groups[kind];
  return group.does === "opens" || (group.does === "joins" && group.alone !== null && kind !== "confirm");
}

/**
 * The review that a newly linked entry belongs to, or null. What follows joins the running one; a grant's end, or the lock of the device,
 * closes it. An opening that follows nothing gets a review of its own, "odd". Whatever purpose the device declared: a device must not
 * choose what is looked at. What joins a review that was accepted opens it again.
 */
export async function groupEntry(tx: Db, entry: GroupedEntry, alert: string | null): Promise<string | null> {
  const group = groups[entry.kind];
  if (group.does === "nothing") return null;
  if (group.does === "closes") {
    await endReviews(tx, entry.chain, untilLock);
    return null;
  }
  if (group.does === "opens") return await open(tx, entry, alert);
  // The envelope opens the device as an unlock does.
  if (entry.kind === "envelope") await endReviews(tx, entry.chain, untilLock);
  const { kinds, marks } = group;
  const running = kinds.length === 0 ? null : await runningReview(tx, { ...entry, staff: group.anybody ? null : entry.staff }, kinds);
  if (running === null) {
    if (group.alone === null) return null;
    const id = await begin(tx, entry, group.alone, alert !== null || group.expected !== true);
    await markReview(tx, id, marks);
    return id;
  }
  await markReview(tx, running.id, marks);
  // The end of something shows nobody anything new.
  if (marks.ended !== 1) await reopen(tx, running, entry.received);
  return running.id;
}

async function open(tx: Db, entry: GroupedEntry, alert: string | null): Promise<string> {
  const before = await runningReview(tx, { ...entry, staff: null }, ["opening"]);
  if (before !== null && isAwaiting(before) && alert === null) {
    await takeOver(tx, before.id, { ...openerOf(entry) });
    await markReview(tx, before.id, { strip: 1 });
    return before.id;
  }
  const own = await runningReview(tx, entry, ["opening"]);
  if (own !== null) await markReview(tx, own.id, { ended: 1 });
  const id = await begin(tx, entry, "opening", alert !== null);
  await markReview(tx, id, { strip: 1 });
  return id;
}

/** Approved by a second member, or fetched from the region, and nothing shown yet. */
function isAwaiting({ strip, confirmed, rest, protected: guarded, odd }: ReviewRow): boolean {
  return strip + confirmed + rest + guarded + odd === 0;
}

/** A reviewer accepted what was there then; more is more to look at. */
async function reopen(tx: Db, review: ReviewRow, at: number): Promise<void> {
  if (review.state !== "accepted") return;
  const done = (await deedsOf(tx, [review.id])).get(review.id) ?? [];
  const deed = { what: "grown", state: "open", note: "", reviewer: "", answered_by: "", rules: 0, rank: 0, findings: "[]" } as const;
  await addDeed(tx, { ...deed, id: deedId(review.id, done.length), review: review.id, at });
}

/** The same for two who act on the same state: only one of them gets it. */
export function deedId(review: string, done: number): string {
  return `${review}/${String(done).padStart(6, "0")}`;
}

/** A review of its own, ended, for an entry that could not be linked to its chain: nothing that follows joins it. */
export async function reviewAside(tx: Db, entry: GroupedEntry): Promise<void> {
  const group = groups[entry.kind];
  const joins = group.does === "joins" ? group : null;
  const id = await begin(tx, entry, joins?.alone ?? "opening", true);
  await markReview(tx, id, { ...joins?.marks, ended: 1, ...(group.does === "opens" ? { strip: 1 } : {}) });
}

async function begin(tx: Db, entry: GroupedEntry, kind: ReviewKind, odd: boolean): Promise<string> {
  const id = randomUUID();
  // The device was entered by its envelope: the account is nobody's, and who used it gave only a name.
  const entered = await lastOf(tx, entry.chain, entry.seq, ["envelope", "unlock", "lock"]);
  const envelope = entered?.kind === "envelope" ? entered : null;
  await addReview(tx, {
    id,
    kind,
    chain: entry.chain,
    seq: entry.seq,
    device: entry.device,
    ...openerOf(entry),
    ...(envelope === null ? {} : { called: envelope.note }),
    person: entry.person,
    opened: entry.trusted,
    made: entry.received,
    ended: 0,
    strip: 0,
    confirmed: 0,
    rest: 0,
    protected: 0,
    odd: odd ? 1 : 0,
    envelope: envelope === null ? 0 : 1,
    state: "open",
    note: "",
    reviewer: "",
    decided: 0,
  });
  return id;
}

function openerOf({
  kind,
  staff,
  role,
  purpose,
  sponsored,
  note,
}: GroupedEntry): Pick<ReviewRow, "staff" | "role" | "purpose" | "called" | "sponsored"> {
  const called = sponsored ?? (kind === "envelope" ? note : "");
  return { staff, role, purpose, called, sponsored: sponsored === null ? 0 : 1 };
}
