import type { Clock } from "../../shared/clock.ts";
import { TomoshibiError } from "../../shared/error.ts";

/** Tries per key: `burst` at once, then one per `everyMs`. Keys are bounded; the longest idle is forgotten first. */
export interface RateLimit {
  /** Throws "too-many-requests" with the seconds to wait. */
  take(key: string): void;
}

const mostKeys = 10_000;

export function rateLimit(clock: Clock, burst: number, everyMs: number): RateLimit {
  const spent = new Map<string, { tokens: number; at: number }>();
  return {
    take(key) {
      const now = clock.monotonic();
      const known = spent.get(key);
      const tokens = known === undefined ? burst : Math.min(burst, known.tokens + (now - known.at) / everyMs);
      spent.delete(key);
      if (tokens < 1) {
        spent.set(key, { tokens, at: now });
        throw new TomoshibiError("too-many-requests", { seconds: Math.ceil(((1 - tokens) * everyMs) / 1000) });
      }
      spent.set(key, { tokens: tokens - 1, at: now });
      if (spent.size > mostKeys) spent.delete(spent.keys().next().value ?? "");
    },
  };
}

/** Failures per key: after five, each further one doubles the wait, from two seconds to five minutes; a success forgets them. */
export interface FailureBrake {
  check(key: string): void;
  failed(key: string): void;
  succeeded(key: string): void;
}

export function failureBrake(clock: Clock): FailureBrake {
  const failures = new Map<string, { count: number; until: number }>();
  return {
    check(key) {
      const wait = (failures.get(key)?.until ?? 0) - clock.monotonic();
      if (wait > 0) throw new TomoshibiError("too-many-requests", { seconds: Math.ceil(wait / 1000) });
    },
    failed(key) {
      const count = (failures.get(key)?.count ?? 0) + 1;
      failures.delete(key);
      const wait = count < 5 ? 0 : Math.min(300_000, 2000 * 2 ** Math.min(count - 5, 10));
      failures.set(key, { count, until: clock.monotonic() + wait });
      if (failures.size > mostKeys) failures.delete(failures.keys().next().value ?? "");
    },
    succeeded(key) {
      failures.delete(key);
    },
  };
}
