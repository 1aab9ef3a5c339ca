import { isTold, tellAlert } from "../../store/alert-mail.ts";
import { devices } from "../../store/device.ts";
import { beginNow, chainsAhead, entriesAfter, failuresInSeries, takeCursor } from "../../store/forward.ts";
import { raiseAlert } from "../../store/journal.ts";
import type { Db } from "../../store/store.ts";

const consumer = "unlock-failures";
/** Failed unlocks without a success between them, for the first alert and for each further one. */
const series = 5;
const portion = 500;

/** Alerts of failed unlocks in a row, as the journals that came home tell them. */
export async function noticeFailures(db: Db, now: number): Promise<void> {
  await beginNow(db, consumer);
  for (const { chain, after } of await chainsAhead(db, consumer)) {
    const rows = await entriesAfter(db, chain, after, portion);
    await db.transaction().execute(async (tx) => {
      for (const { kind, seq, device } of rows) {
        if (kind !== "unlock-failed" || (await failuresInSeries(tx, chain, seq)) % series !== 0) continue;
        await raiseAlert(tx, { kind: "unlock-failures", device, chain, seq, at: now });
      }
      await takeCursor(tx, { consumer, chain, seq: rows.at(-1)?.seq ?? after });
    });
  }
}

/** A device that pulls has been here within a day or two; after a week somebody should look for it. */
export const silentMs = 7 * 86_400_000;

/** Alerts of approved devices that have not called for a week, once for each silence. */
export async function noticeSilence(db: Db, now: number): Promise<void> {
  for (const { id, state, seen, decided } of await devices(db)) {
    const last = Math.max(seen, decided);
    if (state !== "approved" || now - last < silentMs) continue;
    const silence = `silence/${id}/${last}`;
    if (await isTold(db, silence)) continue;
    await db.transaction().execute(async (tx) => {
      await raiseAlert(tx, { kind: "device-silent", device: id, chain: "", seq: 0, at: now });
      await tellAlert(tx, { alert: silence, count: 1 });
    });
  }
}
