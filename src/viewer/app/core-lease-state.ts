/** What the lease allows now, by trusted time. */
import { TomoshibiError } from "../../shared/error.ts";
import { type LeaseState, leaseOpens, leaseState } from "../vault/lease-machine.ts";
import type { Context } from "./core-context.ts";

/** Fact: index and ring of this manifest were deleted because the lease was over. */
export const LEASE_ENDED = "leaseEnded";

export function leaseNow({ trust, time }: Pick<Context, "trust" | "time">): LeaseState {
  return leaseState(trust?.lease ?? null, time.reading());
}

/** Errors: "lease-expired" when nothing may open. */
export function needLease(context: Pick<Context, "trust" | "time">): void {
  const state = leaseNow(context);
  if (!leaseOpens(state)) throw new TomoshibiError("lease-expired", { state });
}
