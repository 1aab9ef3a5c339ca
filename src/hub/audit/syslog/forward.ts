import { hostname } from "node:os";
import type { Logger } from "pino";
import type { Bytes } from "../../../shared/bytes.ts";
import type { SyslogTarget } from "../../config-senders.ts";
import { chainsAhead, entriesAfter, type ForwardRow, takeCursor } from "../../store/forward.ts";
import type { Db } from "../../store/store.ts";
import { backOff, pause } from "../pause.ts";
import { type MessageContext, syslogMessage } from "./message.ts";
import { contextFor } from "./names.ts";
import { type Deliver, type Patience, syslogDelivery, Undelivered } from "./transport.ts";

export interface ForwardDeps {
  readonly db: Db;
  readonly log: Logger;
}

/** Tests shorten it. */
export interface ForwardPace extends Patience {
  /** Between two looks for new entries. */
  readonly pollMs: number;
  /** After the first failure, and at most. */
  readonly retryMs: number;
  readonly retryMostMs: number;
  /** Entries in one batch: all that is ever in memory. */
  readonly batch: number;
}

const usual: ForwardPace = { pollMs: 2_000, retryMs: 1_000, retryMostMs: 300_000, batch: 200, stepMs: 15_000, settleMs: 250 };

/** Something that works beside the hub until it is stopped. */
export interface Running {
  /** Stops at once; what was under way counts as not done. */
  stop(): Promise<void>;
}

const consumer = "syslog";

/**
 * Sends every journal entry to a syslog collector, each chain in its order, from the first entry on. How far is on disk and moves only when
 * the collector has taken a batch: while it is down nothing is lost, and after a kill a batch may come twice (chain, seq and hash tell).
 */
export function forwardSyslog(target: SyslogTarget, deps: ForwardDeps, pace: ForwardPace = usual): Running {
  const stopping = new AbortController();
  const running = forwardUntil(stopping.signal, syslogDelivery(target, pace), deps, pace);
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

async function forwardUntil(signal: AbortSignal, deliver: Deliver, deps: ForwardDeps, pace: ForwardPace): Promise<void> {
  const state = { failures: 0, last: "" };
  while (!signal.aborted) {
    try {
      const sent = await forwardBatch(deps.db, deliver, pace.batch, state, signal);
      if (state.failures > 0) deps.log.info({ failures: state.failures }, "syslog collector takes entries again");
      state.failures = 0;
      await pause(sent > 0 ? 0 : pace.pollMs, signal);
    } catch (error) {
      if (signal.aborted) return;
      state.failures++;
      const fault = error instanceof Undelivered ? { reason: error.code } : { err: error };
      // Once, and then now and then: a collector that is down for a day is no reason to fill the log.
      if (state.failures === 1 || state.failures % 20 === 0) deps.log.warn({ ...fault, failures: state.failures }, "syslog not delivered");
      await pause(backOff(state.failures, pace.retryMs, pace.retryMostMs), signal);
    }
  }
}

/** One batch from the chains that are ahead, each its share, beginning behind the chain that came last. Returns how many were taken. */
async function forwardBatch(db: Db, deliver: Deliver, most: number, state: { last: string }, signal: AbortSignal): Promise<number> {
  const ahead = await chainsAhead(db, consumer);
  if (ahead.length === 0) return 0;
  const first = Math.max(
    0,
    ahead.findIndex(({ chain }) => chain > state.last),
  );
  const inTurn = [...ahead.slice(first), ...ahead.slice(0, first)].slice(0, most);
  const share = Math.ceil(most / inTurn.length);
  const rows: ForwardRow[] = [];
  for (const { chain, after } of inTurn) {
    if (rows.length >= most) break;
    rows.push(...(await entriesAfter(db, chain, after, Math.min(share, most - rows.length))));
  }
  const context = await contextFor(db, hostname(), rows);
  await deliver(encodeAll(rows, context), signal);
  const taken = new Map(rows.map(({ chain, seq }) => [chain, seq]));
  await db.transaction().execute(async (tx) => {
    for (const [chain, seq] of taken) await takeCursor(tx, { consumer, chain, seq });
  });
  state.last = rows.at(-1)?.chain ?? "";
  return rows.length;
}

function encodeAll(rows: readonly ForwardRow[], context: MessageContext): Bytes[] {
  return rows.map((row) => syslogMessage(row, context));
}
