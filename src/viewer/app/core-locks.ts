/** What the signed policy needs to know at every tap, in memory while unlocked: read from the disk at unlock and after another page wrote. */

import type { Outage } from "../../shared/audit/outage.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Hit } from "../find/search.ts";
import { type Approvals, makeApprovals } from "../glass/approvals.ts";
import { makeTally, type Tally } from "../glass/tally.ts";
import { recentOpenings } from "../journal/recent.ts";
import { stored } from "../vault/failure.ts";
import type { TrustedTime } from "../vault/time.ts";
import type { Session } from "../vault/unlock.ts";
import type { Context } from "./core-context.ts";
import { loadOutage } from "./core-outage.ts";

export interface Locks {
  readonly tally: Tally;
  readonly approvals: Approvals;
  /** The outage session that runs, and how many of its openings this device has written. */
  outage: { readonly declared: Outage; readonly openings: number } | null;
  /** Another page of this device has written since: what is here is read again before the next opening. */
  stale: boolean;
  /** Whom the hub has found outside the cohort since unlock, by person reference. */
  readonly region: Map<string, Hit>;
}

export function makeLocks(clock: Clock, time: TrustedTime): Locks {
  return { tally: makeTally(clock, () => time.now()), approvals: makeApprovals(clock), outage: null, stale: false, region: new Map() };
}

/** Errors: "storage-failed". */
export async function loadLocks(context: Context, session: Session): Promise<void> {
  const { locks, journal, time } = context;
  locks.stale = false;
  try {
    const [openings, outage] = await Promise.all([
      stored(() => recentOpenings(journal, time.now(), session.epochWrap)),
      loadOutage(context, session),
    ]);
    locks.tally.load(openings);
    locks.outage = outage;
  } catch (error) {
    locks.stale = true;
    throw error;
  }
}

export function markStale(locks: Locks): void {
  locks.stale = true;
}

/** Nothing of one member's passes to the next. */
export function clearLocks({ approvals, region }: Locks): void {
  approvals.clear();
  region.clear();
}
