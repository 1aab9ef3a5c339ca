import { randomUUID } from "node:crypto";
import type { Clock } from "../../shared/clock.ts";
import { TomoshibiError } from "../../shared/error.ts";
import type { AlertItem, Figures, ReviewDecision, ReviewItem } from "../../shared/protocol/console.ts";
import { devices } from "../store/device.ts";
import { alerts, entriesOfReview } from "../store/journal.ts";
import { decideReview, type ReviewRow, reviewById, reviews } from "../store/review.ts";
import { countStaff, staffById } from "../store/staff.ts";
import type { Db } from "../store/store.ts";
import { personOf } from "./person.ts";
import { type Ranked, rankReviews } from "./rank.ts";

export interface ReviewDeps {
  readonly db: Db;
  readonly clock: Clock;
}

const most = 500;

/** The newest 500, those that look least like expected care first, the undecided before the decided. */
export async function listReviews(deps: ReviewDeps): Promise<readonly ReviewItem[]> {
  const ranked = rankReviews(await reviews(deps.db, most));
  const waiting = ranked.filter(({ row }) => row.state !== "accepted");
  const accepted = ranked.filter(({ row }) => row.state === "accepted");
  return await Promise.all([...waiting, ...accepted].map((item) => describe(deps, item)));
}

/** Throws "not-found". */
export async function readReview(deps: ReviewDeps, id: string): Promise<ReviewItem> {
  return await describe(deps, await ranked(deps.db, id));
}

/** Records what the reviewer decided, beside what was decided before. Throws "not-found". */
export async function decide(deps: ReviewDeps, id: string, decision: ReviewDecision, reviewer: string): Promise<ReviewItem> {
  if ((await reviewById(deps.db, id)) === null) throw new TomoshibiError("not-found");
  const row = { ...decision, id: randomUUID(), review: id, reviewer, at: deps.clock.now() };
  await deps.db.transaction().execute((tx) => decideReview(tx, row));
  return await readReview(deps, id);
}

export async function listAlerts(db: Db): Promise<readonly AlertItem[]> {
  const names = new Map((await devices(db)).map(({ id, name }) => [id, name]));
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
  const all = rankReviews(await reviews(db, most));
  const row = all.some((item) => item.row.id === id) ? null : await reviewById(db, id);
  const found = all.find((item) => item.row.id === id) ?? (row === null ? undefined : rankReviews([row])[0]);
  if (found === undefined) throw new TomoshibiError("not-found");
  return found;
}

async function describe(deps: ReviewDeps, { row, marks, rank }: Ranked): Promise<ReviewItem> {
  const [staff, device, entries, person] = await Promise.all([
    staffById(deps.db, row.staff),
    deviceName(deps.db, row),
    entriesOfReview(deps.db, row.id),
    row.person === "" ? null : personOf(deps.db, row.person),
  ]);
  return {
    id: row.id,
    opened: row.opened,
    staff: { id: row.staff, name: staff?.name ?? "", role: staff?.role ?? row.role },
    person,
    device: { id: row.device, name: device },
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

async function deviceName(db: Db, row: ReviewRow): Promise<string> {
  return (await devices(db)).find(({ id }) => id === row.device)?.name ?? "";
}

/** The numbers of the start page. */
export async function figuresOf(db: Db): Promise<Figures> {
  const [items, alarms, known, staff] = await Promise.all([reviews(db, 10_000), alerts(db, 10_000), devices(db), countStaff(db)]);
  return {
    open: items.filter(({ state }) => state === "open").length,
    alerts: alarms.length,
    pending: known.filter(({ state }) => state === "pending").length,
    devices: known.filter(({ state }) => state === "approved").length,
    staff,
  };
}
