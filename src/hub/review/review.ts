import { randomUUID } from "node:crypto";
import type { Clock } from "../../shared/clock.ts";
import { TomoshibiError } from "../../shared/error.ts";
import type { AlertItem, Figures, ReviewDecision, ReviewItem } from "../../shared/protocol/console.ts";
import { devices } from "../store/device.ts";
import { alerts, entriesOfReview } from "../store/journal.ts";
import { acceptedReviews, decideReview, reviewById, waitingReviews } from "../store/review.ts";
import { countStaff, staffById } from "../store/staff.ts";
import type { Db } from "../store/store.ts";
import { personOf } from "./person.ts";
import { type Ranked, rankReviews } from "./rank.ts";

export interface ReviewDeps {
  readonly db: Db;
  readonly clock: Clock;
}

const most = 500;

/** All that wait, those that look least like expected care first; then the newest 500 of the accepted ones. */
export async function listReviews(deps: ReviewDeps): Promise<readonly ReviewItem[]> {
  const all = await rankedReviews(deps.db);
  const names = await deviceNames(deps.db);
  const items: ReviewItem[] = [];
  for (const item of all) items.push(await describe(deps, item, names));
  return [...items.filter(({ state }) => state !== "accepted"), ...items.filter(({ state }) => state === "accepted")];
}

async function rankedReviews(db: Db): Promise<readonly Ranked[]> {
  return rankReviews([...(await waitingReviews(db)), ...(await acceptedReviews(db, most))]);
}

/** Throws "not-found". */
export async function readReview(deps: ReviewDeps, id: string): Promise<ReviewItem> {
  return await describe(deps, await ranked(deps.db, id), await deviceNames(deps.db));
}

/** Records what the reviewer decided, beside what was decided before. Throws "not-found". */
export async function decide(deps: ReviewDeps, id: string, decision: ReviewDecision, reviewer: string): Promise<ReviewItem> {
  if ((await reviewById(deps.db, id)) === null) throw new TomoshibiError("not-found");
  const row = { ...decision, id: randomUUID(), review: id, reviewer, at: deps.clock.now() };
  await deps.db.transaction().execute((tx) => decideReview(tx, row));
  return await readReview(deps, id);
}

export async function listAlerts(db: Db): Promise<readonly AlertItem[]> {
  const names = await deviceNames(db);
  return (await alerts(db, most)).map(({ id, last, kind, device, seq, count }) => ({
    id,
    at: last,
    kind,
    device,
    deviceName: names.get(device) ?? "",
    seq,
    count,
  }));
}

async function ranked(db: Db, id: string): Promise<Ranked> {
  const listed = (await rankedReviews(db)).find(({ row }) => row.id === id);
  const row = listed === undefined ? await reviewById(db, id) : null;
  const found = listed ?? (row === null ? undefined : rankReviews([row])[0]);
  if (found === undefined) throw new TomoshibiError("not-found");
  return found;
}

async function describe(deps: ReviewDeps, { row, marks, rank }: Ranked, names: ReadonlyMap<string, string>): Promise<ReviewItem> {
  const [staff, entries, person] = await Promise.all([
    staffById(deps.db, row.staff),
    entriesOfReview(deps.db, row.id),
    row.person === "" ? null : personOf(deps.db, row.person),
  ]);
  return {
    id: row.id,
    opened: row.opened,
    staff: { id: row.staff, name: staff?.name ?? "", role: staff?.role ?? row.role },
    person,
    device: { id: row.device, name: names.get(row.device) ?? "" },
    purpose: row.purpose,
    steps: entries.map(({ kind, trusted, what, reason, note }) => ({ kind, at: trusted, what, reason, note })),
    state: row.state,
    note: row.note,
    reviewer: row.reviewer,
    decided: row.decided,
    marks,
    rank,
  };
}

async function deviceNames(db: Db): Promise<ReadonlyMap<string, string>> {
  return new Map((await devices(db)).map(({ id, name }) => [id, name]));
}

/** The numbers of the start page. */
export async function figuresOf(db: Db): Promise<Figures> {
  const [items, alarms, known, staff] = await Promise.all([waitingReviews(db), alerts(db, 10_000), devices(db), countStaff(db)]);
  return {
    open: items.filter(({ state }) => state === "open").length,
    alerts: alarms.length,
    pending: known.filter(({ state }) => state === "pending").length,
    devices: known.filter(({ state }) => state === "approved").length,
    staff,
  };
}
