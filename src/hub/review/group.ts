import { randomUUID } from "node:crypto";
import type { EntryRow } from "../store/journal.ts";
import { addReview, endReviews, markReview, runningReview } from "../store/review.ts";
import type { Db } from "../store/store.ts";

/** Entries that follow an opening, and the mark that they leave on its review. */
const followers: Readonly<Record<string, Partial<Record<"confirmed" | "rest" | "protected" | "ended", number>>>> = {
  confirm: { confirmed: 1 },
  "open-rest": { rest: 1 },
  "open-protected": { protected: 1 },
  print: {},
  "grant-end": { ended: 1 },
};

/**
 * The review that a newly linked entry belongs to, or null. Each strip opened begins a review and ends the one before it of the same member
 * and person; what follows joins the running one; a grant's end, or the lock of the device, closes it. An opening that follows
 * nothing gets a review of its own. Whatever purpose the device declared: a device must not choose what is looked at.
 */
export async function groupEntry(tx: Db, entry: Omit<EntryRow, "review">, alert: string | null): Promise<string | null> {
  if (entry.kind === "lock" || entry.kind === "unlock") {
    await endReviews(tx, entry.chain);
    return null;
  }
  if (entry.kind === "open-strip") {
    const before = await runningReview(tx, entry.chain, entry.staff, entry.person);
    if (before !== null) await markReview(tx, before.id, { ended: 1 });
    return await begin(tx, entry, alert);
  }
  const marks = followers[entry.kind];
  if (marks === undefined) return null;
  const running = await runningReview(tx, entry.chain, entry.staff, entry.person);
  if (running === null && entry.kind === "grant-end") return null;
  const id = running?.id ?? (await begin(tx, entry, alert));
  if (Object.keys(marks).length > 0) await markReview(tx, id, marks);
  return id;
}

/** A review of its own, ended, for an opening that could not be linked to its chain: nothing that follows joins it. */
export async function reviewAside(tx: Db, entry: Omit<EntryRow, "review">): Promise<void> {
  const id = await begin(tx, entry, "aside");
  await markReview(tx, id, { ended: 1, ...(followers[entry.kind] ?? {}) });
}

async function begin(tx: Db, entry: Omit<EntryRow, "review">, alert: string | null): Promise<string> {
  const id = randomUUID();
  await addReview(tx, {
    id,
    chain: entry.chain,
    seq: entry.seq,
    device: entry.device,
    staff: entry.staff,
    role: entry.role,
    person: entry.person,
    purpose: entry.purpose,
    opened: entry.trusted,
    ended: 0,
    confirmed: 0,
    rest: 0,
    protected: 0,
    odd: alert !== null || entry.kind !== "open-strip" ? 1 : 0,
    state: "open",
    note: "",
    reviewer: "",
    decided: 0,
  });
  return id;
}
