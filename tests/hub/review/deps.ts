import { whoIs } from "../../../src/hub/flow/who.ts";
import type { AskAttendance } from "../../../src/hub/review/evidence.ts";
import { listReviews, type ReviewDeps } from "../../../src/hub/review/review.ts";
import type { ReviewItem } from "../../../src/shared/protocol/review.ts";
import type { TestRegion } from "../routes/region.ts";

/** Nobody is on record anywhere, and nothing was ever heard. */
export const unknown: AskAttendance = async (asked) => asked.map(() => null);

export function reviewDeps(region: TestRegion, attendance: AskAttendance = unknown): ReviewDeps {
  return {
    db: region.store.db,
    clock: region.clock,
    keys: region.deps.keys,
    attendance,
    whoIs: (person) => whoIs(region.store.db, person),
  };
}

export async function reviewsOf(region: TestRegion, reviewer = "確認 者"): Promise<readonly ReviewItem[]> {
  return await listReviews(reviewDeps(region), reviewer);
}

/** Ids of the rules that hold. */
export function held({ findings }: Pick<ReviewItem, "findings">): readonly string[] {
  return findings.filter(({ verdict }) => verdict === "holds").map(({ rule }) => rule);
}
