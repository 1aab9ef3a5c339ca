import { TomoshibiError } from "../../shared/error.ts";
import { cohortById, cohortRows } from "../store/cohort.ts";
import { addRotation, lastRotation, pendingRotations } from "../store/rotation.ts";
import { siteById } from "../store/site.ts";
import type { ChangeDeps } from "./changes.ts";
import { shortId } from "./ids.ts";

export const rotationReasons = ["operator", "schedule", "device-revoked", "site-moved", "site-removed", "after-disaster"] as const;
export type RotationReason = (typeof rotationReasons)[number];

export interface RotationOrder {
  /** One cohort, those of some sites, or, when neither is given, every cohort. */
  readonly cohort?: string;
  readonly sites?: readonly string[];
  readonly why: RotationReason;
  readonly by: string;
}

/**
 * Orders a new epoch key for cohorts; whoever revokes, moves or ends something calls it in the transaction of what they do. The order is
 * durable: the next publication carries it out, and a hub that serves publishes within half a minute. Until then, and after a kill at any
 * moment, the key so far is in force. What it does and does not: docs/people.md. Errors: cohort-unknown.
 */
export async function rotateFor(deps: ChangeDeps, { cohort, sites, why, by }: RotationOrder): Promise<readonly string[]> {
  const cohorts = await cohortsOf(deps, cohort, sites);
  const waiting = new Set((await pendingRotations(deps.db)).map((row) => `${row.cohort} ${row.why}`));
  for (const one of cohorts)
    if (!waiting.has(`${one} ${why}`))
      await addRotation(deps.db, { id: shortId(), cohort: one, why, by, asked: deps.clock.now(), done: 0, epoch: 0 });
  return cohorts;
}

const dayMs = 24 * 60 * 60 * 1000;

/** Orders the rotations whose schedule has come. */
export async function rotateDue(deps: ChangeDeps): Promise<void> {
  for (const { id, rotate_days, created } of await cohortRows(deps.db)) {
    if (rotate_days === 0) continue;
    const last = Math.max(created, await lastRotation(deps.db, id));
    if (deps.clock.now() - last >= rotate_days * dayMs) await rotateFor(deps, { cohort: id, why: "schedule", by: "hub" });
  }
}

async function cohortsOf({ db }: ChangeDeps, cohort: string | undefined, sites: readonly string[] | undefined): Promise<readonly string[]> {
  if (cohort !== undefined) {
    if ((await cohortById(db, cohort)) === null) throw new TomoshibiError("cohort-unknown");
    return [cohort];
  }
  if (sites === undefined) return (await cohortRows(db)).map(({ id }) => id);
  const rows = await Promise.all(sites.map((site) => siteById(db, site)));
  return [...new Set(rows.flatMap((row) => (row === null ? [] : [row.cohort])))];
}
