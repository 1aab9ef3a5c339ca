/**
 * Trusted time: the greatest of the time that the hub signed, the device's clock, and the last value plus what has run since; kept over
 * restarts. A clock set back does not bring a lease back to life. A clock set ahead closes the device and destroys nothing: what two members
 * or the hub then say is today's date takes trusted time back, never before `floor`.
 */
import type { Clock } from "../../shared/clock.ts";
import { TomoshibiError } from "../../shared/error.ts";
import type { FactRow, VaultDb } from "./db.ts";
import { stored } from "./failure.ts";
import type { TimeReading } from "./lease-machine.ts";

const TOLERANCE_MS = 5 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** How often keep() is called: what a page that is killed has run since then is charged at the next start. */
export const KEEP_TIME_MS = 60_000;

export interface TrustedTime {
  now(): number;
  /** `disasterUntil` of the lease that is in force, from which running hours are counted; null: none. */
  until(disasterUntil: number | null): void;
  reading(): TimeReading;
  /** ms before which it cannot be: the hub's last signed time, or the last date confirmed, plus what has run since. */
  floor(): number;
  /** Persists what is known, so that a restart does not forget it. */
  keep(): Promise<void>;
  /**
   * A time that the hub signed (lease, receipt): the trusted time is never before it. fresh: in a lease newer than any before; it alone
   * takes back a time that a wrong clock had put too far ahead, and settles any doubt.
   */
  heard(signed: number, fresh: boolean): Promise<void>;
  /** Two members say that it is the day of `at`, ms. Running hours spent in doubt are not given back. Errors: "clock-date-refused" before the day of the floor, or after trusted time. */
  confirm(at: number): Promise<void>;
  /** The hub's clock as a ping tells it: unsigned, so it serves the display alone and cannot end a lease. */
  contact(hubTime: number): Promise<void>;
  /** ms of the hub's clock at the last contact. */
  lastContact(): number | null;
  clock(): "ok" | "behind" | "ahead" | "unknown";
}

/** facts: as they stand in the vault now. */
export function makeTrustedTime(db: VaultDb, clock: Clock, facts: readonly FactRow[]): TrustedTime {
  const rows = new Map(facts.map(({ id, value }) => [id, value]));
  let trusted = rows.get("trusted") ?? 0;
  let signed = rows.get("signed") ?? 0;
  let floor = rows.get("floor") ?? 0;
  let doubted = rows.get("doubted") ?? 0;
  /** Device clock minus the time that the hub or two members said it was; 0 while the clock is believed. */
  let error = rows.get("error") ?? 0;
  /** How often the time was settled by a lease or by two members. */
  let settled = rows.get("settled") ?? 0;
  let end: number | null = null;
  let charged = false;
  let lastRun = clock.monotonic();
  let hub = rows.get("hub") ?? null;
  /** Device minus hub at the last contact. */
  let offset = rows.get("offset") ?? 0;

  const now = () => {
    const run = clock.monotonic();
    const ran = Math.max(0, run - lastRun);
    lastRun = run;
    if (end !== null && trusted > end) doubted += ran;
    trusted += ran;
    floor += ran;
    // Somebody put the clock right: it is believed again.
    if (error > 0 && clock.now() - error < trusted - TOLERANCE_MS) error = 0;
    trusted = Math.max(trusted, clock.now() - error);
    return Math.round(trusted);
  };
  /** The clock is ahead of what is now known to be the time. */
  const correct = (at: number) => {
    const ahead = clock.now() - at;
    error = ahead > TOLERANCE_MS ? ahead : 0;
    trusted = Math.max(at, clock.now() - error);
  };
  /**
   * Several pages of one device keep one time: what is certain only grows; of what a lease or two members settled, the newest counts, and
   * a page that did not see it takes it over.
   */
  const write = (settles = false) => {
    now();
    return stored(() =>
      db.transaction("rw", db.facts, async () => {
        const kept = new Map((await db.facts.toArray()).map(({ id, value }) => [id, value]));
        const theirs = kept.get("settled") ?? 0;
        if (settles) settled = Math.max(settled, theirs) + 1;
        else if (theirs > settled) {
          settled = theirs;
          trusted = kept.get("trusted") ?? trusted;
          doubted = kept.get("doubted") ?? doubted;
          error = kept.get("error") ?? error;
        } else {
          trusted = Math.max(trusted, kept.get("trusted") ?? 0);
          doubted = Math.max(doubted, kept.get("doubted") ?? 0);
        }
        signed = Math.max(signed, kept.get("signed") ?? 0);
        floor = Math.max(floor, kept.get("floor") ?? 0);
        const values = { trusted, signed, floor, doubted, error, settled };
        await db.facts.bulkPut(Object.entries(values).map(([id, value]) => ({ id, value: Math.round(value) })));
      }),
    );
  };
  return {
    now,
    until(disasterUntil) {
      now();
      end = disasterUntil;
      if (charged || end === null || trusted <= end) return;
      charged = true;
      doubted += KEEP_TIME_MS;
    },
    reading: () => ({ trusted: now(), signed, doubted }),
    floor() {
      now();
      return Math.round(floor);
    },
    keep: async () => void (await write()),
    async heard(at, fresh) {
      now();
      signed = Math.max(signed, at);
      floor = Math.max(floor, at);
      if (fresh) {
        doubted = 0;
        correct(Math.max(at, 0));
      } else trusted = Math.max(trusted, at);
      await write(fresh);
    },
    async confirm(at) {
      const latest = now();
      if (at < floor - DAY_MS || at > latest) throw new TomoshibiError("clock-date-refused");
      // People confirm a day: of that day, what is certain has passed.
      floor = Math.max(at, floor);
      correct(floor);
      await write(true);
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
