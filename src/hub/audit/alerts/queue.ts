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
  if (untold.length === 0) return 0;
  await db.transaction().execute(async (tx) => {
    for (const ring of together(untold)) for (const sink of sinks) await enqueue(tx, sink, ring, now);
    for (const { id, count } of untold) await tellAlert(tx, { alert: id, count });
  });
  return untold.length;
}

/** Rings of one kind and device as one. */
function together(untold: Awaited<ReturnType<typeof untoldAlerts>>): Ring[] {
  const rings = new Map<string, Ring>();
  for (const { kind: said, device, last, more } of untold) {
    const kind = isCode(said) ? said : "other";
    const known = rings.get(`${kind} ${device}`) ?? { kind, device, first: last, last, more: 0 };
    const [first, newest] = [Math.min(known.first, last), Math.max(known.last, last)];
    rings.set(`${kind} ${device}`, { ...known, first, last: newest, more: known.more + more });
  }
  return [...rings.values()];
}

interface Ring {
  readonly kind: string;
  readonly device: string;
  readonly first: number;
  readonly last: number;
  readonly more: number;
}

async function enqueue(tx: Db, sink: MailRow["sink"], { kind, device, first, last, more }: Ring, now: number): Promise<void> {
  const newest = await newestMail(tx, sink, kind, device);
  // One that was tried may have arrived: it keeps what it said, and the next one waits and counts.
  if (newest?.state === "waiting" && newest.tries === 0) {
    const change = { first: Math.min(newest.first, first), last: Math.max(newest.last, last), count: newest.count + more };
    if (await changeMail(tx, newest.id, change)) return;
  }
  const since = newest === null ? 0 : newest.state === "waiting" ? now : newest.ended;
  const due = Math.max(now, Math.min(since + quietMs, now + quietMs));
  const row = {
    id: randomUUID(),
    sink,
    kind,
    device,
    first,
    last,
    count: more,
    tries: 0,
    due,
    state: "waiting",
    ended: 0,
  } as const;
  await addMail(tx, row);
}
