/** Whether a disaster is in force here: as the hub declared it for this site, or as two members declared it on this device. */
import { disasterAt } from "../../shared/protocol/orders.ts";
import type { Context } from "./core-context.ts";

/** By trusted time: a clock set back does not bring a disaster back that is over. */
export function disasterInForce({ trust, device, time }: Context): boolean {
  if (!trust || !device) return false;
  const now = time.now();
  if (trust.disaster && disasterAt(trust.disaster, device.siteId, now)) return true;
  return trust.declared !== null && now >= trust.declared.from && now < trust.declared.until;
}
