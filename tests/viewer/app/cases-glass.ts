/** States of the device in which the policy asks for more than a reason. */
import { TomoshibiError } from "../../../src/shared/error.ts";
import type { Core, DeviceStatus } from "../../../src/viewer/app/core.ts";
import { now } from "../chart/people.ts";

const hour = 3_600_000;
const needs = (why: "role" | "limit") => () => Promise.reject(new TomoshibiError("second-person-needed", { part: "strip", why }));

export const glassCases: Readonly<Record<string, readonly [Partial<DeviceStatus>, Partial<Core>?]>> = {
  secondRole: [{}, { breakGlass: needs("role") }],
  secondLimit: [{}, { breakGlass: needs("limit") }],
  outage: [{ outage: { from: now - hour, until: now + 11 * hour, by: "s1", byName: "見本 花子", openings: 17 } }],
  ways: [
    { leaseState: "extended" },
    { mayOpen: (_hit, _part, reason) => (reason === "ours" ? "not-own-patient" : reason === "down" ? "outage-over" : null) },
  ],
  online: [{ hubReached: true }],
};
