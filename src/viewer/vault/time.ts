/**
 * Trusted time: the greatest of the persisted hub time, the device's clock, and the last value plus what has run since.
 * A clock set back does not bring a lease back to life; a wrong clock is told, and never a reason to refuse care by itself.
 */
import type { Clock } from "../../shared/clock.ts";
import type { FactRow, VaultDb } from "./db.ts";
import { stored } from "./failure.ts";

const TOLERANCE_MS = 5 * 60 * 1000;

export interface TrustedTime {
  now(): number;
  /** Persists what is known, so that a restart does not forget it. */
  keep(): Promise<void>;
  /**
   * A time that the hub signed (lease, receipt): the trusted time is never before it. fresh: in a lease newer than any before; it alone
   * takes back a time that a wrong clock had put too far ahead, else one wrong date would close the device for good.
   */
  heard(signed: number, fresh: boolean): Promise<void>;
  /** The hub's clock as a ping tells it: unsigned, so it serves the display alone and cannot end a lease. */
  contact(hubTime: number): Promise<void>;
  /** ms of the hub's clock at the last contact. */
  lastContact(): number | null;
  clock(): "ok" | "behind" | "ahead" | "unknown";
}

/** facts: as they stand in the vault now. */
export function makeTrustedTime(db: VaultDb, clock: Clock, facts: readonly FactRow[]): TrustedTime {
  const rows = new Map(facts.map(({ id, value }) => [id, value]));
  let last = rows.get("trusted") ?? 0;
  let lastRun = clock.monotonic();
  let hub = rows.get("hub") ?? null;
  /** Device minus hub at the last contact. */
  let offset = rows.get("offset") ?? 0;

  const now = () => {
    const run = clock.monotonic();
    last = Math.max(clock.now(), last + Math.max(0, run - lastRun));
    lastRun = run;
    return Math.round(last);
  };
  return {
    now,
    keep: async () => void (await stored(() => db.facts.put({ id: "trusted", value: now() }))),
    async heard(signed, fresh) {
      last = Math.max(fresh ? clock.now() : now(), signed);
      lastRun = clock.monotonic();
      await stored(() => db.facts.put({ id: "trusted", value: Math.round(last) }));
    },
    async contact(hubTime) {
      hub = hubTime;
      offset = clock.now() - hubTime;
      await stored(() =>
        db.facts.bulkPut([
          { id: "hub", value: hubTime },
          { id: "offset", value: offset },
        ]),
      );
    },
    lastContact: () => hub,
    clock() {
      if (hub === null) return "unknown";
      if (clock.now() < hub - TOLERANCE_MS || offset < -TOLERANCE_MS) return "behind";
      return offset > TOLERANCE_MS ? "ahead" : "ok";
    },
  };
}
