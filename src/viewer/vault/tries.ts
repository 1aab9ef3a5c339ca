/**
 * Failed unlocks, counted across restarts. A try is counted before it is judged, so that killing the page during the key derivation
 * does not make it free. Three are free, then 5 s, 10 s, 20 s … up to 15 minutes.
 */
import { TomoshibiError } from "../../shared/error.ts";
import type { VaultDb } from "./db.ts";
import { stored } from "./failure.ts";

const FREE = 3;
const LONGEST_MS = 15 * 60 * 1000;

export function waitMs(failed: number): number {
  return failed <= FREE ? 0 : Math.min(LONGEST_MS, 5000 * 2 ** (failed - FREE - 1));
}

/** Counts a try; "unlock-throttled" with the seconds to wait when it comes too soon. Returns how many failed before. */
export async function beginTry(db: VaultDb, staff: string, now: number): Promise<number> {
  return stored(() =>
    db.transaction("rw", db.tries, async () => {
      const row = await db.tries.get(staff);
      // A clock that was set back must not lock anyone out for longer than the longest wait.
      const left = Math.min(LONGEST_MS, (row?.notBefore ?? 0) - now);
      if (left > 0) throw new TomoshibiError("unlock-throttled", { seconds: Math.ceil(left / 1000) });
      const failed = (row?.failed ?? 0) + 1;
      await db.tries.put({ staff, failed, notBefore: now + waitMs(failed) });
      return failed - 1;
    }),
  );
}

/** The right credential: the count starts again. */
export async function clearTries(db: VaultDb, staff: string): Promise<void> {
  await stored(() => db.tries.delete(staff));
}
