import type { Clock } from "../../shared/clock.ts";
import { TomoshibiError } from "../../shared/error.ts";
import type { AlertItem, Figures } from "../../shared/protocol/console.ts";
import type { ReviewAnswer, ReviewDecision, ReviewEvent, ReviewItem, ReviewState } from "../../shared/protocol/review.ts";
import { reviewRulesVersion } from "../../shared/protocol/reviewRules.ts";
import { devices } from "../store/device.ts";
import { alerts } from "../store/journal.ts";
import { acceptedReviews, addDeed, type DecisionRow, deedsOf, type ReviewRow, reviewById, waitingReviews } from "../store/review.ts";
import { countStaff } from "../store/staff.ts";
import type { Db } from "../store/store.ts";
import { describeReviews, ownership } from "./describe.ts";
import { type EvidenceDeps, evidenceOf } from "./evidence.ts";
import { deedId } from "./group.ts";
import { deviceSites } from "./places.ts";
import { type Ranked, rankReviews } from "./rank.ts";
import { settingsBook } from "./settings.ts";

export interface ReviewDeps extends EvidenceDeps {
  readonly clock: Clock;
}

const most = 500;

/** All that wait, those that look least like expected care first; then the newest 500 of the accepted ones. */
export async function listReviews(deps: ReviewDeps, reviewer: string): Promise<readonly ReviewItem[]> {
  const items = await described(deps, [...(await waitingReviews(deps.db)), ...(await acceptedReviews(deps.db, most))], reviewer);
  return [...items.filter(({ state }) => state !== "accepted"), ...items.filter(({ state }) => state === "accepted")];
}

/** Throws "not-found". */
export async function readReview(deps: ReviewDeps, id: string, reviewer: string): Promise<ReviewItem> {
  const [item] = await described(deps, [await known(deps.db, id)], reviewer);
  if (item === undefined) throw new TomoshibiError("not-found");
  return item;
}

type Deed = "accepted" | "question" | "escalated" | "answered";

/** What may be done in which state, and what it leads to; null: not now. A table with a hole does not compile. */
export const courses: Readonly<Record<ReviewState, Readonly<Record<Deed, ReviewState | null>>>> = {
  open: { accepted: "accepted", question: "question", escalated: "escalated", answered: null },
  question: { accepted: "accepted", question: "question", escalated: "escalated", answered: "question" },
  escalated: { accepted: "accepted", question: "question", escalated: "escalated", answered: "escalated" },
  accepted: { accepted: null, question: "question", escalated: "escalated", answered: null },
};

/**
 * Records what the reviewer decided, beside what was decided before and with the rank and findings of this moment. Errors: not-found,
 * review-own (it is their own), review-changed (somebody did something that they have not seen, or this cannot follow).
 */
export async function decide(deps: ReviewDeps, id: string, decision: ReviewDecision, reviewer: string): Promise<ReviewItem> {
  const { state, note, seen } = decision;
  return await record(deps, { id, deed: state, what: "decided", note, answeredBy: "", seen, reviewer });
}

/** Writes down what staff answered to a question; the decision is still to come. Errors as of `decide`. */
export async function answer(deps: ReviewDeps, id: string, { by, note, seen }: ReviewAnswer, reviewer: string): Promise<ReviewItem> {
  return await record(deps, { id, deed: "answered", what: "answered", note, answeredBy: by, seen, reviewer });
}

interface Recording {
  readonly id: string;
  readonly deed: Deed;
  readonly what: ReviewEvent;
  readonly note: string;
  readonly answeredBy: string;
  readonly seen: number;
  readonly reviewer: string;
}

async function record(deps: ReviewDeps, { id, deed, what, note, answeredBy, seen, reviewer }: Recording): Promise<ReviewItem> {
  const [found] = await rankedOf(deps, [await known(deps.db, id)]);
  if (found === undefined) throw new TomoshibiError("not-found");
  await refuseOwn(deps.db, found, reviewer);
  await deps.db.transaction().execute(async (tx) => {
    const row = await known(tx, id);
    const done = (await deedsOf(tx, [id])).get(id) ?? [];
    const state = courses[row.state][deed];
    if (state === null || done.length !== seen) throw new TomoshibiError("review-changed");
    const { findings, rank } = found;
    const made: DecisionRow = {
      id: deedId(id, done.length),
      review: id,
      what,
      state,
      note,
      reviewer,
      answered_by: answeredBy,
      at: deps.clock.now(),
      rules: reviewRulesVersion,
      rank,
      findings: JSON.stringify(findings),
    };
    await addDeed(tx, made);
  });
  return await readReview(deps, id, reviewer);
}

/** Nobody reviews what they opened, approved or signed. Throws "review-own". */
export async function refuseOwn(db: Db, { evidence }: Pick<Ranked, "evidence">, reviewer: string): Promise<void> {
  if ((await ownership(db, reviewer))(evidence)) throw new TomoshibiError("review-own");
}

/** Throws "not-found". */
export async function rankedReview(deps: ReviewDeps, id: string): Promise<Ranked> {
  const [found] = await rankedOf(deps, [await known(deps.db, id)]);
  if (found === undefined) throw new TomoshibiError("not-found");
  return found;
}

export async function rankedOf(deps: ReviewDeps, rows: readonly ReviewRow[]): Promise<readonly Ranked[]> {
  return rankReviews(await evidenceOf(deps, rows), (await settingsBook(deps.db)).now, deps.clock.now());
}

async function described(deps: ReviewDeps, rows: readonly ReviewRow[], reviewer: string): Promise<readonly ReviewItem[]> {
  return await describeReviews(deps, await rankedOf(deps, rows), await settingsBook(deps.db), reviewer);
}

async function known(db: Db, id: string): Promise<ReviewRow> {
  const row = await reviewById(db, id);
  if (row === null) throw new TomoshibiError("not-found");
  return row;
}

export async function listAlerts(db: Db): Promise<readonly AlertItem[]> {
  const places = await deviceSites(db);
  return (await alerts(db, most)).map(({ id, last, kind, device, seq, count }) => ({
    id,
    at: last,
    kind,
    device,
    deviceName: places.get(device)?.device ?? "",
    seq,
    count,
  }));
}

/** The numbers of the start page. */
export async function figuresOf(db: Db): Promise<Figures> {
  const [items, alarms, all, staff] = await Promise.all([waitingReviews(db), alerts(db, 10_000), devices(db), countStaff(db)]);
  return {
    open: items.filter(({ state }) => state === "open").length,
    alerts: alarms.length,
    pending: all.filter(({ state }) => state === "pending").length,
    devices: all.filter(({ state }) => state === "approved").length,
    staff,
  };
}
