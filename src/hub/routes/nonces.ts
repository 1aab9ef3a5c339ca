import type { Clock } from "../../shared/clock.ts";
import { TomoshibiError } from "../../shared/error.ts";
import { requestWindowMs } from "../../shared/protocol/request.ts";

/**
 * Remembers each device's nonces for as long as a request may pass the time window. Held in memory: after a restart a request of the last
 * minutes could be repeated, which every exchange bears (reads, journals that come twice, codes that are burnt).
 */
export interface Nonces {
  /** Throws "request-replayed" for a nonce seen before, "too-many-requests" for a device that floods. */
  use(device: string, nonce: string): void;
}

const mostPerDevice = 5000;

export function nonces(clock: Clock): Nonces {
  const seen = new Map<string, Map<string, number>>();
  return {
    use(device, nonce) {
      const now = clock.monotonic();
      const mine = seen.get(device) ?? new Map<string, number>();
      seen.set(device, mine);
      for (const [old, until] of mine) {
        if (until > now) break;
        mine.delete(old);
      }
      if (mine.has(nonce)) throw new TomoshibiError("request-replayed");
      if (mine.size >= mostPerDevice) throw new TomoshibiError("too-many-requests", { seconds: 60 });
      mine.set(nonce, now + 2 * requestWindowMs);
    },
  };
}
