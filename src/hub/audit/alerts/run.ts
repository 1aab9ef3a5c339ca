import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Clock } from "../../../shared/clock.ts";
import { addMail, changeMail, dueMail, forgetMail, type MailRow } from "../../store/alert-mail.ts";
import type { Db } from "../../store/store.ts";
import { backOff, pause } from "../pause.ts";
import type { Running } from "../syslog/forward.ts";
import { type Alarm, namesOf, type Sink } from "./alarm.ts";
import { noticeFailures, noticeSilence } from "./notice.ts";
import { beginTelling, queueAlerts, quietMs } from "./queue.ts";

export interface AlertDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  /** Address of the console, for the message. */
  readonly console: string;
}

/** Tests shorten it. */
export interface AlertPace {
  /** Between two looks for new alerts, and for what is due. */
  readonly pollMs: number;
  /** After the first failure, and at most. */
  readonly retryMs: number;
  readonly retryMostMs: number;
}

const usual: AlertPace = { pollMs: 5_000, retryMs: 10_000, retryMostMs: 15 * 60_000 };
/** A week of trying, and longer than that is kept what was sent. */
const mostTries = 700;
const dayMs = 86_400_000;
const keptMs = 90 * dayMs;
/** Rings may commit a little after they rang. */
const slackMs = 3_600_000;
const portion = 20;

/**
 * Watches for what somebody should know at once and tells every sink, each from its own queue on disk: a sink that is down, or a hub that is
 * killed, delays an alarm and may double it, and loses none. Without a sink the alerts are on the console alone.
 */
export function watchAlerts(sinks: readonly Sink[], deps: AlertDeps, pace: AlertPace = usual): Running {
  const stopping = new AbortController();
  const { signal } = stopping;
  const loops = [notice(sinks, deps, pace, signal), ...sinks.map((sink) => tell(sink, deps, pace, signal))];
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

async function notice(sinks: readonly Sink[], { db, clock, log }: AlertDeps, pace: AlertPace, signal: AbortSignal): Promise<void> {
  let since = 0;
  let forgot = Number.NEGATIVE_INFINITY;
  while (!signal.aborted) {
    try {
      const now = clock.now();
      await noticeFailures(db, now);
      await noticeSilence(db, now);
      if (sinks.length > 0) {
        await beginTelling(db);
        const names = sinks.map(({ name }) => name);
        // A clock that was set back must not hide what rings by it.
        const told = await queueAlerts(db, names, Math.min(since, now - slackMs), now);
        if (told === 0) since = now - slackMs;
        if (Math.abs(now - forgot) > dayMs) await forgetMail(db, now - keptMs);
        forgot = Math.abs(now - forgot) > dayMs ? now : forgot;
      }
    } catch (error) {
      if (!signal.aborted) log.error({ err: error }, "alerts not looked for");
    }
    await pause(pace.pollMs, signal);
  }
}

async function tell(sink: Sink, deps: AlertDeps, pace: AlertPace, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await tellDue(sink, deps, pace, signal);
    } catch (error) {
      if (!signal.aborted) deps.log.error({ err: error, sink: sink.name }, "alerts not told");
    }
    await pause(pace.pollMs, signal);
  }
}

async function tellDue(sink: Sink, deps: AlertDeps, pace: AlertPace, signal: AbortSignal): Promise<void> {
  const { db, clock, log } = deps;
  const due = await dueMail(db, sink.name, clock.now(), portion);
  if (due.length === 0) return;
  const names = await namesOf(db);
  for (const row of due) {
    if (signal.aborted) return;
    const alarm: Alarm = { ...names(row.device), ...pick(row), console: deps.console };
    try {
      await sink.send(alarm, signal);
    } catch (error) {
      if (signal.aborted) return;
      const tries = row.tries + 1;
      if (tries === 1 || tries % 20 === 0) log.warn({ err: error, sink: sink.name, kind: row.kind, tries }, "alert not sent");
      const given = tries >= mostTries ? ({ state: "given-up", ended: clock.now() } as const) : {};
      await changeMail(db, row.id, { tries, due: clock.now() + backOff(tries, pace.retryMs, pace.retryMostMs), ...given });
      continue;
    }
    await markSent(db, row, clock.now());
  }
}

function pick({ id, kind, first, last, count }: MailRow): Pick<Alarm, "id" | "kind" | "first" | "last" | "count"> {
  return { id, kind, first, last, count };
}

/** What rang while the message was on its way waits as a message of its own: a receiver that knows the first id must not drop it. */
async function markSent(db: Db, sent: MailRow, now: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const row = await tx.selectFrom("alert_mail").select(["count", "last"]).where("id", "=", sent.id).executeTakeFirst();
    const more = (row?.count ?? 0) - sent.count;
    await changeMail(tx, sent.id, { state: "sent", ended: now, count: sent.count });
    if (row !== undefined && more > 0)
      await addMail(tx, { ...sent, id: randomUUID(), first: row.last, last: row.last, count: more, tries: 0, due: now + quietMs });
  });
}
