import type { Clock } from "../../shared/clock.ts";
import { codeOf } from "../../shared/error.ts";
import { encodeRules } from "../../shared/summary/rule-file.ts";
import { projectTable } from "../../shared/summary/rules.ts";
import { listDisasters } from "../people/disaster.ts";
import { rotateDue, rotateFor } from "../people/rotation.ts";
import {
  belongsTo,
  type CohortToPublish,
  type HubSecrets,
  nodePrimitives,
  openKeys,
  type Published,
  publishCohorts,
  publishedCohorts,
  rotateEpoch,
} from "../publish/index.ts";
import { endRotations, pendingRotations, rotations } from "../store/rotation.ts";
import { workingSites } from "../store/site.ts";
import type { Store } from "../store/store.ts";

/**
 * Publishes every cohort, and first renews the epoch keys whose rotation was ordered or is due. Hold the store's lock. A kill at any moment
 * leaves each cohort's old manifest and key in force, or its new ones; an order that was not carried out to the end is carried out next time.
 */
export async function publishAll(
  store: Store,
  secrets: HubSecrets,
  clock: Clock,
  onPhase?: (phase: "bundling" | "manifest") => void,
): Promise<readonly Published[]> {
  await orderDue(store, clock);
  const pending = await pendingRotations(store.db);
  for (const cohort of new Set(pending.map((order) => order.cohort))) await rotateEpoch(secrets, cohort);
  const cohorts: CohortToPublish[] = [];
  for (const row of await publishedCohorts(store.db)) {
    const ids = pending.filter(({ cohort }) => cohort === row.id).map(({ id }) => id);
    cohorts.push({
      id: row.id,
      belongs: await belongsTo(store.db, row),
      also: (tx, epoch) => endRotations(tx, ids, clock.now(), epoch),
    });
  }
  const rules = { version: projectTable.version, date: projectTable.date, bytes: nodePrimitives.deflateRaw(encodeRules(projectTable)) };
  const published = await publishCohorts(store.db, secrets, cohorts, { clock, rules, ...(onPhase === undefined ? {} : { onPhase }) });
  // A cohort that nobody uses has no manifest: its next one will be sealed under the new key.
  const idle = pending.filter(({ cohort }) => !cohorts.some(({ id }) => id === cohort));
  for (const { id } of idle) await endRotations(store.db, [id], clock.now(), 0);
  return published;
}

/** Orders what nobody need ask for: scheduled rotations, and one for each cohort of an area whose disaster is over. */
async function orderDue({ db }: Store, clock: Clock): Promise<void> {
  await rotateDue({ db, clock });
  const now = clock.now();
  const over = (await listDisasters(db)).filter(({ until }) => until <= now && now - until < LOOK_BACK_MS);
  if (over.length === 0) return;
  const orders = await rotations(db, ORDERS_LOOKED_AT);
  const sites = await workingSites(db);
  for (const { sites: area, until } of over)
    for (const cohort of new Set(sites.filter(({ id }) => area.includes("*") || area.includes(id)).map((site) => site.cohort)))
      if (!orders.some((order) => order.cohort === cohort && order.asked >= until))
        await rotateFor({ db, clock }, { cohort, why: "after-disaster", by: "hub" });
}

/** A disaster that was over long ago was looked at then. */
const LOOK_BACK_MS = 30 * 24 * 60 * 60 * 1000;
const ORDERS_LOOKED_AT = 1_000;

/** Publishes at once what is sealed, under new keys where that was ordered. Errors: hub-data-locked while another process writes. */
export async function rekey(store: Store, clock: Clock): Promise<readonly Published[]> {
  const lock = await store.lock();
  try {
    return await publishAll(store, await openKeys(store.dataDir), clock);
  } finally {
    await lock.release();
  }
}

/** The same, if any order waits; null: none, or another process is writing and will carry it out. */
export async function rekeyWanted(store: Store, clock: Clock): Promise<readonly Published[] | null> {
  await orderDue(store, clock);
  if ((await pendingRotations(store.db)).length === 0) return null;
  try {
    return await rekey(store, clock);
  } catch (error) {
    if (codeOf(error) === "hub-data-locked") return null;
    throw error;
  }
}

const lookEveryMs = 20_000;

/** Carries out orders as they come, for as long as a hub serves. `failed` is told what went wrong; the order stays. */
export function keepEpochs(store: Store, clock: Clock, failed: (error: unknown) => void): { stop(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = rekeyWanted(store, clock)
      .catch(failed)
      .finally(() => {
        busy = false;
      });
  }, lookEveryMs);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
