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

/** The same, but only what failed counts: `check` before, `failed` after. Honest people behind the same address spend nothing. */
export interface FailureLimit {
  check(key: string): void;
  failed(key: string): void;
}

export function failureLimit(clock: Clock, burst: number, everyMs: number): FailureLimit {
  const left = new Map<string, { tokens: number; at: number }>();
  const now = (key: string) => {
    const known = left.get(key);
    return known === undefined ? burst : Math.min(burst, known.tokens + (clock.monotonic() - known.at) / everyMs);
  };
  return {
    check(key) {
      const tokens = now(key);
      if (tokens < 1) throw new TomoshibiError("too-many-requests", { seconds: Math.ceil(((1 - tokens) * everyMs) / 1000) });
    },
    failed(key) {
      const tokens = Math.max(0, now(key) - 1);
      left.delete(key);
      left.set(key, { tokens, at: clock.monotonic() });
      if (left.size > mostKeys) left.delete(left.keys().next().value ?? "");
    },
  };
}

/** So many at work, so many waiting; the rest is told to come again ("too-many-requests"). For what costs the hub time and memory. */
export function turnstile(atWork: number, waiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  const queue: (() => void)[] = [];
  let busy = 0;
  return async (work) => {
    if (busy >= atWork) {
      if (queue.length >= waiting) throw new TomoshibiError("too-many-requests", { seconds: 5 });
      await new Promise<void>((go) => queue.push(go));
    } else busy += 1;
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next === undefined) busy -= 1;
      else next();
    }
  };
}

/** Failures per key: after `free` (five), each further one doubles the wait, from two seconds to five minutes; a success forgets them. */
export interface FailureBrake {
  check(key: string): void;
  failed(key: string): void;
  succeeded(key: string): void;
}

export function failureBrake(clock: Clock, free = 5): FailureBrake {
  const failures = new Map<string, { count: number; until: number }>();
  return {
    check(key) {
      const wait = (failures.get(key)?.until ?? 0) - clock.monotonic();
      if (wait > 0) throw new TomoshibiError("too-many-requests", { seconds: Math.ceil(wait / 1000) });
    },
    failed(key) {
      const count = (failures.get(key)?.count ?? 0) + 1;
      failures.delete(key);
      const wait = count < free ? 0 : Math.min(300_000, 2000 * 2 ** Math.min(count - free, 10));
      failures.set(key, { count, until: clock.monotonic() + wait });
      if (failures.size > mostKeys) failures.delete(failures.keys().next().value ?? "");
    },
    succeeded(key) {
      failures.delete(key);
    },
  };
}
