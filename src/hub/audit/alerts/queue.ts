import { randomUUID } from "node:crypto";
import { addMail, changeMail, type MailRow, newestMail, tellAlert, untoldAlerts } from "../../store/alert-mail.ts";
import { beginNow, hasBegun } from "../../store/forward.ts";
import { alerts } from "../../store/journal.ts";
import type { Db } from "../../store/store.ts";
import { isCode } from "../text.ts";
import type { Sink } from "./alarm.ts";

/** Alarms of one kind from one device are told at most once in so long; those between count up. */
export const quietMs = 10 * 60_000;
const portion = 500;

/** What rang before anybody was to be told stays on the console: from now on. Once. */
export async function beginTelling(db: Db): Promise<void> {
  if (await hasBegun(db, "alerts")) return;
  for (const { id, count } of await alerts(db, Number.MAX_SAFE_INTEGER)) await tellAlert(db, { alert: id, count });
  await beginNow(db, "alerts");
}

/**
 * Puts what rang since `since` (ms of the hub's clock) into every sink's queue, each ring once. An alert counts up in the queue while it
 * waits, so a device that raises thousands sends a few lines with a number, not thousands.
 */
export async function queueAlerts(db: Db, sinks: readonly Sink["name"][], since: number, now: number): Promise<number> {
  const untold = await untoldAlerts(db, since, portion);
  for (const alert of untold)
    await db.transaction().execute(async (tx) => {
      const kind = isCode(alert.kind) ? alert.kind : "other";
      for (const sink of sinks) await enqueue(tx, sink, { kind, device: alert.device, at: alert.last, more: alert.more }, now);
      await tellAlert(tx, { alert: alert.id, count: alert.count });
    });
  return untold.length;
}

interface Ring {
  readonly kind: string;
  readonly device: string;
  readonly at: number;
  readonly more: number;
}

async function enqueue(tx: Db, sink: MailRow["sink"], { kind, device, at, more }: Ring, now: number): Promise<void> {
  const newest = await newestMail(tx, sink, kind, device);
  // One that was tried may have arrived: it keeps what it said, and the next one waits and counts.
  if (newest?.state === "waiting" && newest.tries === 0) {
    const first = Math.min(newest.first, at);
    if (await changeMail(tx, newest.id, { first, last: Math.max(newest.last, at), count: newest.count + more })) return;
  }
  const since = newest === null ? 0 : newest.state === "waiting" ? now : newest.ended;
  const due = Math.max(now, Math.min(since + quietMs, now + quietMs));
  const row = {
    id: randomUUID(),
    sink,
    kind,
    device,
    first: at,
    last: at,
    count: more,
    tries: 0,
    due,
    state: "waiting",
    ended: 0,
  } as const;
  await addMail(tx, row);
}
