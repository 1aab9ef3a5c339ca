/** What this device's journal says of one declared outage: whether its start stands there, whether it was ended, how many it opened. */

import type { JournalDb } from "./db.ts";
import { backwards } from "./recent.ts";

export interface OutageFacts {
  /** Member who signed the "outage-start" entry at that place; null: there is none. */
  readonly startedBy: string | null;
  readonly ended: boolean;
  readonly openings: number;
}

/** `from`: trusted time of the start, ms; nothing older is asked. */
export async function outageFacts(
  db: JournalDb,
  start: { readonly chain: string; readonly seq: number; readonly from: number },
): Promise<OutageFacts> {
  let startedBy: string | null = null;
  let ended = false;
  let openings = 0;
  for (const { chain } of await db.chains.toArray()) {
    await backwards(db, chain, ({ header, staff }, row) => {
      const isStart = chain === start.chain && header.seq === start.seq;
      if (isStart) startedBy = header.kind === "outage-start" ? (staff?.id ?? null) : null;
      if (isStart || (chain !== start.chain && header.trusted < start.from)) return false;
      if (header.kind === "outage-end") ended = true;
      if (row.outage) openings += 1;
      return true;
    });
  }
  return { startedBy, ended, openings };
}

/**
 * Whether the last that the running chain says of a disaster declared here is that it ended: by the chain's order, which no clock moves. An
 * older chain says nothing: entries that came home are let go of, and its end must not outlive a later beginning.
 */
export async function endedLast(db: JournalDb): Promise<boolean> {
  let ended = false;
  for (const { chain } of await db.chains.where("state").equals("current").toArray()) {
    await backwards(db, chain, ({ header: { kind } }) => {
      ended ||= kind === "declare-end";
      return kind !== "declare" && kind !== "declare-end";
    });
  }
  return ended;
}
